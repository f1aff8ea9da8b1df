import { graphql } from '../generated/pages/gql.ts'
import { SLUG } from '../keys.ts'
import { definePage } from './page.ts'
import { Attendees, attendeeTable } from './parts/attendees.tsx'
import { EvidenceSlip, WithdrawnNotice } from './parts/evidence.tsx'
import { FactEntry, When } from './parts/fact-entry.tsx'
import { Fields } from './parts/fields.tsx'
import { A, Between, CountryLink, Listed, TopicLink } from './parts/links.tsx'
import { Section, Title } from './parts/section.tsx'
import { SpanMark } from './parts/span-mark.tsx'
import { partOf, titled } from './parts/words.ts'

export const meetingPage = definePage({
  path: '/meetings/:slug',
  document: graphql(`
    query MeetingPage($slug: String!) {
      meeting(slug: $slug) {
        ...FactEvidence
        slug
        title
        kind
        place
        time
        when { ...Span }
        host { code name }
        countries { code name }
        visit { slug title }
        attendees { ...Attendee }
        topics { slug name }
        statements(first: 50) { totalCount nodes { ...Fact } }
      }
    }
  `),
  variables: ({ params: { slug = '' } }) => (SLUG.test(slug) ? { slug } : undefined),
  address: ({ meeting }) => meeting && `/meetings/${meeting.slug}`,
  title: ({ meeting }) => `${meeting?.title}, ${meeting?.when.label}`,
  description: ({ meeting }) =>
    `${meeting?.title}, ${meeting?.when.label}: ${meeting?.attendees.map(({ name }) => name).join(', ') || 'no source names anybody'}.`,
  render({ meeting }) {
    if (!meeting) return null
    const { title, kind, when, place, time, host, countries, visit, attendees, topics, statements } = meeting
    return (
      <>
        <WithdrawnNotice fact={meeting} />
        <Title
          kind={
            <>
              {titled(kind)} {kind === 'CALL' || kind === 'SUMMIT' ? '' : 'meeting'}
            </>
          }
          name={title}
          isLong
          lede={
            <p>
              <When when={when} />
              {place && (
                <>
                  , <bdi>{place}</bdi>
                </>
              )}
            </p>
          }
          aside={<SpanMark when={when} hasScale />}
        />
        <Fields
          fields={[
            ['Time', time],
            ['Place', place ?? <span class="soft">no source names it</span>],
            ['Host', host && <CountryLink country={host} />],
            ['Between', countries.length > 0 && <Between countries={countries} />],
            ['During', visit && <A to={`visits/${visit.slug}`}>{visit.title}</A>],
            ['Topics', topics.length > 0 && <Listed items={topics.map((topic) => <TopicLink topic={topic} />)} />],
          ]}
        />
        <EvidenceSlip fact={meeting} open />
        <Section title="Who took part" note="The office is the one held on that day.">
          {attendees.length > 0 ? <Attendees attendees={attendees} /> : <p class="soft">No source names anybody.</p>}
        </Section>
        {statements.nodes.length > 0 && (
          <Section title="Statements" note={partOf(statements, 'statement')}>
            <div class="entries">
              {statements.nodes.map((statement) => (
                <FactEntry fact={statement} />
              ))}
            </div>
          </Section>
        )}
      </>
    )
  },
  table: ({ meeting }) => attendeeTable(meeting?.attendees ?? []),
})
