import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { PeoplePageQuery, PersonRowFragment } from '../../generated/pages/graphql.ts'
import { definePage, given } from '../page.ts'
import { A } from '../parts/links.tsx'
import { PageLink, Section, Title } from '../parts/section.tsx'
import { counted } from '../parts/words.ts'
import { FilterForm } from './filter-form.tsx'

const PAGE_SIZE = 100

export const peoplePage = definePage({
  path: '/people',
  document: graphql(`
    query PeoplePage($first: Int!, $after: String, $starts: String!, $isFiltered: Boolean!) {
      people(first: $first, after: $after) @skip(if: $isFiltered) {
        totalCount
        nodes { ...PersonRow }
        pageInfo { hasNextPage endCursor }
      }
      suggest(text: $starts, kinds: [PERSON], first: $first) @include(if: $isFiltered) { node { __typename ...PersonRow } }
    }

    fragment PersonRow on Person {
      slug
      name
      positions { title country { name } }
    }
  `),
  variables({ query }) {
    const starts = given(query, 'starts') ?? ''
    return { first: PAGE_SIZE, after: given(query, 'after'), starts: starts || '-', isFiltered: starts !== '' }
  },
  address: () => '/people',
  title: () => 'People',
  description: () => 'All people who held an office, took part in a meeting or a visit, or spoke.',
  render(data, { query }) {
    const { people } = data
    const rows = rowsOf(data)
    const next = new URLSearchParams({ after: people?.pageInfo.endCursor ?? '' })
    return (
      <>
        <Title
          kind="List"
          name="People"
          isLong
          lede={
            <p>
              {people
                ? `${counted(people.totalCount, 'person', 'people')}, by the first letter of the name.`
                : `People in whose names a word starts with “${query.get('starts')}”, at most ${PAGE_SIZE}.`}
            </p>
          }
        />
        <Section title="By name">
          <FilterForm name="starts" label="First letters of a name" value={query.get('starts')} />
          {rows.length > 0 ? <People people={rows} /> : <p class="soft">No person has such a name.</p>}
          {people?.pageInfo.hasNextPage && (
            <PageLink query={next} rel="next">
              The next people
            </PageLink>
          )}
        </Section>
      </>
    )
  },
  table: (data) => ({
    columns: ['slug', 'name', 'offices'],
    rows: rowsOf(data).map((person) => [person.slug, person.name, officesOf(person).join('\n')]),
  }),
})

const rowsOf = ({ people, suggest }: PeoplePageQuery): readonly PersonRowFragment[] =>
  people?.nodes ?? suggest?.flatMap(({ node }) => (node.__typename === 'Person' ? [node] : [])) ?? []

/** The offices of a person, each once. */
const officesOf = ({ positions }: PersonRowFragment): string[] => [
  ...new Set(positions.map(({ title, country }) => (country ? `${title} (${country.name})` : title))),
]

const MOST_OFFICES = 2

const People: FC<{ people: readonly PersonRowFragment[] }> = ({ people }) => (
  <ul class="names">
    {people.map((person) => {
      const offices = officesOf(person)
      const more = offices.length - MOST_OFFICES
      return (
        <li>
          <p class="row-name" dir="auto">
            <A to={`people/${person.slug}`}>{person.name}</A>
          </p>
          <p class="soft" dir="auto">
            {offices.length > 0 ? offices.slice(0, MOST_OFFICES).join('; ') : 'no office known'}
            {more > 0 && ` and ${more} more`}
          </p>
        </li>
      )
    })}
  </ul>
)
