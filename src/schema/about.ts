import type { Kind } from '../bundle/concepts.ts'
import type { TableName } from '../bundle/tables.ts'
import { version } from '../version.ts'
import { builder } from './builder.ts'
import { aStatement } from './lists/weight.ts'

/** The table of each count. Countries are not counted: all that exist are stored from the start. */
const tables = {
  positions: 'position',
  attestations: 'attestation',
  visits: 'visit',
  meetings: 'meeting',
  participations: 'participation',
  attendees: 'participation',
  statements: 'statement',
  agreements: 'agreement',
  agreementEvents: 'agreement_event',
  relationEvents: 'relation_event',
  citations: 'citation',
  people: 'person',
  organizations: 'organization',
  topics: 'topic',
  sources: 'source',
} as const satisfies Record<Exclude<Kind, 'countries'>, TableName> & Record<string, TableName>
type Counts = Record<keyof typeof tables, number>

/** Conditions on the rows that a field counts. */
const conditions: Partial<Record<keyof Counts, string>> = {
  people: 'WHERE NOT is_gone',
  participations: 'WHERE person_slug IS NOT NULL',
}

const counts = Object.entries(tables).map(
  ([field, table]) => `(SELECT count(*)::int FROM ${table} ${conditions[field as keyof Counts] ?? ''}) AS "${field}"`,
)

const FactCounts = builder.objectRef<Counts>('FactCounts').implement({
  description: 'Number of records in the database, by type.',
  fields: (t) =>
    Object.fromEntries(
      (Object.keys(tables) as (keyof Counts)[]).map((field) => {
        const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
        return [field, t.exposeInt(field, { description: `Number of ${words}.` })]
      }),
    ),
})

const About = builder.objectRef<{ dataVersion: string }>('About').implement({
  description: 'Version of the service and of its data.',
  fields: (t) => ({
    version: t.string({ description: 'Version of the service. Example: `0.1.0`.', resolve: () => version }),
    dataVersion: t.exposeString('dataVersion', {
      description:
        'Version of the data: a whole number that increases with every change. It is a string because it can exceed the range of `Int`.',
    }),
    facts: t.field({
      type: FactCounts,
      extensions: aStatement,
      description: 'Number of records in the database, by type.',
      resolve: async (_about, _args, { database }) => {
        const { rows } = await database.pool.query<Counts>(`SELECT ${counts.join(', ')}`)
        return rows[0] as Counts
      },
    }),
  }),
})

builder.queryField('about', (t) =>
  t.field({
    type: About,
    extensions: aStatement,
    description: 'Returns the version of the service and of its data.',
    resolve: async (_root, _args, { database }) => ({ dataVersion: String(await database.readVersion()) }),
  }),
)
