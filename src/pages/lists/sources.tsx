import { graphql } from '../../generated/pages/gql.ts'
import { definePage, given } from '../page.ts'
import { PageLink, Section, Title } from '../parts/section.tsx'
import { SourceList, sourceRows } from '../parts/source-list.tsx'
import { counted } from '../parts/words.ts'
import { FilterForm } from './filter-form.tsx'

const PAGE_SIZE = 50

export const sourcesPage = definePage({
  path: '/sources',
  document: graphql(`
    query SourcesPage($first: Int!, $after: String, $filter: SourceFilter, $orderBy: SourceOrder!) {
      sources(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        nodes { ...SourceRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  `),
  variables({ query }) {
    const search = given(query, 'words')
    return {
      first: PAGE_SIZE,
      after: given(query, 'after'),
      filter: search ? { search } : null,
      orderBy: search ? ('RELEVANCE' as const) : ('LATEST_IMPORT_FIRST' as const),
    }
  },
  address: () => '/sources',
  title: () => 'Sources',
  description: () => 'All documents that facts are taken from, with their publishers and dates.',
  render({ sources }, { query }) {
    const words = query.get('words')
    const next = new URLSearchParams(query)
    next.set('after', sources.pageInfo.endCursor ?? '')
    return (
      <>
        <Title
          kind="List"
          name="Sources"
          isLong
          lede={
            <p>
              {words
                ? `${counted(sources.totalCount, 'source has', 'sources have')} “${words}” in the title or in a stored text.`
                : `${counted(sources.totalCount, 'document')} that facts are taken from.`}
            </p>
          }
        />
        <Section title={words ? 'The most relevant first' : 'The latest imports first'}>
          <FilterForm name="words" label="Words of the title or of the text" value={words} />
          {sources.nodes.length > 0 ? (
            <SourceList sources={sources.nodes} />
          ) : (
            <p class="soft">No source has these words.</p>
          )}
          {sources.pageInfo.hasNextPage && (
            <PageLink query={next} rel="next">
              The next sources
            </PageLink>
          )}
        </Section>
      </>
    )
  },
  table: ({ sources }) => sourceRows(sources.nodes),
})
