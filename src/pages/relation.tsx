import { graphql } from '../generated/pages/gql.ts'
import type { RelationPageQuery } from '../generated/pages/graphql.ts'
import { COUNTRY_CODE } from '../keys.ts'
import { definePage } from './page.ts'
import { CountryLink, relationPath } from './parts/links.tsx'
import { PageLink, Section, Title } from './parts/section.tsx'
import { Timeline } from './parts/timeline.tsx'
import { counted } from './parts/words.ts'

const PAGE_SIZE = 20

export const relationPage = definePage({
  path: '/relations/:codes',
  document: graphql(`
    query RelationPage($between: [CountryCode!]!, $first: Int!, $after: String, $orderBy: TimelineOrder!) {
      relation(between: $between) {
        countries { code name }
        coverage { visits meetings statements agreements relationEvents first last }
        timeline(first: $first, after: $after, orderBy: $orderBy) {
          totalCount
          entries { ...Fact }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `),
  variables({ params: { codes = '' }, query }) {
    const between = statesIn(codes)
    const orderBy = query.get('order') === 'oldest' ? ('OLDEST_FIRST' as const) : ('NEWEST_FIRST' as const)
    return between && { between, first: PAGE_SIZE, after: query.get('after'), orderBy }
  },
  address: ({ relation }) => relation && `/${relationPath(relation.countries.map(({ code }) => code))}`,
  title: ({ relation }) => `${namesOf(relation)}: visits, meetings, statements`,
  description: ({ relation }) =>
    `${namesOf(relation)}: ${counted(relation?.coverage.visits ?? 0, 'visit')}, ${counted(relation?.coverage.meetings ?? 0, 'meeting')} and ${counted(relation?.coverage.statements ?? 0, 'statement')}, each with the exact words of its source.`,
  render({ relation }, { query }) {
    if (!relation) return null
    const { countries, coverage, timeline } = relation
    const states = countries.map(({ code }) => code).sort()
    const inOrder = [...countries].sort((one, other) => states.indexOf(one.code) - states.indexOf(other.code))
    const next = new URLSearchParams(query)
    next.set('after', timeline.pageInfo.endCursor ?? '')
    const reversed = new URLSearchParams(query.get('order') === 'oldest' ? {} : { order: 'oldest' })
    return (
      <>
        <Title
          kind="Relation"
          name={inOrder.map((country, i) => (
            <>
              <span class="state">
                <svg class={`tone-${i === 0 ? 'a' : 'b'}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                  <rect width="12" height="12" class="fill-own" />
                </svg>
                <CountryLink country={country} />
              </span>{' '}
            </>
          ))}
          lede={
            <p>
              <strong>
                {counted(coverage.visits, 'visit')} and {counted(coverage.meetings, 'meeting')}
              </strong>
              , {counted(coverage.statements, 'statement')} and {counted(coverage.agreements, 'agreement')}
              {coverage.first && coverage.last && `, dated from ${yearOf(coverage.first)} to ${yearOf(coverage.last)}`}.
            </p>
          }
        />
        <Section
          title="Timeline"
          note={
            <>
              {counted(timeline.totalCount, 'entry', 'entries')},{' '}
              {query.get('order') === 'oldest' ? 'the oldest first' : 'the newest first'}.{' '}
              <a href={`?${reversed}`}>Turn round</a>
            </>
          }
        >
          <Timeline facts={timeline.entries} states={states} />
          {timeline.pageInfo.hasNextPage && (
            <PageLink query={next} rel="next">
              {query.get('order') === 'oldest' ? 'Later entries' : 'Earlier entries'}
            </PageLink>
          )}
        </Section>
      </>
    )
  },
  table: ({ relation }) => ({
    columns: ['type', 'title', 'date', 'from', 'to', 'evidence'],
    rows: (relation?.timeline.entries ?? []).map(({ __typename, title, when, citations }) => [
      __typename,
      title,
      when.edtf,
      when.beginOfTheBegin,
      when.endOfTheEnd,
      citations.map(({ reference }) => reference).join('\n'),
    ]),
  }),
})

/** The two codes in a path such as `IN-US`, in any order and case. A code may contain dashes itself: `X-two-sicilies`. */
function statesIn(codes: string): [string, string] | undefined {
  const parts = codes.split('-')
  for (let i = 1; i < parts.length; i++) {
    const [one = '', other = ''] = [parts.slice(0, i), parts.slice(i)].map((some) => codeOf(some.join('-')))
    if (COUNTRY_CODE.test(one) && COUNTRY_CODE.test(other) && one !== other) return [one, other]
  }
  return undefined
}

/** A code as it is stored: capitals, but small letters after `X-`. */
const codeOf = (text: string) => (/^x-/i.test(text) ? `X-${text.slice(2).toLowerCase()}` : text.toUpperCase())

const namesOf = (relation: RelationPageQuery['relation']) =>
  [...(relation?.countries ?? [])]
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map(({ name }) => name)
    .join(' and ')

const yearOf = (day: string) => Number(day.slice(0, 4))
