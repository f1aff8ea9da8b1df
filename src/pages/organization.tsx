import { graphql } from '../generated/pages/gql.ts'
import type { OrganizationPageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { definePage, given } from './page.ts'
import { ChartFile } from './parts/chart-file.tsx'
import { When } from './parts/fact-entry.tsx'
import { CountryLink, Listed, SourceLink } from './parts/links.tsx'
import { mergedPage } from './parts/merged.ts'
import { knownFirst, Offices, officeChart, officesOf } from './parts/offices.tsx'
import { PageLink, Section, Title } from './parts/section.tsx'
import { factTable, Timeline } from './parts/timeline.tsx'
import { capital, counted, grouped, titled } from './parts/words.ts'

const PAGE_SIZE = 20

export const organizationPage = definePage({
  path: '/organizations/:slug',
  document: graphql(`
    query OrganizationPage(
      $slug: String!, $id: ID!, $first: Int!, $visits: String, $meetings: String, $statements: String, $sources: String
    ) {
      organization(slug: $slug) {
        slug
        name
        names
        kind
        country { code name }
        members { code name }
        visits(first: $first, after: $visits, orderBy: NEWEST_FIRST) {
          totalCount
          edges { cursor node { ...Fact } }
          pageInfo { hasNextPage }
        }
        meetings(first: $first, after: $meetings, orderBy: NEWEST_FIRST) {
          totalCount
          edges { cursor node { ...Fact } }
          pageInfo { hasNextPage }
        }
      }
      statements(filter: { speakers: [$id] }, first: $first, after: $statements, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
      positions(filter: { organization: $id }, first: $first, orderBy: NEWEST_FIRST) {
        totalCount
        nodes { ...HeldOffice }
      }
      sources(filter: { publisher: [$id] }, first: $first, after: $sources, orderBy: NEWEST_FIRST) {
        totalCount
        nodes { slug title published { edtf label } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `),
  variables({ params: { slug = '' }, query }) {
    if (!SLUG.test(slug)) return undefined
    return {
      slug,
      id: slug,
      first: PAGE_SIZE,
      visits: given(query, 'visits'),
      meetings: given(query, 'meetings'),
      statements: given(query, 'statements'),
      sources: given(query, 'sources'),
    }
  },
  address: ({ organization }) => organization && `/organizations/${organization.slug}`,
  title: ({ organization }) => organization?.name ?? '',
  description: (data) => `${data.organization?.name}. ${summaryOf(data)}`,
  render(data, { query }) {
    const { organization, positions, sources } = data
    if (!organization) return null
    const { name, names, kind, country, members } = organization
    const hasMet = organization.visits.totalCount + organization.meetings.totalCount > 0
    const others = names.filter((other) => other !== name)
    const { facts, next } = mergedPage(listsOf(data), PAGE_SIZE, query)
    const laterSources = new URLSearchParams(query)
    laterSources.set('sources', sources.pageInfo.endCursor ?? '')
    return (
      <>
        <Title
          kind={kind === 'OTHER' ? 'Organization' : titled(kind)}
          name={<bdi>{name}</bdi>}
          isLong={name.length > 18}
          lede={<p>{summaryOf(data)}</p>}
          aside={
            <dl class="notes">
              {others.length > 0 && (
                <>
                  <dt>Other names</dt>
                  <dd>
                    <Listed items={others.map((other) => <bdi>{other}</bdi>)} last=", " />
                  </dd>
                </>
              )}
              <dt>State</dt>
              <dd>{country ? <CountryLink country={country} /> : <span class="soft">none recorded</span>}</dd>
              {members.length > 0 && (
                <>
                  <dt>Members</dt>
                  <dd>
                    <Listed items={members.map((member) => <CountryLink country={member} />)} />
                  </dd>
                </>
              )}
            </dl>
          }
        />
        {facts.length > 0 && (
          <Section
            title={hasMet ? 'Met, travelled, said' : 'Said'}
            note={
              hasMet
                ? 'What it or those who represented it took part in, and what it said, the newest first.'
                : 'The newest first.'
            }
          >
            <Timeline facts={facts} states={country ? [country.code] : []} />
            {next && (
              <PageLink query={next} rel="next">
                Earlier facts
              </PageLink>
            )}
          </Section>
        )}
        {positions.nodes.length > 0 && (
          <Section
            title="Offices"
            note={
              positions.totalCount > positions.nodes.length &&
              `From the last ${PAGE_SIZE} of ${grouped(positions.totalCount)} records.`
            }
          >
            <Offices
              offices={knownFirst(officesOf(positions.nodes))}
              state={country?.code}
              hasPeople
              caption={`Offices of ${name}`}
            />
          </Section>
        )}
        {sources.nodes.length > 0 && (
          <Section title="Published" note={`${counted(sources.totalCount, 'source')}, the newest first.`}>
            <ul class="list">
              {sources.nodes.map((source) => (
                <li>
                  <SourceLink source={source} />{' '}
                  <span class="soft">
                    <When when={source.published} />
                  </span>
                </li>
              ))}
            </ul>
            {sources.pageInfo.hasNextPage && (
              <PageLink query={laterSources} rel="next">
                Earlier sources
              </PageLink>
            )}
          </Section>
        )}
      </>
    )
  },
  image({ organization, positions }) {
    const rows = officeChart(knownFirst(officesOf(positions.nodes)), {
      hasPeople: true,
      state: organization?.country?.code,
    })
    if (!organization || !rows) return null
    const { slug, name } = organization
    return <ChartFile title={name} caption="Offices." address={`/organizations/${slug}`} charts={[{ rows }]} />
  },
  table: (data, { query, site }) => factTable(mergedPage(listsOf(data), PAGE_SIZE, query).facts, site),
})

const listsOf = ({ organization, statements }: OrganizationPageQuery) => [
  ...(organization
    ? [
        { parameter: 'visits', ...organization.visits },
        { parameter: 'meetings', ...organization.meetings },
      ]
    : []),
  { parameter: 'statements', ...statements },
]

/** What the database has about an organization, in one sentence. */
function summaryOf({ organization, statements, positions, sources }: OrganizationPageQuery): string {
  const parts = [
    organization?.visits.totalCount && counted(organization.visits.totalCount, 'visit'),
    organization?.meetings.totalCount && counted(organization.meetings.totalCount, 'meeting'),
    statements.totalCount && counted(statements.totalCount, 'statement'),
    positions.totalCount && counted(positions.totalCount, 'record of its offices', 'records of its offices'),
    sources.totalCount && counted(sources.totalCount, 'source that it published', 'sources that it published'),
  ].filter((text) => typeof text === 'string')
  return parts.length > 0 ? `${capital(parts.join(', '))}.` : 'No fact here names it, and no source is from it.'
}
