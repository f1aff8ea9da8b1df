import { version } from '../version.ts'
import { builder } from './builder.ts'
import { aStatement } from './lists/weight.ts'

const tables = {
  positions: 'position',
  attestations: 'attestation',
  visits: 'visit',
  meetings: 'meeting',
  participations: 'participation',
  statements: 'statement',
  agreements: 'agreement',
  agreementEvents: 'agreement_event',
  citations: 'citation',
  people: 'person',
  organizations: 'organization',
  topics: 'topic',
  sources: 'source',
} as const
type Counts = Record<keyof typeof tables, number>

const counts = Object.entries(tables).map(([field, table]) => `(SELECT count(*)::int FROM ${table}) AS "${field}"`)

const FactCounts = builder.objectRef<Counts>('FactCounts').implement({
  description: 'How many records of each kind are held.',
  fields: (t) =>
    Object.fromEntries(
      (Object.keys(tables) as (keyof Counts)[]).map((field) => {
        const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
        return [field, t.exposeInt(field, { description: `How many ${words} are held.` })]
      }),
    ),
})

const About = builder.objectRef<{ dataVersion: string }>('About').implement({
  description: 'What answers here: the program and its data.',
  fields: (t) => ({
    version: t.string({ description: 'The version of the program.', resolve: () => version }),
    dataVersion: t.exposeString('dataVersion', {
      description: 'A number that rises with every change of the data; as text, since it may outgrow an Int.',
    }),
    facts: t.field({
      type: FactCounts,
      extensions: aStatement,
      description: 'How many records there are, by kind.',
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
    description: 'The program and its data.',
    resolve: async (_root, _args, { database }) => ({ dataVersion: String(await database.readVersion()) }),
  }),
)
