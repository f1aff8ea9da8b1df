import type { Bounds } from '../../time/span.ts'
import { type BundleRecord, records } from '../format.ts'

type Status = BundleRecord<'agreements'>['events'][number]['status']

/** From the least to the most advanced. */
const progress = records.agreements.shape.events.element.shape.status.options

/** The status of an agreement: that of its latest event. If the dates leave the order open, the more advanced one. */
export function agreementStatus(events: readonly { readonly status: Status; readonly when: Bounds }[]): Status {
  const latest = events.filter((event) => !events.some((other) => isAfter(other.when, event.when)))
  const furthest = Math.max(...latest.map(({ status }) => progress.indexOf(status)))
  return progress[furthest] as Status
}

const isAfter = (a: Bounds, b: Bounds) =>
  a.beginOfTheBegin !== null && b.endOfTheEnd !== null && a.beginOfTheBegin > b.endOfTheEnd
