import { type Kind, kinds } from './concepts.ts'
import { type Bundle, type BundleRecord, keyOfRecord, type Withdrawal } from './format.ts'
import { type Problem, pathOf } from './problems.ts'

/** A record with its path in the file: `meetings[2]` or `line 17: meetings`. */
export type Placed = {
  [K in Kind]: { readonly kind: K; readonly record: BundleRecord<K>; readonly path: string }
}[Kind]

/** An entry of the list of withdrawals, with its path in the file. */
export interface PlacedWithdrawal {
  readonly withdraw: Withdrawal
  readonly path: string
}

/** What is read from a bundle, with a problem in place of what does not match the format. */
export type Read = Placed | PlacedWithdrawal | Problem
export type Reading = Iterable<Read> | AsyncIterable<Read>

/** The records of a bundle. Each comes after those that it cites. */
export function* recordsOf(bundle: Bundle): Generator<Placed | PlacedWithdrawal> {
  for (const kind of kinds) {
    for (const [i, record] of bundle[kind].entries()) yield { kind, record, path: pathOf([kind, i]) } as Placed
  }
  for (const [i, withdraw] of bundle.withdraw.entries()) yield { withdraw, path: pathOf(['withdraw', i]) }
}

/** The name of a record, unique among all kinds: `meetings/town-hall`. */
export const nameOf = ({ kind, record }: Placed): string => `${kind}/${keyOfRecord(record)}`

/** The path of a place within a record. */
export const within = (path: string, keys: readonly PropertyKey[]): string =>
  typeof keys[0] === 'number' ? `${path}${pathOf(keys)}` : [path, pathOf(keys)].filter(Boolean).join('.')
