import { type Kind, kinds } from './concepts.ts'
import { type Bundle, type BundleRecord, keyOfRecord } from './format.ts'
import { type Problem, pathOf } from './problems.ts'

/** A record with its path in the file: `meetings[2]` or `line 17: meetings`. */
export type Placed = {
  [K in Kind]: { readonly kind: K; readonly record: BundleRecord<K>; readonly path: string }
}[Kind]

/** Records as they are read, and problems in place of those that do not match the format. */
export type Reading = Iterable<Placed | Problem> | AsyncIterable<Placed | Problem>

/** The records of a bundle. Each comes after those that it cites. */
export function* recordsOf(bundle: Bundle): Generator<Placed> {
  for (const kind of kinds) {
    for (const [i, record] of bundle[kind].entries()) yield { kind, record, path: pathOf([kind, i]) } as Placed
  }
}

/** The name of a record, unique among all kinds: `meetings/town-hall`. */
export const nameOf = ({ kind, record }: Placed): string => `${kind}/${keyOfRecord(record)}`

/** The path of a place within a record. */
export const within = (path: string, keys: readonly PropertyKey[]): string =>
  typeof keys[0] === 'number' ? `${path}${pathOf(keys)}` : [path, pathOf(keys)].filter(Boolean).join('.')
