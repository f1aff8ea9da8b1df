import { graphql } from '../generated/pages/gql.ts'
import { SLUG } from '../keys.ts'
import { definePage } from './page.ts'
import { Attendees, attendeeTable } from './parts/attendees.tsx'
import { EvidenceSlip, WithdrawnNotice } from './parts/evidence.tsx'
import { FactEntry, When } from './parts/fact-entry.tsx'
import { Fields } from './parts/fields.tsx'
import { A, CountryLink, Listed, relationPath } from './parts/links.tsx'
import { Section, Title } from './parts/section.tsx'
import { SpanMark } from './parts/span-mark.tsx'
import { partOf, titled } from './parts/words.ts'

export const visitPage = definePage({
  path: '/visits/:slug',
  document: graphql(`
    query VisitPage($slug: String!) {
      visit(slug: $slug) {
        ...FactEvidence
        slug
        title
        kind
        description
        from { code name }
        to { code name }
        places
        when { ...Span }
        official { edtf label }
        attendees { ...Attendee }
        accompanying { slug title }
        accompaniedBy { slug title }
        meetings(first: 20) { totalCount nodes { ...Fact } }
      }
    }
  `),
  variables: ({ params: { slug = '' } }) => (SLUG.test(slug) ? { slug } : undefined),
  address: ({ visit }) => visit && `/visits/${visit.slug}`,
  title: ({ visit }) => `${visit?.title}, ${visit?.when.label}`,
  description: ({ visit }) => `${visit?.title}, ${visit?.when.label}. ${visit?.description ?? ''}`.trim(),
  render({ visit }) {
    if (!visit) return null
    const {
      title,
      kind,
      description,
      from,
      to,
      places,
      when,
      official,
      attendees,
      accompanying,
      accompaniedBy,
      meetings,
    } = visit
    const states = from ? [from.code, to.code].sort() : []
    const tone = from ? (['a', 'b'] as const)[states.indexOf(from.code)] : undefined
    return (
      <>
        <WithdrawnNotice fact={visit} />
        <Title
          kind={kind && kind !== 'OTHER' ? `${titled(kind)} visit` : 'Visit'}
          name={title}
          isLong
          lede={
            <>
              <p>
                <When when={when} />
              </p>
              {description && <p dir="auto">{description}</p>}
            </>
          }
          aside={<SpanMark when={when} {...(tone && { tone })} hasScale />}
        />
        <Fields
          fields={[
            ['From', from ? <CountryLink country={from} /> : <span class="soft">no source names it</span>],
            ['To', <CountryLink country={to} />],
            ['Relation', from && <A to={relationPath([from.code, to.code])}>{`${from.name} and ${to.name}`}</A>],
            ['Places', places.length > 0 ? places.join(', ') : <span class="soft">no source names them</span>],
            ['Official programme', official && <When when={official} />],
            [
              'Accompanied',
              accompanying.length > 0 && (
                <Listed items={accompanying.map((one) => <A to={`visits/${one.slug}`}>{one.title}</A>)} />
              ),
            ],
            [
              'Accompanied by',
              accompaniedBy.length > 0 && (
                <Listed items={accompaniedBy.map((one) => <A to={`visits/${one.slug}`}>{one.title}</A>)} />
              ),
            ],
          ]}
        />
        <EvidenceSlip fact={visit} open />
        <Section title="Who travelled" note="The office is the one held on these days.">
          {attendees.length > 0 ? <Attendees attendees={attendees} /> : <p class="soft">No source names anybody.</p>}
        </Section>
        {meetings.nodes.length > 0 && (
          <Section title="Meetings during the visit" note={partOf(meetings, 'meeting')}>
            <div class="entries">
              {meetings.nodes.map((meeting) => (
                <FactEntry fact={meeting} states={states} />
              ))}
            </div>
          </Section>
        )}
      </>
    )
  },
  table: ({ visit }) => attendeeTable(visit?.attendees ?? []),
})
