import { builder } from './builder.ts'
import { byDate, byName } from './connection.ts'
import { connectionOf, listOf, nestedList } from './connection-of.ts'
import { MeetingConnection } from './meeting.ts'
import { heldOn, Position } from './position.ts'
import { StatementConnection } from './statement.ts'
import { VisitConnection } from './visit.ts'

export const Person = builder.prismaNode('Person', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  description: 'A human being, under every name that sources use.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The name in URLs and bundles, the same for good.' }),
    name: t.exposeString('name', { description: 'The preferred name.' }),
    names: t.stringList({
      description: 'All recorded names, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
    wikidataId: t.exposeString('wikidataId', { nullable: true, description: 'The Wikidata item, such as `Q42`.' }),
    positions: t.relation('positions', {
      type: Position,
      description: 'The offices that the person held, by date.',
      args: {
        on: t.arg({ type: 'Date', description: 'Only offices that may have been held on this day: not a certain `NO`.' }),
      },
      query: ({ on }) => ({
        ...(on ? { where: heldOn(on) } : {}),
        orderBy: [
          { beginOfTheBegin: { sort: 'asc', nulls: 'last' } },
          { endOfTheEnd: { sort: 'asc', nulls: 'last' } },
          { slug: 'asc' },
        ],
      }),
    }),
  }),
})

builder.prismaObjectFields(Person, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings in which the person took part, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'participations',
      through: 'meeting',
      where: { meetingSlug: { not: null } },
      key: 'slug',
      count: (prisma, { slug }) => prisma.meeting.count({ where: { participations: { some: { personSlug: slug } } } }),
    }),
  }),
  visits: t.field({
    type: VisitConnection,
    description: 'The visits in which the person took part, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'participations',
      through: 'visit',
      where: { visitSlug: { not: null } },
      key: 'slug',
      count: (prisma, { slug }) => prisma.visit.count({ where: { participations: { some: { personSlug: slug } } } }),
    }),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'What the person said, alone or with others, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'voices',
      through: 'statement',
      where: { role: 'SPEAKER' },
      key: 'slug',
      count: (prisma, { slug }) =>
        prisma.statement.count({ where: { voices: { some: { personSlug: slug, role: 'SPEAKER' } } } }),
    }),
  }),
}))

const PersonConnection = connectionOf(Person, 'Person', 'people')
const order = byName('name', 'slug')

builder.queryFields((t) => ({
  person: t.prismaField({
    type: Person,
    nullable: true,
    description: 'The person with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'The slug, such as `s-jaishankar`.' }) },
    resolve: (query, _root, { slug }, { database }) => database.prisma.person.findUnique({ ...query, where: { slug } }),
  }),
  people: t.field({
    type: PersonConnection,
    description: 'All people, by name.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) => listOf(context.database.prisma.person, { order }, args, context, info),
  }),
}))
