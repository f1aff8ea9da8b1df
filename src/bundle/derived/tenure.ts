import { type Bounds, isOpenEnded, later, type TimeSpan, tighten, timeSpan } from '../../time/span.ts'

/**
 * The tenure of a position: start and end as its sources give them, with bounds tightened by the days on which it is attested.
 * Somebody who was appointed first may have had the office since then, so the appointment is the earliest start.
 * An open end (`..`) means that the tenure had not ended when the latest of its sources was published.
 */
export function tenureOf(
  position: {
    readonly appointed?: string | null | undefined
    readonly tenure: string
    readonly attested: readonly { readonly when: string }[]
    readonly citations: readonly { readonly source: string; readonly stance?: string | undefined }[]
  },
  publishedAt: (sourceSlug: string) => TimeSpan | undefined,
): TimeSpan {
  const tenure = sinceAppointment(timeSpan(position.tenure), position.appointed)
  const attested = position.attested.map(({ when }) => timeSpan(when))
  const published = isOpenEnded(position.tenure)
    ? position.citations
        .filter(({ stance }) => stance !== 'CONTRADICTS')
        .map(({ source }) => publishedAt(source)?.beginOfTheBegin ?? null)
    : []
  const notEnded = published.map((day) => ({ endOfTheBegin: null, beginOfTheEnd: day }))
  return { ...tenure, ...tighten(tenure, [...attested, ...notEnded]) }
}

/** Bounds that start with the appointment at the earliest, and do not end before it. */
function sinceAppointment<T extends Bounds>(tenure: T, appointed: string | null | undefined): T {
  if (!appointed) return tenure
  const { beginOfTheBegin, beginIsDoubtful } = timeSpan(appointed)
  const beginOfTheEnd = beginIsDoubtful ? tenure.beginOfTheEnd : later(tenure.beginOfTheEnd, beginOfTheBegin)
  return { ...tenure, beginOfTheBegin, beginIsDoubtful, beginOfTheEnd }
}

/** Whether the person was certainly appointed only after the tenure had begun. */
export function isAppointedLate({ appointed, tenure }: { appointed?: string | undefined; tenure: string }): boolean {
  const { beginOfTheBegin, beginIsDoubtful } = timeSpan(appointed ?? 'XXXX')
  const { endOfTheBegin } = timeSpan(tenure)
  return !beginIsDoubtful && beginOfTheBegin !== null && endOfTheBegin !== null && beginOfTheBegin > endOfTheBegin
}
