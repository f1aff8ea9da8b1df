import type { FactFragment } from '../../generated/pages/graphql.ts'

/** A page of a list that is sorted by date. */
export interface FactList {
  /** The parameter of the URL that has the cursor of this list. */
  readonly parameter: string
  readonly edges: readonly { readonly cursor: string; readonly node: FactFragment }[]
  readonly pageInfo: { readonly hasNextPage: boolean }
}

interface Merged {
  readonly facts: readonly FactFragment[]
  /** The query of the next page. Null on the last page. */
  readonly next: URLSearchParams | null
}

/**
 * Lists of facts, each with the newest first, as one list of at most `size` facts. It ends earlier where one of the lists has more on
 * its next page, because only that page shows what comes next.
 */
export function mergedPage(parts: readonly FactList[], size: number, query: URLSearchParams): Merged {
  const taken = parts.map(() => 0)
  const facts: FactFragment[] = []
  while (facts.length < size) {
    const heads = parts.map(({ edges }, i) => edges[taken[i] as number]?.node)
    if (parts.some(({ pageInfo }, i) => !heads[i] && pageInfo.hasNextPage)) break
    const best = newestOf(heads)
    if (best === undefined) break
    facts.push(heads[best] as FactFragment)
    taken[best] = (taken[best] as number) + 1
  }
  const hasMore = parts.some(({ edges, pageInfo }, i) => pageInfo.hasNextPage || (taken[i] as number) < edges.length)
  if (!hasMore) return { facts, next: null }
  const next = new URLSearchParams(query)
  parts.forEach(({ parameter, edges }, i) => {
    const last = edges[(taken[i] as number) - 1]
    if (last) next.set(parameter, last.cursor)
  })
  return { facts, next }
}

/** The index of the newest fact, in the order of the API: by the earliest start, then by the latest end, undated last. */
function newestOf(facts: readonly (FactFragment | undefined)[]): number | undefined {
  let best: number | undefined
  facts.forEach((fact, i) => {
    const other = best === undefined ? undefined : facts[best]
    if (fact && (!other || keyOf(fact) > keyOf(other))) best = i
  })
  return best
}

const keyOf = ({ when: { beginOfTheBegin, endOfTheEnd, likely } }: FactFragment): string =>
  `${beginOfTheBegin ?? likely?.from ?? ''} ${endOfTheEnd ?? likely?.to ?? ''}`
