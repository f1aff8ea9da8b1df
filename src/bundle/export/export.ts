import type { Database } from '../../database/open.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { entryKinds, type Pair } from '../../relations/entries.ts'
import { type Entry, readTimeline } from '../../relations/timeline.ts'
import type { Day } from '../../time/edtf.ts'
import { type Kind, kindOfEntry, kinds } from '../concepts.ts'
import type { BundleRecord } from '../format.ts'
import type { Placed, PlacedWithdrawal } from '../records.ts'
import { referencesOf } from '../references.ts'
import { keysOfStored, readStored } from './stored-records.ts'
import { readWithdrawals } from './withdrawn-records.ts'

/** Which records are exported. Default: all. */
export interface Selection {
  /** Only facts of the relation of two countries, as the API's `relation` returns them. */
  readonly between?: Pair | undefined
  readonly kinds?: readonly Kind[] | undefined
  /** Only facts that may have taken place on a day of the range. */
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** Receives the records one by one, in the order of `concepts`, then the withdrawals. */
export type Sink = (item: Placed | PlacedWithdrawal) => Promise<void>

/**
 * Exports the selected records and, unless `alone` is set, all records that they refer to, as of one moment. Together these load
 * into an empty database as the same facts with the same ids. An export of all records has those that are withdrawn too.
 */
export async function exportRecords(
  database: Database,
  selection: Selection,
  sink: Sink,
  { alone = false }: { alone?: boolean } = {},
): Promise<void> {
  const selected = await select(database, selection)
  // In one transaction, so that the export sees a concurrent load whole or not at all.
  await database.prisma.$transaction(
    async (transaction) => {
      const prisma = transaction as PrismaClient
      await prisma.$executeRawUnsafe('SET LOCAL statement_timeout = 0')
      if (selected && !alone) await addReferences(prisma, selected)
      for (const kind of kinds) {
        const keys = selected && [...(selected.get(kind) ?? [])]
        for await (const record of readStored(prisma, kind, keys)) await sink(placed(kind, record))
      }
      if (selected) return
      for (const withdraw of await readWithdrawals(prisma)) await sink({ withdraw, path: 'withdraw' })
    },
    // The export waits while an import uses the only connection of the embedded database.
    { isolationLevel: 'RepeatableRead', maxWait: LONGEST_MS, timeout: LONGEST_MS },
  )
}

/** Time limit of an export. */
const LONGEST_MS = 24 * 60 * 60 * 1_000

const placed = <K extends Kind>(kind: K, record: BundleRecord<K>) => ({ kind, record, path: kind }) as Placed

/** Keys of records by kind. */
type Keys = Map<Kind, Set<string>>

/** The selected records. Undefined for all records. */
async function select(database: Database, selection: Selection): Promise<Keys | undefined> {
  const { between, kinds: wanted = kinds, from, to } = selection
  if (!between && !selection.kinds && !from && !to) return undefined
  const selected: Keys = new Map()
  if (!between) {
    for (const kind of wanted) selected.set(kind, new Set(await keysOfStored(database.prisma, kind, { from, to })))
    return selected
  }
  for await (const { kind, key } of entriesOf(database, { ...selection, between })) {
    const record = kindOfEntry[kind]
    // The key of an event begins with the slug of its agreement.
    const [slug] = key.split('/') as [string]
    if (wanted.includes(record)) selected.set(record, (selected.get(record) ?? new Set()).add(slug))
  }
  return selected
}

/** Number of entries of a timeline per statement. */
const PAGE = 5_000

async function* entriesOf(database: Database, { between, from, to }: Selection & { between: Pair }) {
  const which = { between, during: { from: from ?? null, to: to ?? null, certain: false } }
  for (let after: Entry | undefined; ; ) {
    const page = await readTimeline(database, which, entryKinds, {
      take: PAGE,
      after,
      backward: false,
      newestFirst: false,
    })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/** Adds the records that the selected ones refer to, directly or through others. */
async function addReferences(prisma: PrismaClient, selected: Keys): Promise<void> {
  for (let fresh: Keys = new Map(selected); fresh.size > 0; ) {
    const found: Keys = new Map()
    for (const [kind, keys] of fresh) {
      for await (const record of readStored(prisma, kind, [...keys])) {
        for (const { kind: named, slug } of referencesOf(placed(kind, record))) {
          if (selected.get(named)?.has(slug)) continue
          for (const map of [selected, found]) map.set(named, (map.get(named) ?? new Set()).add(slug))
        }
      }
    }
    fresh = found
  }
}
