import { type Kind, kinds } from './concepts.ts'
import { type Bundle, type BundleRecord, keyOfRecord } from './format.ts'
import { type Problem, pathOf } from './problems.ts'

/** A record, and the place where it stands: `meetings[2]`, or `line 17: meetings`. */
export type Placed = {
  [K in Kind]: { readonly kind: K; readonly record: BundleRecord<K>; readonly path: string }
}[Kind]

/** Records as they are read, and what is wrong with those that are not of the format. */
export type Reading = Iterable<Placed | Problem> | AsyncIterable<Placed | Problem>

/** The records of a bundle, in an order in which each follows those that it cites. */
export function* recordsOf(bundle: Bundle): Generator<Placed> {
  for (const kind of kinds) {
    for (const [i, record] of bundle[kind].entries()) yield { kind, record, path: pathOf([kind, i]) } as Placed
  }
}

/** A record's name among all: `meetings/town-hall`. */
export const nameOf = ({ kind, record }: Placed): string => `${kind}/${keyOfRecord(record)}`

/** A place within a record. */
export const within = (path: string, keys: readonly PropertyKey[]): string =>
  typeof keys[0] === 'number' ? `${path}${pathOf(keys)}` : [path, pathOf(keys)].filter(Boolean).join('.')
