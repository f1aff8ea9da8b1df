import type { Prisma } from '../generated/prisma/client.ts'
import { certaintyOn } from '../time/certainty.ts'
import type { Day } from '../time/edtf.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { byDate } from './connection.ts'
import { connectionOf, listOf } from './connection-of.ts'
import { boundsOf, Certainty, spanColumns, TimeSpan } from './time-span.ts'

export const Attestation = builder.prismaNode('Attestation', {
  id: { field: 'id', description: 'The same for good, on every database.' },
  description: 'That a source says somebody held an office on a day, whatever it says of begin and end.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    when: t.field({
      type: TimeSpan,
      description: 'When the office was held, according to the source.',
      select: spanColumns,
      resolve: (span) => span,
    }),
  }),
})

export const Position = builder.prismaNode('Position', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  description: 'An office that a person held, for a country or an organization, over a tenure.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    slug: t.exposeString('slug', { description: 'The name in bundles, the same for good.' }),
    person: t.relation('person', { description: 'Who held it.' }),
    post: t.exposeString('post', { description: 'The office itself: a slug that its successive holders share.' }),
    title: t.exposeString('title', { description: 'What the office is called in the source.' }),
    country: t.relation('country', { nullable: true, description: 'The state that the office is of.' }),
    organization: t.relation('organization', { nullable: true, description: 'The organization that the office is of.' }),
    tenure: t.field({
      type: TimeSpan,
      description:
        'What sources say of begin and end, `/` if nothing; the bounds also reckon with the days on which it is attested.',
      select: spanColumns,
      resolve: (span) => span,
    }),
    attested: t.relation('attested', {
      description: 'Days on which sources say that it was held.',
      query: {
        orderBy: [
          { beginOfTheBegin: { sort: 'asc', nulls: 'last' } },
          { endOfTheEnd: { sort: 'asc', nulls: 'last' } },
          { id: 'asc' },
        ],
      },
    }),
    heldOn: t.field({
      type: Certainty,
      description: 'Whether it was held on a day. Nothing is concluded from a missing end.',
      args: { date: t.arg({ type: 'Date', required: true, description: 'The day.' }) },
      select: spanColumns,
      resolve: (span, { date }) => certaintyOn(date, boundsOf(span)),
    }),
  }),
})

/** Positions that were perhaps held on a day: whose certainty is not NO. */
export function heldOn(day: Day): Prisma.PositionWhereInput {
  const date = new Date(`${day}T00:00:00Z`)
  return {
    AND: [
      { OR: [{ beginOfTheBegin: null }, { beginOfTheBegin: { lte: date } }] },
      { OR: [{ endOfTheEnd: null }, { endOfTheEnd: { gte: date } }] },
    ],
  }
}

const PositionConnection = connectionOf(Position, 'Position', 'positions')

builder.queryFields((t) => ({
  positions: t.field({
    type: PositionConnection,
    description: 'Who held which office, by date.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) =>
      listOf(context.database.prisma.position, { order: byDate('slug') }, args, context, info),
  }),
}))
