import { certaintyDuring } from '../time/certainty.ts'
import { builder } from './builder.ts'
import { branded } from './branded.ts'
import { Cited, citations, note } from './cited.ts'
import { boundsOf, Certainty, spanColumns } from './time-span.ts'

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

export const Participation = builder.prismaNode('Participation', {
  id: { field: 'id', description: 'The same for good, on every database.' },
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
      select: (_args, _context, nested) => ({ meeting: nested(true, [], 'Meeting'), visit: nested(true, [], 'Visit') }),
      resolve: ({ meeting, visit }) => branded({ Meeting: meeting, Visit: visit }),
    }),
    role: t.expose('role', { type: ParticipationRole, description: 'As what.' }),
    representing: t.relation('representing', { nullable: true, description: 'For which state.' }),
    position: t.relation('position', { nullable: true, description: 'The office in which the person took part.' }),
    positionCertainty: t.field({
      type: Certainty,
      nullable: true,
      description:
        'Whether the person held that office then: certain where the very words that tell of the participation name the office, else by its tenure. Null where no office is recorded.',
      select: {
        citations: { ...citations.query, select: { supports: true } },
        position: { select: spanColumns },
        meeting: { select: spanColumns },
        visit: { select: spanColumns },
      },
      resolve({ position, citations, meeting, visit }) {
        const occasion = meeting ?? visit
        if (!position || !occasion) return null
        if (citations.some(({ supports }) => supports.includes('position'))) return 'CERTAIN'
        return certaintyDuring(boundsOf(occasion), boundsOf(position))
      },
    }),
  }),
})
