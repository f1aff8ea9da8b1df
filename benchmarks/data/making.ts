import type { Kind } from '../../src/bundle/concepts.ts'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Archive } from './archive.ts'
import type { Random } from './random.ts'

/** A record of a bundle, as it is written. */
export type RecordOf<K extends Kind> = NonNullable<BundleInput[K]>[number]

/** What all records of a block are made with. */
export interface Making {
  readonly random: Random
  readonly archive: Archive
  /** A slug that nobody else has, as near as can be to the one given. */
  newSlug(slug: string): string
}
