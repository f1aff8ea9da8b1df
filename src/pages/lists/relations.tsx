import { graphql } from '../../generated/pages/gql.ts'
import type { RelationRowFragment, RelationsPageQuery } from '../../generated/pages/graphql.ts'
import { definePage, given } from '../page.ts'
import { ChartFile } from '../parts/chart-file.tsx'
import { barYears, RelationTable, relationBars, relationRows } from '../parts/relation-table.tsx'
import { PageLink, Section, Title } from '../parts/section.tsx'
import { counted } from '../parts/words.ts'
import { FilterForm } from './filter-form.tsx'

const PAGE_SIZE = 30

export const relationsPage = definePage({
  path: '/relations',
  document: graphql(`
    query RelationsPage($first: Int!, $after: String, $by: Granularity!, $years: DateRange!, $country: CountryCode!, $ofCountry: Boolean!) {
      relations(first: $first, after: $after) @skip(if: $ofCountry) {
        totalCount
        nodes { ...RelationRow }
        pageInfo { hasNextPage endCursor }
      }
      country(code: $country) @include(if: $ofCountry) {
        name
        relations(first: $first) { ...RelationRow }
      }
    }
  `),
  variables({ query }) {
    const country = given(query, 'country')
    return {
      first: PAGE_SIZE,
      after: given(query, 'after'),
      by: 'DECADE' as const,
      years: barYears(),
      country: country || 'US',
      ofCountry: Boolean(country),
    }
  },
  address: () => '/relations',
  title: () => 'Relations',
  description: () => 'All relations of two states that share visits, meetings, statements, agreements or events.',
  render(data, { query }) {
    const { relations, country } = data
    const rows = rowsOf(data)
    const next = new URLSearchParams({ after: relations?.pageInfo.endCursor ?? '' })
    return (
      <>
        <Title
          kind="List"
          name="Relations"
          isLong
          lede={
            <p>
              {relations
                ? `${counted(relations.totalCount, 'pair')} of states share facts. Those with the most come first.`
                : `The relations of ${country?.name ?? 'this country'}: those with the most facts, at most ${PAGE_SIZE}.`}
            </p>
          }
        />
        <Section
          title={country?.name ?? 'By number of facts'}
          note="A bar is a decade, scaled to the busiest one of its row: strong for visits and meetings, pale on top for statements and events."
        >
          <FilterForm name="country" label="Country, by name or code" value={query.get('country')} />
          {rows.length > 0 ? <RelationTable relations={rows} /> : <p class="soft">No facts are recorded.</p>}
          {relations?.pageInfo.hasNextPage && (
            <PageLink query={next} rel="next">
              Relations with fewer facts
            </PageLink>
          )}
        </Section>
      </>
    )
  },
  image: (data) =>
    rowsOf(data).length > 0 && (
      <ChartFile
        title="Relations"
        caption="A bar is a decade, scaled to the busiest one of its row: strong for visits and meetings, pale on top for statements and events."
        address="/relations"
        charts={[{ rows: relationBars(rowsOf(data)) }]}
      />
    ),
  table: (data) => relationRows(rowsOf(data)),
})

const rowsOf = ({ relations, country }: RelationsPageQuery): readonly RelationRowFragment[] =>
  relations?.nodes ?? country?.relations ?? []
