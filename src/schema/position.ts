import type { Prisma } from '../generated/prisma/client.ts'
import { certaintyOn } from '../time/certainty.ts'
import type { Day } from '../time/edtf.ts'
import { reasonOf } from '../time/reason.ts'
import { doubtsOf } from '../time/span.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { badUserInput } from './errors.ts'
import { idDescription } from './ids/global-id.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, conditionsOn, DateMatch, isGiven, keyOf, positionsOf, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { boundsOf, Certainty, Judgement, shownSpan, spanColumns, TimeSpan, writtenSpan } from './time-span.ts'

builder.prismaNode('Attestation', {
  id: { field: 'id', description: idDescription },
  nullable: true,
  description:
    'A day on which a source says that somebody held an office. The source need not say when the tenure started or ended.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    when: t.field({
      type: TimeSpan,
      description: 'Date on which the office was held, according to the source.',
      select: shownSpan,
      resolve: (span) => span,
    }),
    position: t.relation('position', { description: 'The office, and who held it.' }),
  }),
})

const tenureColumns = { ...spanColumns, beginIsDoubtful: true } as const

/** The bounds of a tenure. Whether the begin is doubtful also depends on the appointment. */
const tenureOf = ({ beginIsDoubtful, ...row }: Parameters<typeof boundsOf>[0] & { beginIsDoubtful: boolean }) => ({
  ...boundsOf(row),
  beginIsDoubtful,
})

export const Position = builder.prismaNode('Position', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description:
    'An office held by one person for one tenure, for example “S. Jaishankar, External Affairs Minister of India”.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    slug: t.exposeString('slug', {
      description:
        'Stable identifier for bundles. It never changes. Example: `s-jaishankar-external-affairs-minister-of-india`.',
    }),
    person: t.relation('person', { description: 'The person who held the office.' }),
    post: t.exposeString('post', {
      description:
        'Slug of the office itself. All its holders share it. Example: `external-affairs-minister-of-india`.',
    }),
    title: t.exposeString('title', {
      description: 'Title of the office, in the words of the source. Example: `External Affairs Minister`.',
    }),
    country: t.relation('country', {
      nullable: true,
      description: 'The state to which the office belongs. Null if not recorded.',
    }),
    organization: t.relation('organization', {
      nullable: true,
      description: 'The organization to which the office belongs. Null if not recorded.',
    }),
    accreditedTo: t.relation('accreditedTo', {
      nullable: true,
      description:
        'The state to which a head of mission is accredited, as it was at that time. Null for other offices. Example: the Soviet Union for its ambassador from the United States.',
    }),
    accreditedToOrganization: t.relation('accreditedToOrganization', {
      nullable: true,
      description: 'The organization to which a head of mission is accredited. Null for other offices.',
    }),
    appointed: t.field({
      type: TimeSpan,
      nullable: true,
      description:
        'When the person was appointed, which is before the tenure starts. From then until the entry on duty, `heldOn` is `POSSIBLE`. Null if not recorded.',
      select: { appointed: true },
      resolve: ({ appointed }) => (appointed === null ? null : writtenSpan(appointed)),
    }),
    tenure: t.field({
      type: TimeSpan,
      description:
        'From the entry on duty (for a head of mission, the presentation of credentials) to the end, according to the sources; `/` if they give neither. The bounds also take `appointed` and the days in `attested` into account.',
      select: (args, context) => ({ ...shownSpan(args, context), beginIsDoubtful: true }),
      resolve: ({ beginIsDoubtful, ...span }) =>
        // The earliest begin is then a guess about the appointment.
        beginIsDoubtful && !doubtsOf(span.edtf).beginIsDoubtful ? { ...span, beginOfTheBegin: null } : span,
    }),
    attested: t.relation('attested', {
      description: 'Days on which sources say that the person held the office, the earliest first.',
      query: {
        orderBy: byDateInPrisma('id'),
      },
    }),
    heldOn: t.field({
      type: Certainty,
      description:
        'Whether the person held the office on a given day. A missing end of the tenure is not taken to mean “still in office”.',
      args: { date: t.arg({ type: 'Date', required: true, description: 'The day, as `YYYY-MM-DD`.' }) },
      select: tenureColumns,
      resolve: (row, { date }) => certaintyOn(date, tenureOf(row)),
    }),
    held: t.field({
      type: Judgement,
      description: 'The same as `heldOn`, with the reason.',
      args: { on: t.arg({ type: 'Date', required: true, description: 'The day, as `YYYY-MM-DD`.' }) },
      select: { ...tenureColumns, appointed: true },
      resolve: (row, { on }) => {
        const tenure = tenureOf(row)
        const certainty = certaintyOn(on, tenure)
        return { certainty, reason: reasonOf(on, certainty, { ...tenure, edtf: row.edtf, appointed: row.appointed }) }
      },
    }),
  }),
})

/** Positions that were held or may have been held on a day: `certaintyOn` does not give NO. */
function possiblyHeldOn(day: Day): Prisma.PositionWhereInput {
  const date = new Date(`${day}T00:00:00Z`)
  return {
    AND: [
      { OR: [{ beginOfTheBegin: null }, { beginOfTheBegin: { lte: date } }, { beginIsDoubtful: true }] },
      { OR: [{ endOfTheEnd: null }, { endOfTheEnd: { gte: date } }, { endIsDoubtful: true }] },
    ],
  }
}

/** Positions that were certainly held on a day: `certaintyOn` gives CERTAIN. */
function certainlyHeldOn(day: Day): Prisma.PositionWhereInput {
  const date = new Date(`${day}T00:00:00Z`)
  return { AND: [{ endOfTheBegin: { lte: date } }, { beginOfTheEnd: { gte: date } }] }
}

/** The positions held on a day, possibly or certainly. Throws BAD_USER_INPUT if `match` has no day. */
export function heldOn({ on, match }: Pick<typeof PositionFilter.$inferInput, 'on' | 'match'>) {
  if (match && !on) throw badUserInput('`match`: expected a day in `on`, to which it applies')
  return on && (match === 'CERTAIN' ? certainlyHeldOn(on) : possiblyHeldOn(on))
}

export const PositionConnection = connectionOf(Position, 'Position', 'positions')

export const PositionFilter = builder.inputType('PositionFilter', {
  description: conditionsOn('positions'),
  fields: (t) => ({
    post: t.string({ description: 'Slug of the office. Example: `external-affairs-minister-of-india`.' }),
    title: t.string({
      description: 'Complete title of the office. Case and accents are ignored. Example: `Prime Minister`.',
    }),
    country: t.field({
      type: 'CountryCode',
      description:
        'Code of the state to which the office belongs, directly or through its organization. Example: `IN`.',
    }),
    organization: t.id({ description: 'Slug or ID of the organization to which the office belongs.' }),
    accreditedTo: t.field({
      type: ['CountryCode'],
      description: 'Country codes. The person is accredited to one of these states. Example: `["SUHH"]`.',
    }),
    accreditedToOrganization: t.id({
      description: 'Slug or ID of the organization to which the person is accredited.',
    }),
    on: t.field({
      type: 'Date',
      description:
        'Day as `YYYY-MM-DD`. The office was held or may have been held on this day: `Position.heldOn` is not `NO`. The default order is then `NEWEST_FIRST`.',
    }),
    match: t.field({
      type: DateMatch,
      description:
        'How certain it must be that the office was held on the day `on`: with `CERTAIN`, `Position.heldOn` is `CERTAIN`. Default `POSSIBLE`. It is an error without `on`.',
    }),
    person: t.id({ description: 'Slug or ID of the person who held the office.' }),
  }),
})

export const PositionOrder = orderEnum('PositionOrder', 'positions', dateOrderValues)

export const positions = {
  model: 'position',
  people: ['person'],
  orders: dateOrders,
  // The current holder of an office is among the newest of those who may have held it.
  orderFor: ({ on }) => (on ? 'NEWEST_FIRST' : undefined),
  where: ({ on, match, person, accreditedTo, accreditedToOrganization: mission, ...office }) =>
    all<Prisma.PositionWhereInput>(
      positionsOf(office),
      accreditedTo && { accreditedToCode: { in: someOf(accreditedTo, 'accreditedTo') } },
      isGiven(mission) && {
        accreditedToOrganizationSlug: keyOf('Organization', mission, 'accreditedToOrganization'),
      },
      heldOn({ on, match }),
      isGiven(person) && { personSlug: keyOf('Person', person, 'person') },
    ),
} as const satisfies Listing<typeof PositionFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  positions: t.field({
    type: PositionConnection,
    extensions: aStatement,
    description:
      'Lists who held which office, by default the earliest first, or the latest first if the filter has `on`.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: PositionFilter, description: 'Conditions that the positions must meet. Default: none.' }),
      orderBy: t.arg({
        type: PositionOrder,
        description: 'Sort order. Default `OLDEST_FIRST`, or `NEWEST_FIRST` if the filter has `on`.',
      }),
    },
    resolve: (_root, args, context, info) => listOf(positions, args, context, info),
  }),
}))
