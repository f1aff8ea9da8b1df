import { version } from '../version.ts'
import { builder } from './builder.ts'

const models = {
  positions: 'position',
  visits: 'visit',
  meetings: 'meeting',
  participations: 'participation',
  statements: 'statement',
  agreements: 'agreement',
  agreementEvents: 'agreementEvent',
  attestations: 'attestation',
  citations: 'citation',
  people: 'person',
  organizations: 'organization',
  topics: 'topic',
  sources: 'source',
} as const

const Facts = builder.objectRef<object>('FactCounts').implement({
  description: 'How many records of each kind are held.',
  fields: (t) =>
    Object.fromEntries(
      Object.entries(models).map(([field, model]) => [
        field,
        t.int({
          description: `How many ${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} are held.`,
          resolve: (_parent, _args, { database }) => (database.prisma[model] as { count(): Promise<number> }).count(),
        }),
      ]),
    ),
})

const About = builder.objectRef<{ dataVersion: string; changedAt: Date }>('About').implement({
  description: 'What answers here: the program and its data.',
  fields: (t) => ({
    version: t.string({ description: 'The version of the program.', resolve: () => version }),
    dataVersion: t.exposeString('dataVersion', {
      description: 'A number that rises with every change of the data; as text, since it may outgrow an Int.',
    }),
    facts: t.field({ type: Facts, description: 'How many records there are, by kind.', resolve: () => ({}) }),
  }),
})

builder.queryField('about', (t) =>
  t.field({
    type: About,
    description: 'The program and its data.',
    resolve: async (_root, _args, { database }) => {
      const { version, changedAt } = await database.prisma.dataset.findFirstOrThrow()
      return { dataVersion: String(version), changedAt }
    },
  }),
)
