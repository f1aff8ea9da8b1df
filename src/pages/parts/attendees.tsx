import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { AttendeeFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { EvidenceSlip } from './evidence.tsx'
import { CountryLink, OrganizationLink, PersonLink } from './links.tsx'
import { worded } from './words.ts'

graphql(`
  fragment Attendee on Attendee {
    ...FactEvidence
    name
    person { slug name }
    organization { slug name }
    role
    representing { code name }
    representingOrganization { slug name }
    position { title }
    positionCertainty
  }
`)

/** Who took part, for whom, in which office, and how certain the office is, each with its evidence. */
export const Attendees: FC<{ attendees: readonly AttendeeFragment[] }> = ({ attendees }) => (
  <ul class="attendees">
    {attendees.map((attendee) => (
      <Attendee attendee={attendee} />
    ))}
  </ul>
)

const Attendee: FC<{ attendee: AttendeeFragment }> = ({ attendee }) => {
  const { name, person, organization, role, representing, representingOrganization, position, positionCertainty } =
    attendee
  return (
    <li>
      <p class="attendee-name">
        {person ? (
          <PersonLink person={person} />
        ) : organization ? (
          <OrganizationLink organization={organization} />
        ) : (
          <bdi>{name}</bdi>
        )}
      </p>
      <p>
        {position ? (
          <>
            <bdi>{position.title}</bdi>
            {positionCertainty && positionCertainty !== 'CERTAIN' && (
              <span class="soft"> ({certainties[positionCertainty]})</span>
            )}
          </>
        ) : (
          person && <span class="soft">office not known</span>
        )}
      </p>
      <p class="soft">
        {worded(role)}
        {representing && (
          <>
            {' '}
            for <CountryLink country={representing} />
          </>
        )}
        {representingOrganization && (
          <>
            {' '}
            for <OrganizationLink organization={representingOrganization} />
          </>
        )}
      </p>
      <EvidenceSlip fact={attendee} about={`${name} took part`} />
    </li>
  )
}

/** What `positionCertainty` says of the office on that day. */
const certainties = {
  CERTAIN: 'certain',
  POSSIBLE: 'possibly, on that day',
  UNKNOWN: 'not known whether on that day',
  NO: 'not on that day',
}

/** The same as rows. */
export const attendeeTable = (attendees: readonly AttendeeFragment[]): Table => ({
  columns: ['name', 'role', 'office', 'office certainty', 'representing', 'evidence'],
  rows: attendees.map((attendee) => [
    attendee.name,
    attendee.role,
    attendee.position?.title ?? null,
    attendee.positionCertainty,
    attendee.representing?.name ?? attendee.representingOrganization?.name ?? null,
    attendee.citations.map(({ reference }) => reference).join('\n'),
  ]),
})
