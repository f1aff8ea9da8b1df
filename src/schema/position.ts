import type { Prisma } from '../generated/prisma/client.ts'
import { certaintyOn } from '../time/certainty.ts'
import type { Day } from '../time/edtf.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, isGiven, keyOf, positionsOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { boundsOf, Certainty, shownSpan, spanColumns, TimeSpan } from './time-span.ts'

export const Attestation = builder.prismaNode('Attestation', {
  id: { field: 'id', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'That a source says somebody held an office on a day, whatever it says of begin and end.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    when: t.field({
      type: TimeSpan,
      description: 'When the office was held, according to the source.',
      select: shownSpan,
      resolve: (span) => span,
    }),
  }),
})

export const Position = builder.prismaNode('Position', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
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
    organization: t.relation('organization', {
      nullable: true,
      description: 'The organization that the office is of.',
    }),
    tenure: t.field({
      type: TimeSpan,
      description:
        'What sources say of begin and end, `/` if nothing; the bounds also reckon with the days on which it is attested.',
      select: shownSpan,
      resolve: (span) => span,
    }),
    attested: t.relation('attested', {
      description: 'Days on which sources say that it was held.',
      query: {
        orderBy: byDateInPrisma('id'),
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

const PositionFilter = builder.inputType('PositionFilter', {
  description: 'Which positions. Several fields mean all of them.',
  fields: (t) => ({
    post: t.string({ description: 'The office itself, a slug that successive holders share.' }),
    title: t.string({ description: 'What the office is called, whatever the case.' }),
    country: t.field({
      type: 'CountryCode',
      description: 'The state that the office is of, also by its organization.',
    }),
    organization: t.id({ description: 'The organization that the office is of: slug or id.' }),
    on: t.field({ type: 'Date', description: 'Perhaps held on this day: not certainly not.' }),
    person: t.id({ description: 'Held by this person: slug or id.' }),
  }),
})

const PositionOrder = orderEnum('PositionOrder', 'positions', dateOrderValues)

const positions = {
  model: 'position',
  people: ['person'],
  orders: dateOrders,
  where: ({ on, person, ...office }) =>
    all<Prisma.PositionWhereInput>(
      positionsOf(office),
      on && heldOn(on),
      isGiven(person) && { personSlug: keyOf('Person', person, 'person') },
    ),
} as const satisfies Listing<typeof PositionFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  positions: t.field({
    type: PositionConnection,
    extensions: aStatement,
    description: 'Who held which office, by date.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: PositionFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: PositionOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(positions, args, context, info),
  }),
}))
