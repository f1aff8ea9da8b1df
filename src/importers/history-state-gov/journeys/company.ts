import { timeSpan } from '../../../time/span.ts'
import { resolveAmerican } from '../people/american-match.ts'
import { mentionOf } from '../people/mention.ts'
import type { American, Americans } from '../pocom/americans.ts'
import type { Meeting } from '../remarks/sentence.ts'
import type { Journey } from './journeys.ts'

/** The president whom the traveller of a row accompanied. */
export interface Company {
  readonly president: American
  readonly position?: string
  /** Range of the words in the text of the file. */
  readonly range: readonly [start: number, end: number]
  /** The president's trips to the same country on the same days. Several, if a trip has several legs there. */
  readonly trips: readonly Journey[]
  /** Offset in the remark at which the words end. */
  readonly end: number
}

/** "Accompanied President Nixon", also misspelt: "Accoompanied". "Joined President Ford for a meeting". */
const ACCOMPANIED =
  /\b(?:[Aa]cc?o+mp\w*ied|[Jj]oined)\s+President\s+((?:\p{Lu}\.\s*)*\p{Lu}[\p{L}'’-]*(?:\s+(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]*))*)/u

/** Reads whom the traveller accompanied, according to the remark of a trip. */
export function companyOf(journey: Journey, trips: readonly Journey[], americans: Americans): Company | undefined {
  const { remark, traveller } = journey
  const found = traveller && traveller.role !== 'president' ? ACCOMPANIED.exec(remark.text) : null
  const name = found?.[1]
  if (!found || !name) return undefined
  const resolved = resolveAmerican(mentionOf(journey, { title: 'President', name }), americans)
  if (!resolved) return undefined
  const end = found.index + found[0].length
  const president = resolved.person
  const own = trips.filter(
    (trip) =>
      trip.traveller?.person.slug === president.slug && trip.to === journey.to && overlap(trip.when, journey.when),
  )
  return {
    president,
    ...(resolved.position && { position: resolved.position }),
    range: remark.range(found.index, end),
    trips: own,
    end,
  }
}

/** Verbs by which a clause stops being about the company: "and met with his foreign minister". */
const OWN = /;|(?<!\b\p{Lu})\.(?=\s|$)|\b(met|held|discussed|conferred|signed|visited|addressed|briefed)\b/u

/** True if the traveller met these people with the president: "Accompanied President Nixon to a meeting with President Pompidou". */
export const isInCompany = ({ remark }: Journey, { end }: Company, { people }: Meeting): boolean => {
  const start = people[0]?.start ?? 0
  return start > end && !OWN.test(remark.text.slice(end, start))
}

/** True if two spans can share a day. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [timeSpan(one), timeSpan(other)]
  if (!a.beginOfTheBegin || !a.endOfTheEnd || !b.beginOfTheBegin || !b.endOfTheEnd) return false
  return a.beginOfTheBegin <= b.endOfTheEnd && b.beginOfTheBegin <= a.endOfTheEnd
}
