import type { Kind } from '../../src/bundle/concepts.ts'
import type { BundleInput } from '../../src/bundle/format.ts'

/** A record of a bundle, as it is written. */
export type RecordOf<K extends Kind> = NonNullable<BundleInput[K]>[number]
