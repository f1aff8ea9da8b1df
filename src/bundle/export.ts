import type { Database } from '../database/open.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { entryKinds, type Pair } from '../relations/entries.ts'
import { type Entry, readTimeline } from '../relations/timeline.ts'
import type { Day } from '../time/edtf.ts'
import { type BundleRecord, type Kind, kinds } from './format.ts'
import { keysOfHeld, readHeld } from './held-records.ts'
import type { Placed } from './records.ts'
import { referencesOf } from './references.ts'

/** Which records are exported: all, unless told. */
export interface Selection {
  /** Facts of the relation of two countries, as the API's `relation` has them. */
  readonly between?: Pair | undefined
  readonly kinds?: readonly Kind[] | undefined
  /** Facts that perhaps lasted on some of the days from one to another. */
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** Takes one record after the other, those that others cite first. */
export type Sink = (record: Placed) => Promise<void>

/**
 * Exports the selected records, and all that they refer to unless they are wanted `alone`, as of one moment. With what they
 * refer to, they load into an empty database as the same facts with the same ids.
 */
export async function exportRecords(
  database: Database,
  selection: Selection,
  sink: Sink,
  { alone = false }: { alone?: boolean } = {},
): Promise<void> {
  const selected = await select(database, selection)
  // In one transaction, so that a load at the same time is seen whole or not at all.
  await database.prisma.$transaction(
    async (transaction) => {
      const prisma = transaction as PrismaClient
      await prisma.$executeRawUnsafe('SET LOCAL statement_timeout = 0')
      if (selected && !alone) await addReferences(prisma, selected)
      for (const kind of kinds) {
        const keys = selected && [...(selected.get(kind) ?? [])]
        for await (const record of readHeld(prisma, kind, keys)) await sink(placed(kind, record))
      }
    },
    { isolationLevel: 'RepeatableRead', timeout: LONGEST_MS },
  )
}

/** How long an export may take. */
const LONGEST_MS = 24 * 60 * 60 * 1_000

const placed = <K extends Kind>(kind: K, record: BundleRecord<K>) => ({ kind, record, path: kind }) as Placed

/** Keys of records by kind. */
type Keys = Map<Kind, Set<string>>

/** The selected records; undefined for all that there are. */
async function select(database: Database, selection: Selection): Promise<Keys | undefined> {
  const { between, kinds: wanted = kinds, from, to } = selection
  if (!between && !selection.kinds && !from && !to) return undefined
  const selected: Keys = new Map()
  if (!between) {
    for (const kind of wanted) selected.set(kind, new Set(await keysOfHeld(database.prisma, kind, { from, to })))
    return selected
  }
  for await (const { kind, key } of entriesOf(database, { ...selection, between })) {
    const [record, slug] = kind === 'AGREEMENT_EVENT' ? (['agreements', key.split('/')[0]] as const) : [OF[kind], key]
    if (wanted.includes(record)) selected.set(record, (selected.get(record) ?? new Set()).add(slug as string))
  }
  return selected
}

const OF = { MEETING: 'meetings', STATEMENT: 'statements', VISIT: 'visits' } as const

/** How much of a relation's timeline is read at once. */
const PAGE = 5_000

async function* entriesOf(database: Database, { between, from, to }: Selection & { between: Pair }) {
  const which = { between, during: { from: from ?? null, to: to ?? null, certain: false } }
  for (let after: Entry | undefined; ; ) {
    const page = await readTimeline(database, which, entryKinds, { take: PAGE, after, backward: false })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/** From those that refer to others on to those that only others refer to. */
const REFERRING = ['statements', 'agreements', 'meetings', 'visits', 'positions', 'sources', 'topics', 'people', 'organizations', 'countries'] as const satisfies Kind[] // biome-ignore format: one line

/** Adds the records that the selected ones refer to, and those that these do. */
async function addReferences(prisma: PrismaClient, selected: Keys): Promise<void> {
  for (const kind of REFERRING) {
    for (let fresh = selected.get(kind) ?? new Set(); fresh.size > 0; ) {
      const before = new Set(selected.get(kind))
      for await (const record of readHeld(prisma, kind, [...fresh])) {
        for (const { kind: named, slug } of referencesOf(placed(kind, record))) {
          selected.set(named, (selected.get(named) ?? new Set()).add(slug))
        }
      }
      // Topics refer to broader topics.
      fresh = new Set([...(selected.get(kind) ?? [])].filter((slug) => !before.has(slug)))
    }
  }
}
