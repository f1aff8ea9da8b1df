import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { branded } from './ids/branded.ts'
import { Position } from './position.ts'
import { Certainty } from './time-span.ts'
import { whenSettled } from './when-settled.ts'

export const ParticipationRole = builder.enumType('ParticipationRole', {
  description: 'As what a person took part.',
  values: {
    PARTICIPANT: { description: 'Took part; the source says no more.' },
    CONVENER: { description: 'Convened the meeting.' },
    HOST: { description: 'Received the others.' },
    VISITOR: { description: 'Made the visit.' },
    DELEGATE: { description: 'Accompanied the visitor or the head of a delegation.' },
  },
})

export const Occasion = builder.unionType('Occasion', {
  description: 'Where people take part.',
  types: ['Meeting' as never, 'Visit' as never],
})

/** Of the offices held at an occasion, the one in which somebody took part. */
const office = {
  where: { rank: { lt: 10 } },
  orderBy: [{ rank: 'asc' }, { positionSlug: 'asc' }] as Prisma.ParticipationOfficeOrderByWithRelationInput[],
  take: 1,
}

export const Participation = builder.prismaNode('Participation', {
  id: { field: 'id', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'A person at a meeting or on a visit.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    person: t.relation('person', { description: 'Who took part.' }),
    occasion: t.field({
      type: Occasion,
      description: 'At what: the meeting or the visit.',
      select: (_args, _context, nested) =>
        whenSettled([nested(true, [], 'Meeting'), nested(true, [], 'Visit')], (meeting, visit) => ({ meeting, visit })),
      resolve: ({ meeting, visit }) => branded({ Meeting: meeting, Visit: visit }),
    }),
    role: t.expose('role', { type: ParticipationRole, description: 'As what.' }),
    representing: t.relation('representing', { nullable: true, description: 'For which state.' }),
    position: t.field({
      type: Position,
      nullable: true,
      description:
        'The office in which the person took part, of those that may have been held then; how sure that is, `positionCertainty` says.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (position) => ({ offices: { ...office, select: { position } } })),
      resolve: ({ offices }) => offices[0]?.position ?? null,
    }),
    positionCertainty: t.field({
      type: Certainty,
      nullable: true,
      description:
        'Whether `position` was held then: certain where the very words that tell of the participation name the office, else by its tenure. Null where there is no office.',
      select: { offices: { ...office, select: { certainty: true } } },
      resolve: ({ offices }) => offices[0]?.certainty ?? null,
    }),
  }),
})
