import { isOpenEnded, later, type TimeSpan, tighten, timeSpan } from '../time/span.ts'

/**
 * A position's tenure: what its sources say of begin and end, with bounds that are as tight as the days make them on which
 * it is attested. An end that had not come (`..`) had not come by the day on which the latest of its sources was published.
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
  const bounds = { ...tenure, ...tighten(tenure, attested) }
  if (!isOpenEnded(position.tenure)) return bounds
  const published = position.citations.map(({ source }) => publishedAt(source)?.beginOfTheBegin ?? null)
  return { ...bounds, beginOfTheEnd: later(bounds.beginOfTheEnd, ...published) }
}
