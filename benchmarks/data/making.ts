import type { Archive } from './archive.ts'
import type { Random } from './random.ts'

/** What all records of a block are made with. */
export interface Making {
  readonly random: Random
  readonly archive: Archive
  /** A slug that nobody else has, as near as can be to the one given. */
  newSlug(slug: string): string
}
