import type { ExecutionResult, GraphQLError } from 'graphql'

/**
 * One error for each place of the data that became null, in the order of the data. Where several fields fail beneath one null,
 * the specification leaves open which of them are reported, and the time at which they fail leaves open their order: so both executors
 * settle on this. The error that made the place null is the last one that either executor reports beneath it.
 */
export function settleErrors(result: ExecutionResult): ExecutionResult {
  const { data, errors } = result
  if (!errors || errors.length < 2 || data === undefined) return result
  const last = new Map<string, { readonly place: number[]; readonly error: GraphQLError }>()
  for (const error of errors) {
    const place = placeOfNull(data, error.path ?? [])
    last.set(place.join(), { place, error })
  }
  const settled = [...last.values()].sort((one, other) => compare(one.place, other.place))
  return { ...result, errors: settled.map(({ error }) => error) }
}

/** Where the data is null on the way to a path: the position of each step among its siblings. */
function placeOfNull(data: unknown, path: readonly (string | number)[]): number[] {
  const place: number[] = []
  let at = data
  for (const key of path) {
    if (typeof at !== 'object' || at === null) break
    place.push(typeof key === 'number' ? key : Object.keys(at).indexOf(key))
    at = (at as Record<string | number, unknown>)[key]
  }
  return place
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let i = 0; i < one.length && i < other.length; i++) {
    const difference = (one[i] as number) - (other[i] as number)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}
