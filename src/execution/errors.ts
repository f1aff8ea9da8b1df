import type { ExecutionResult, GraphQLError } from 'graphql'

/**
 * Leaves one error for each place of the data that became null, in the order of the data. If several fields below one null
 * fail, the specification does not say which errors are reported, and their order depends on timing. With this rule, both
 * executors report the same errors. The error that made a place null is the last one that either executor reports below it.
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

/** The first place on a path at which the data is null: for each step, its position among its siblings. */
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
