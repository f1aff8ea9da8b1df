import { selectedFieldNames } from '@pothos/selection-mapper'
import { Prisma } from '../generated/prisma/client.ts'
import { type Cited, type Coverage, readCitedSources } from '../relations/coverage.ts'
import type { Pair } from '../relations/entries.ts'
import type { FactKind } from '../relations/pairs.ts'
import { builder } from './builder.ts'
import { pageSize } from './lists/connection.ts'
import { aStatement } from './lists/weight.ts'
import { asRecord, recordAtKey } from './loading/load-records.ts'
import { isFirst, Relation } from './relation.ts'
import { Source } from './source.ts'

/** Maximum number of sources of a coverage. All are read, so that each alias of the field can have its own number. */
const MOST_SOURCES = 100

type SourceCountRow = Cited & { readonly source: never }

const SourceCount = builder.objectRef<SourceCountRow>('SourceCount').implement({
  description: 'Number of facts between two countries that a source supports or contradicts.',
  fields: (t) => ({
    source: t.expose('source', { type: Source, description: 'The source.' }),
    count: t.exposeInt('count', { description: 'Number of facts with a citation of the source.' }),
    first: t.expose('first', {
      type: 'Date',
      nullable: true,
      description: 'Earliest day on which one of these facts can have started. Null if no start has an earliest day.',
    }),
    last: t.expose('last', {
      type: 'Date',
      nullable: true,
      description: 'Latest day on which one of these facts can have ended. Null if no end has a latest day.',
    }),
  }),
})

/** The field that counts each kind of fact. */
const COUNTS: Readonly<Record<FactKind, { field: string; description: string }>> = {
  VISIT: { field: 'visits', description: 'Number of visits, as in `Relation.visits`.' },
  MEETING: { field: 'meetings', description: 'Number of meetings, as in `Relation.meetings`.' },
  STATEMENT: { field: 'statements', description: 'Number of statements, as in `Relation.statements`.' },
  AGREEMENT: { field: 'agreements', description: 'Number of agreements, as in `Relation.agreements`.' },
  AGREEMENT_EVENT: { field: 'agreementEvents', description: 'Number of events of these agreements.' },
  RELATION_EVENT: { field: 'relationEvents', description: 'Number of relation events, as in `Relation.events`.' },
  POSITION: { field: 'positions', description: 'Number of heads of mission, as in `Relation.positions`.' },
}

const RelationCoverage = builder
  .objectRef<Coverage & { between: Pair; sources: readonly SourceCountRow[] }>('RelationCoverage')
  .implement({
    description:
      'What the database has about two countries. If all counts are zero, the sources of this database say nothing about the two; that does not mean that nothing happened.',
    fields: (t) => ({
      first: t.expose('first', {
        type: 'Date',
        nullable: true,
        description: 'Earliest day on which a fact can have started. Null if no start has an earliest day.',
      }),
      last: t.expose('last', {
        type: 'Date',
        nullable: true,
        description: 'Latest day on which a fact can have ended. Null if no end has a latest day.',
      }),
      ...Object.fromEntries(
        Object.entries(COUNTS).map(([kind, { field, description }]) => [
          field,
          t.int({ description, resolve: ({ counts }) => counts[kind as FactKind] ?? 0 }),
        ]),
      ),
      visitsTo: t.int({
        description: 'Number of visits to one of the two countries, from the other.',
        args: {
          country: t.arg({
            type: 'CountryCode',
            required: true,
            description: 'Code of one of the two countries. Another code is an error. Example: `US`.',
          }),
        },
        resolve: ({ counts: { VISIT: all = 0 }, toFirst, between }, { country }) =>
          isFirst(between, country) ? toFirst : all - toFirst,
      }),
      sources: t.field({
        type: [SourceCount],
        args: { first: t.arg.int({ description: 'Number of sources to return. Default 20, maximum 100.' }) },
        description: 'The sources that most of these facts cite, the most frequent first.',
        resolve: ({ sources }, { first }) => sources.slice(0, pageSize('first', first)),
      }),
    }),
  })

builder.objectField(Relation, 'coverage', (t) =>
  t.field({
    type: RelationCoverage,
    extensions: aStatement,
    description:
      'What the database has about the two countries: number of facts of each kind, first and last day, sources. It shows whether an empty list means missing data.',
    resolve: async ({ between }, _args, context, info) => {
      const { database, loaders } = context
      const reading = loaders.coverages.load(between)
      if (!selectedFieldNames(context, info).has('sources')) return { ...(await reading), between, sources: [] }
      const source = await recordAtKey('Source', Prisma.raw('tally.slug'), [['sources', 'source']], context, info)
      const [coverage, cited] = await Promise.all([
        reading,
        readCitedSources(database, between, MOST_SOURCES, source.json),
      ])
      const sources = cited.map(({ record, ...one }) => ({ ...one, source: asRecord('Source', source, record) }))
      return { ...coverage, between, sources }
    },
  }),
)
