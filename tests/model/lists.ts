import type { Bounds } from '../../src/time/span.ts'

/** What the reference model says of lists: their orders and their pages. */

type Compare<T> = (a: T, b: T) => number

/** By code points, which is not how JavaScript compares. */
export function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((character, i) => character !== right[i])
  if (at === -1) return left.length - right.length
  return at >= right.length ? 1 : (left[at]?.codePointAt(0) as number) - (right[at]?.codePointAt(0) as number)
}

/** What is null comes last, in either direction. */
function compareDays(a: string | null, b: string | null, direction: 1 | -1): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return direction * (a < b ? -1 : 1)
}

/** By begin of the begin, end of the end, key. */
export const byDate =
  <T>(span: (record: T) => Bounds, key: (record: T) => string, direction: 1 | -1): Compare<T> =>
  (a, b) =>
    compareDays(span(a).beginOfTheBegin, span(b).beginOfTheBegin, direction) ||
    compareDays(span(a).endOfTheEnd, span(b).endOfTheEnd, direction) ||
    direction * compareText(key(a), key(b))

/** By name, key. */
export const byName =
  <T>(name: (record: T) => string, key: (record: T) => string, direction: 1 | -1): Compare<T> =>
  (a, b) =>
    direction * (compareText(name(a), name(b)) || compareText(key(a), key(b)))

/** Which part of a list is asked for; `after` and `before` are the places of records in it. */
export interface Part {
  first?: number | undefined
  last?: number | undefined
  after?: number | undefined
  before?: number | undefined
}

/** A page, as the Relay specification has it. */
export function pageOf<T>(list: readonly T[], { first, last, after, before }: Part) {
  const start = after === undefined ? 0 : after + 1
  const between = list.slice(start, Math.max(start, before ?? list.length))
  if (last !== undefined) {
    const nodes = between.slice(Math.max(0, between.length - last))
    return { nodes, hasPreviousPage: between.length > last, hasNextPage: before !== undefined }
  }
  const size = first ?? 20
  return { nodes: between.slice(0, size), hasPreviousPage: after !== undefined, hasNextPage: between.length > size }
}
