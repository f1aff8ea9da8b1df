import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { branded } from './ids/branded.ts'
import { idDescription } from './ids/global-id.ts'
import { whenSettled } from './loading/when-settled.ts'
import { Position } from './position.ts'
import { Certainty } from './time-span.ts'

const ParticipationRole = builder.enumType('ParticipationRole', {
  description: 'Role of a person at a meeting or on a visit.',
  values: {
    PARTICIPANT: { description: 'Took part. The source names no other role.' },
    CONVENER: { description: 'Convened the meeting.' },
    HOST: { description: 'Received the others.' },
    VISITOR: { description: 'Made the visit.' },
    DELEGATE: { description: 'Accompanied the visitor or the head of a delegation.' },
  },
})

const Occasion = builder.unionType('Occasion', {
  description: 'A meeting or a visit in which people take part.',
  types: ['Meeting' as never, 'Visit' as never],
})

/** The office in which a person took part: the best ranked of the offices that they held at the time. */
const office = {
  where: { rank: { lt: 10 } },
  orderBy: [{ rank: 'asc' }, { positionSlug: 'asc' }] as Prisma.ParticipationOfficeOrderByWithRelationInput[],
  take: 1,
}

builder.prismaNode('Participation', {
  id: { field: 'id', description: idDescription },
  nullable: true,
  description: 'The participation of one person in a meeting or a visit, with their role, state and office.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    person: t.relation('person', { description: 'The person who took part.' }),
    occasion: t.field({
      type: Occasion,
      description: 'The meeting or the visit.',
      select: (_args, _context, nested) =>
        whenSettled([nested(true, [], 'Meeting'), nested(true, [], 'Visit')], (meeting, visit) => ({ meeting, visit })),
      resolve: ({ meeting, visit }) => branded({ Meeting: meeting, Visit: visit }),
    }),
    role: t.expose('role', { type: ParticipationRole, description: 'Role of the person.' }),
    representing: t.relation('representing', {
      nullable: true,
      description: 'The state that the person represented. Null if not recorded.',
    }),
    position: t.field({
      type: Position,
      nullable: true,
      description:
        'The office that the person held at the time. If several offices are possible, it is the most likely one. `positionCertainty` says how certain it is. Null if no office is known.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (position) => ({ offices: { ...office, select: { position } } })),
      resolve: ({ offices }) => offices[0]?.position ?? null,
    }),
    positionCertainty: t.field({
      type: Certainty,
      nullable: true,
      description:
        'Whether the person held the office in `position` at the time. `CERTAIN` if a citation of the participation also names the office. Otherwise it is computed from the tenure. Null if `position` is null.',
      select: { offices: { ...office, select: { certainty: true } } },
      resolve: ({ offices }) => offices[0]?.certainty ?? null,
    }),
  }),
})
