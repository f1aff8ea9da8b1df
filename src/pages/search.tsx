import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import type { SearchKind, SearchPageQuery } from '../generated/pages/graphql.ts'
import { definePage, given } from './page.ts'
import { CitedFact } from './parts/cited-fact.tsx'
import { Excerpt } from './parts/evidence.tsx'
import { highlighted, plain, withHits } from './parts/highlighted.tsx'
import { A, CountryLink, Listed, SourceLink } from './parts/links.tsx'
import { SearchForm } from './parts/search-form.tsx'
import { PageLink, Section } from './parts/section.tsx'
import { quotations, Sign } from './parts/signs.tsx'
import { counted, shortened } from './parts/words.ts'

const PAGE_SIZE = 20

/** Number of letters and digits that `locate` needs, and how long its text may be. */
const FEWEST_LETTERS = 3
const LONGEST_QUOTATION = 10_000

/** Number of words from which a search may be a quotation, also without quotation marks. */
const WORDS_OF_QUOTATION = 3

/** The longest name that the schema compares. */
const LONGEST_NAME = 100

/** Letters at the start of a word that names near it share. */
const SHARED_LETTERS = 3

export const searchPage = definePage({
  path: '/search',
  document: graphql(`
    query SearchPage(
      $query: String!, $kinds: [SearchKind!], $first: Int!, $after: String
      $quotation: String!, $isQuotation: Boolean!, $name: String!, $near: String!, $isFirst: Boolean!
    ) {
      found: search(query: $query, kinds: $kinds, first: $first, after: $after) {
        totalCount
        nodes {
          excerpt
          node {
            __typename
            ... on Person { slug name positions { title country { name } } }
            ... on Organization { slug name }
            ... on Topic { slug name }
            ... on Meeting { slug title when { label } }
            ... on Visit { slug title when { label } }
            ... on Statement { slug quotation text when { label } speakers { ... on Person { name } ... on Organization { name } } attribution }
            ... on Agreement { slug title status }
            ... on RelationEvent { slug title when { label } }
            ... on Source { slug title published { label } publisher { name } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
      person: search(query: $query, kinds: [PERSON], first: 1) { totalCount }
      organization: search(query: $query, kinds: [ORGANIZATION], first: 1) { totalCount }
      topic: search(query: $query, kinds: [TOPIC], first: 1) { totalCount }
      meeting: search(query: $query, kinds: [MEETING], first: 1) { totalCount }
      visit: search(query: $query, kinds: [VISIT], first: 1) { totalCount }
      statement: search(query: $query, kinds: [STATEMENT], first: 1) { totalCount }
      agreement: search(query: $query, kinds: [AGREEMENT], first: 1) { totalCount }
      relation_event: search(query: $query, kinds: [RELATION_EVENT], first: 1) { totalCount }
      source: search(query: $query, kinds: [SOURCE], first: 1) { totalCount }
      countries: suggest(text: $name, kinds: [COUNTRY], first: 4) @include(if: $isFirst) {
        node { __typename ... on Country { code name } }
      }
      quotations: locate(text: $quotation, first: 3) @include(if: $isQuotation) {
        totalCount
        nodes { prefix exact suffix start end supports stance source { slug title } fact { ...CitedFact } }
      }
      near: suggest(text: $near, first: 6) {
        name
        node {
          __typename
          ... on Person { slug }
          ... on Country { code }
          ... on Organization { slug }
          ... on Topic { slug }
        }
      }
      about { facts { people meetings visits statements sources } }
    }
  `),
  variables({ query }) {
    const text = textOf(query)
    const kind = given(query, 'kind')
    const quotation = quoted(text) ?? text
    const isFirst = !given(query, 'after') && !kind
    const letters = quotation.match(/[\p{L}\p{N}]/gu)?.length ?? 0
    const isLong = quoted(text) !== undefined || text.split(/\s+/).length >= WORDS_OF_QUOTATION
    return {
      query: text,
      // An unknown kind is for the schema to refuse.
      kinds: kind ? [kind.toUpperCase() as SearchKind] : null,
      first: PAGE_SIZE,
      after: given(query, 'after'),
      quotation,
      isQuotation: isFirst && isLong && letters >= FEWEST_LETTERS && quotation.length <= LONGEST_QUOTATION,
      name: text.slice(0, LONGEST_NAME) || '-',
      near: (/[\p{L}\p{N}]+/u.exec(text)?.[0] ?? '-').slice(0, SHARED_LETTERS),
      isFirst: isFirst && text !== '',
    }
  },
  address: () => '/search',
  title: (_, { query }) => (textOf(query) ? `Search: ${shortened(textOf(query), 60)}` : 'Search'),
  description: (_, { query }) => `What bilateral has about “${shortened(textOf(query), 100)}”.`,
  render(data, { query }) {
    const text = textOf(query)
    const { found, countries = [], quotations } = data
    const next = new URLSearchParams(query)
    next.set('after', found.pageInfo.endCursor ?? '')
    return (
      <>
        <div class="search-head">
          <h1 class="long">Search</h1>
          <SearchForm
            id="search"
            value={text}
            label="A person, a country, a topic, words of a statement, or a quotation in quotation marks"
          />
        </div>
        {text === '' ? (
          <Help data={data} />
        ) : (
          <>
            <Kinds data={data} query={query} />
            {countries && countries.length > 0 && (
              <p class="countries-found">
                <span class="soft">Countries: </span>
                <Listed
                  last=", "
                  items={countries.map(({ node }) => node.__typename === 'Country' && <CountryLink country={node} />)}
                />
              </p>
            )}
            {quotations && quotations.totalCount > 0 && (
              <Quotations quotations={quotations} text={quoted(text) ?? text} />
            )}
            {found.nodes.length > 0 ? (
              <Section title="Results" note={`${counted(found.totalCount, 'record')}, the most relevant first.`}>
                <ol class="found">
                  {found.nodes.map((hit) => (
                    <Result hit={hit} />
                  ))}
                </ol>
                {found.pageInfo.hasNextPage && (
                  <PageLink query={next} rel="next">
                    More results
                  </PageLink>
                )}
              </Section>
            ) : (
              <Nothing data={data} text={text} />
            )}
          </>
        )}
      </>
    )
  },
  table: ({ found }) => ({
    columns: ['kind', 'name', 'path', 'excerpt'],
    rows: found.nodes.map(({ node, excerpt }) => {
      const { name, path } = shownAs(node)
      return [node.__typename, name, `/${path}`, plain(excerpt)]
    }),
  }),
})

type Hit = SearchPageQuery['found']['nodes'][number]

/** The words of the search. A browser sends line ends of a pasted text as spaces. */
const textOf = (query: URLSearchParams) => (query.get('q') ?? '').trim()

/** The words between quotation marks, if the whole text is in them. */
const quoted = (text: string) => /^["“”„«](.+)["“”»]$/su.exec(text)?.[1]?.trim()

const KINDS = {
  person: ['person', 'people'],
  organization: ['organization', 'organizations'],
  topic: ['topic', 'topics'],
  meeting: ['meeting', 'meetings'],
  visit: ['visit', 'visits'],
  statement: ['statement', 'statements'],
  agreement: ['agreement', 'agreements'],
  relation_event: ['event of relations', 'events of relations'],
  source: ['source', 'sources'],
} as const

/** How many records of each kind there are, as links that show only those. */
const Kinds: FC<{ data: SearchPageQuery; query: URLSearchParams }> = ({ data, query }) => {
  const chosen = query.get('kind')?.toLowerCase()
  const only = (kind?: string) => `?${new URLSearchParams({ q: query.get('q') ?? '', ...(kind && { kind }) })}`
  const kinds = Object.entries(KINDS).filter(([kind]) => data[kind as keyof typeof KINDS].totalCount > 0)
  if (kinds.length === 0) return null
  return (
    <nav class="kinds" aria-label="Kinds of results">
      <a href={only()} aria-current={chosen ? undefined : 'true'}>
        Everything
      </a>
      {kinds.map(([kind, [one, many]]) => {
        const { totalCount } = data[kind as keyof typeof KINDS]
        return (
          <a href={only(kind)} aria-current={kind === chosen ? 'true' : undefined}>
            {counted(totalCount, one, many)}
          </a>
        )
      })}
    </nav>
  )
}

const Quotations: FC<{ quotations: NonNullable<SearchPageQuery['quotations']>; text: string }> = ({
  quotations,
  text,
}) => (
  <Section
    title="In the words of a source"
    note={`${counted(quotations.totalCount, 'citation has', 'citations have')} these words.`}
  >
    <div class="reading">
      {quotations.nodes.map((citation) => (
        <article class="quotation-found">
          <Excerpt passage={around(citation, text)} />
          <div class="facts">
            <p>
              <SourceLink source={citation.source} />{' '}
              <A
                to={`sources/${citation.source.slug}?from=${citation.start}#p${citation.start}-${citation.end}`}
                class="soft"
              >
                at this place
              </A>
            </p>
            <ul>
              <li>
                <CitedFact
                  fact={citation.fact}
                  supports={citation.supports}
                  isAgainst={citation.stance === 'CONTRADICTS'}
                />
              </li>
            </ul>
          </div>
        </article>
      ))}
    </div>
  </Section>
)

/** Longest passage that is shown whole, and how many characters of others are shown before and after the words. */
const LONGEST_PASSAGE = 280
const AROUND = 110

interface Words {
  readonly prefix?: string | null
  readonly exact: string
  readonly suffix?: string | null
}

/** The part of a long passage that has the words. */
function around({ prefix = null, exact, suffix = null }: Words, text: string) {
  if (exact.length <= LONGEST_PASSAGE) return { prefix, exact, suffix }
  const at = Math.max(0, exact.toLowerCase().indexOf(text.toLowerCase()))
  const from = Math.max(0, at - AROUND)
  return { prefix: null, exact: exact.slice(from, at + text.length + AROUND), suffix: null }
}

interface Shown {
  readonly sign: string
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly more?: string | undefined
}

/** How a record is named among the results. */
function shownAs(node: Hit['node']): Shown {
  switch (node.__typename) {
    case 'Person': {
      const offices = node.positions.map(({ title, country }) => (country ? `${title} (${country.name})` : title))
      const few = [...new Set(offices)].slice(0, 3).join('; ')
      return { sign: 'person', kind: 'Person', name: node.name, path: `people/${node.slug}`, more: few }
    }
    case 'Organization':
      return { sign: 'office', kind: 'Organization', name: node.name, path: `organizations/${node.slug}` }
    case 'Topic':
      return { sign: 'topic', kind: 'Topic', name: node.name, path: `topics/${node.slug}` }
    case 'Meeting':
      return {
        sign: 'meeting',
        kind: 'Meeting',
        name: node.title,
        path: `meetings/${node.slug}`,
        more: node.when.label,
      }
    case 'Visit':
      return { sign: 'visit', kind: 'Visit', name: node.title, path: `visits/${node.slug}`, more: node.when.label }
    case 'Statement': {
      const speakers = node.speakers.map(({ name }) => name).join(', ') || (node.attribution ?? 'speaker not named')
      const name = shortened(node.text, 160)
      const { sign, word } = quotations[node.quotation]
      return {
        sign,
        kind: `Statement, ${word.toLowerCase()}`,
        name,
        path: `statements/${node.slug}`,
        more: `${speakers}, ${node.when.label}`,
      }
    }
    case 'Agreement':
      return { sign: 'agreement', kind: 'Agreement', name: node.title, path: `agreements/${node.slug}` }
    case 'RelationEvent':
      return {
        sign: 'relation',
        kind: 'Event of a relation',
        name: node.title,
        path: `relation-events/${node.slug}`,
        more: node.when.label,
      }
    case 'Source': {
      const more = [node.publisher?.name, node.published.label].filter(Boolean).join(', ')
      return { sign: 'own', kind: 'Source', name: node.title, path: `sources/${node.slug}`, more }
    }
  }
}

const Result: FC<{ hit: Hit }> = ({ hit: { node, excerpt } }) => {
  const { sign, kind, name, path, more } = shownAs(node)
  // The text of a record starts with its title.
  const words = excerpt.split('\n').filter((line) => adds(line, `${name} ${more ?? ''}`))
  return (
    <li>
      <p class="found-kind">
        <Sign name={sign} /> {kind}
      </p>
      <div>
        <p class="row-name" dir="auto">
          <A to={path}>{withHits(name, excerpt)}</A>
        </p>
        {more && (
          <p class="soft" dir="auto">
            {more}
          </p>
        )}
        {words.length > 0 && <p dir="auto">{highlighted(words.join('\n'))}</p>}
      </div>
    </li>
  )
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether a line of an excerpt has words that are not shown already. */
function adds(line: string, shown: string): boolean {
  const known = new Set(wordsOf(shown))
  return wordsOf(plain(line)).some((word) => !known.has(word))
}

/** What to try if nothing is found. */
const Nothing: FC<{ data: SearchPageQuery; text: string }> = ({ data, text }) => (
  <Section title="Nothing has these words">
    <div class="prose">
      <p>
        No record has “<bdi>{shortened(text, 200)}</bdi>”. Names are found in other spellings and with small mistakes,
        other words only as they are written.
      </p>
      {data.near.length > 0 && (
        <p>
          Names that start alike: <Near near={data.near} />.
        </p>
      )}
      <ul class="advice">
        <li>Use fewer words, or the surname alone.</li>
        {/["“”„«]/.test(text) && <li>Leave out the quotation marks: they ask for the exact words.</li>}
        <li>
          Look through the <Everything />.
        </li>
      </ul>
      <Here data={data} />
    </div>
  </Section>
)

const Near: FC<{ near: SearchPageQuery['near'] }> = ({ near }) => (
  <Listed
    last=", "
    items={near.map(({ name, node }) => {
      const folders = { Person: 'people', Country: 'countries', Organization: 'organizations', Topic: 'topics' }
      return (
        <A to={`${folders[node.__typename]}/${'code' in node ? node.code : node.slug}`}>
          <bdi>{name}</bdi>
        </A>
      )
    })}
  />
)

const Everything: FC = () => (
  <>
    <A to="relations">relations</A>, <A to="people">people</A>, <A to="topics">topics</A> and{' '}
    <A to="sources">sources</A>
  </>
)

const Here: FC<{ data: SearchPageQuery }> = ({ data: { about } }) => {
  const { people, meetings, visits, statements, sources } = about.facts
  return (
    <p class="soft">
      In this database: {counted(people, 'person', 'people')}, {counted(visits, 'visit')},{' '}
      {counted(meetings, 'meeting')}, {counted(statements, 'statement')}, from {counted(sources, 'source')}.
    </p>
  )
}

const EXAMPLES: readonly (readonly [words: string, does: string])[] = [
  ['trade minerals', 'both words'],
  ['"strong momentum"', 'an exact phrase, also in the words of the sources'],
  ['trade or minerals', 'at least one of them'],
  ['trade -minerals', 'the first but not the second'],
  ['1960s', 'a decade'],
]

/** What a search can have, before there is one. */
const Help: FC<{ data: SearchPageQuery }> = ({ data }) => (
  <Section title="How to search">
    <div class="prose">
      <dl class="examples">
        {EXAMPLES.map(([words, does]) => (
          <div>
            <dt>
              <a href={`?${new URLSearchParams({ q: words })}`}>{words}</a>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        Or look through the <Everything />.
      </p>
      <Here data={data} />
    </div>
  </Section>
)
