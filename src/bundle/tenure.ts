import { isOpenEnded, type TimeSpan, tighten, timeSpan } from '../time/span.ts'

/**
 * The tenure of a position: start and end as its sources give them, with bounds tightened by the days on which it is attested.
 * An open end (`..`) means that the tenure had not ended when the latest of its sources was published.
 */
export function tenureOf(
  position: {
    readonly tenure: string
    readonly attested: readonly { readonly when: string }[]
    readonly citations: readonly { readonly source: string }[]
  },
  publishedAt: (sourceSlug: string) => TimeSpan | undefined,
): TimeSpan {
  const tenure = timeSpan(position.tenure)
  const attested = position.attested.map(({ when }) => timeSpan(when))
  const published = isOpenEnded(position.tenure)
    ? position.citations.map(({ source }) => publishedAt(source)?.beginOfTheBegin ?? null)
    : []
  const notEnded = published.map((day) => ({ endOfTheBegin: null, beginOfTheEnd: day }))
  return { ...tenure, ...tighten(tenure, [...attested, ...notEnded]) }
}
