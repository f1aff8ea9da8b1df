import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { branded } from './ids/branded.ts'
import { idDescription } from './ids/global-id.ts'
import { whenSettled } from './loading/when-settled.ts'
import { Position } from './position.ts'
import { Certainty } from './time-span.ts'

const ParticipationRole = builder.enumType('ParticipationRole', {
  description: 'Role of an attendee at a meeting or on a visit.',
  values: {
    PARTICIPANT: { description: 'Took part. The source names no other role.' },
    CONVENER: { description: 'Convened the meeting.' },
    HOST: { description: 'Received the others.' },
    VISITOR: { description: 'Made the visit.' },
    DELEGATE: { description: 'Accompanied the visitor or the head of a delegation.' },
    INTERPRETER: { description: 'Interpreted for the others.' },
    NOTETAKER: { description: 'Took the notes.' },
    MEDIATOR: { description: 'Mediated between the others.' },
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

const Participation = builder.prismaNode('Participation', {
  id: { field: 'id', description: idDescription },
  findUnique: (id) => ({ id, personSlug: { not: null } }),
  nullable: true,
  description: 'The participation of one person in a meeting or a visit, with their role, state and office.',
  interfaces: [Cited],
  select: { id: true, personSlug: true },
  fields: (t) => ({
    person: t.relation('person', { description: 'The person who took part.', onNull: 'error' }),
  }),
})

const Attendee = builder.prismaNode('Participation', {
  variant: 'Attendee',
  id: { field: 'id', description: idDescription },
  nullable: true,
  description:
    'A person, an organization or somebody unnamed at a meeting or on a visit. Exactly one of `person`, `organization` and `unnamed` is not null.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    name: t.string({
      description: 'Name of the person or the organization, or the words for somebody unnamed.',
      select: { unnamed: true, person: { select: { name: true } }, organization: { select: { name: true } } },
      resolve: ({ unnamed, person, organization }) => (person?.name ?? organization?.name ?? unnamed) as string,
    }),
    person: t.relation('person', {
      nullable: true,
      description: 'The person. Null for an organization and for somebody unnamed.',
    }),
    organization: t.relation('organization', {
      nullable: true,
      description: 'The organization, such as the NATO Council. Null for a person and for somebody unnamed.',
    }),
    unnamed: t.exposeString('unnamed', {
      nullable: true,
      description:
        'Words for one or more people whom the source does not name. Example: `Foreign Minister of France`. Null for a person and for an organization.',
    }),
  }),
})

for (const type of [Participation, Attendee]) {
  builder.prismaObjectFields(type, (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    occasion: t.field({
      type: Occasion,
      description: 'The meeting or the visit.',
      select: (_args, _context, nested) =>
        whenSettled([nested(true, [], 'Meeting'), nested(true, [], 'Visit')], (meeting, visit) => ({ meeting, visit })),
      resolve: ({ meeting, visit }) => branded({ Meeting: meeting, Visit: visit }),
    }),
    role: t.expose('role', { type: ParticipationRole, description: 'Role at the meeting or on the visit.' }),
    representing: t.relation('representing', {
      nullable: true,
      description: 'The state that was represented. Null if not recorded.',
    }),
    representingOrganization: t.relation('representingOrganization', {
      nullable: true,
      description: 'The organization that was represented, such as the United Nations. Null if not recorded.',
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
  }))
}

const query = { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }] as Prisma.ParticipationOrderByWithRelationInput[] }

for (const occasion of ['Meeting', 'Visit'] as const) {
  builder.prismaObjectFields(occasion, (t) => ({
    attendees: t.relation('participations', {
      type: Attendee,
      description: 'All who took part: people, organizations, and people whom the source does not name.',
      query,
    }),
    participations: t.field({
      type: [Participation],
      description:
        'The people who took part, with their role and office. `attendees` also has organizations, and people whom the source does not name.',
      // Fields of one document that read the same rows share a statement, so this reads the rows of all attendees too.
      select: (_args, _context, nested) =>
        whenSettled([nested(query as never)], (participations) => ({ participations: participations as never })),
      resolve: (row) => peopleIn((row as unknown as Rows).participations),
    }),
  }))
}

interface Rows {
  readonly participations: readonly (typeof Participation)['$inferType'][]
}

const peopleIn = (rows: Rows['participations']) => rows.filter(({ personSlug }) => personSlug !== null)
