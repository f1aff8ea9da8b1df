import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { TopicRowFragment, TopicsPageQuery } from '../../generated/pages/graphql.ts'
import { definePage, given } from '../page.ts'
import { A, Listed, TopicLink } from '../parts/links.tsx'
import { PageLink, Section, Title } from '../parts/section.tsx'
import { counted } from '../parts/words.ts'
import { FilterForm } from './filter-form.tsx'

const PAGE_SIZE = 100

export const topicsPage = definePage({
  path: '/topics',
  document: graphql(`
    query TopicsPage($first: Int!, $after: String, $starts: String!, $isFiltered: Boolean!) {
      topics(first: $first, after: $after) @skip(if: $isFiltered) {
        totalCount
        nodes { ...TopicRow }
        pageInfo { hasNextPage endCursor }
      }
      suggest(text: $starts, kinds: [TOPIC], first: $first) @include(if: $isFiltered) { node { __typename ...TopicRow } }
    }

    fragment TopicRow on Topic {
      slug
      name
      names
      narrower { slug name }
      broader { slug }
    }
  `),
  variables({ query }) {
    const starts = given(query, 'starts') ?? ''
    return { first: PAGE_SIZE, after: given(query, 'after'), starts: starts || '-', isFiltered: starts !== '' }
  },
  address: () => '/topics',
  title: () => 'Topics',
  description: () => 'All subjects of meetings, statements and agreements.',
  render(data, { query }) {
    const { topics } = data
    const rows = rowsOf(data)
    const next = new URLSearchParams({ after: topics?.pageInfo.endCursor ?? '' })
    return (
      <>
        <Title
          kind="List"
          name="Topics"
          isLong
          lede={
            <p>
              {topics
                ? `${counted(topics.totalCount, 'subject')} of meetings, statements and agreements. A topic includes its narrower ones.`
                : `Topics in whose labels a word starts with “${query.get('starts')}”, at most ${PAGE_SIZE}.`}
            </p>
          }
        />
        <Section title="By label">
          <FilterForm name="starts" label="First letters of a label" value={query.get('starts')} />
          {rows.length > 0 ? <Topics topics={rows} /> : <p class="soft">No topic has such a label.</p>}
          {topics?.pageInfo.hasNextPage && (
            <PageLink query={next} rel="next">
              The next topics
            </PageLink>
          )}
        </Section>
      </>
    )
  },
  table: (data) => ({
    columns: ['slug', 'name', 'other labels', 'broader'],
    rows: rowsOf(data).map(({ slug, name, names, broader }) => [
      slug,
      name,
      names.filter((one) => one !== name).join('\n'),
      broader.map(({ slug }) => slug).join(' '),
    ]),
  }),
})

const rowsOf = ({ topics, suggest }: TopicsPageQuery): readonly TopicRowFragment[] =>
  topics?.nodes ?? suggest?.flatMap(({ node }) => (node.__typename === 'Topic' ? [node] : [])) ?? []

const Topics: FC<{ topics: readonly TopicRowFragment[] }> = ({ topics }) => (
  <ul class="names">
    {topics.map(({ slug, name, narrower }) => (
      <li>
        <p class="row-name" dir="auto">
          <A to={`topics/${slug}`}>{name}</A>
        </p>
        {narrower.length > 0 && (
          <p class="soft">
            with <Listed items={narrower.map((topic) => <TopicLink topic={topic} />)} />
          </p>
        )}
      </li>
    ))}
  </ul>
)
