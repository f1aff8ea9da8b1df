import { graphql } from '../generated/pages/gql.ts'
import type { TopicPageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { definePage, given } from './page.ts'
import { When } from './parts/fact-entry.tsx'
import { A, Between, Listed, relationPath, TopicLink } from './parts/links.tsx'
import { mergedPage } from './parts/merged.ts'
import { PageLink, Section, Title } from './parts/section.tsx'
import { factTable, Timeline } from './parts/timeline.tsx'
import { capital, counted, partOf, titled } from './parts/words.ts'

const PAGE_SIZE = 20

type Topic = NonNullable<TopicPageQuery['topic']>

export const topicPage = definePage({
  path: '/topics/:slug',
  document: graphql(`
    query TopicPage($slug: String!, $first: Int!, $meetings: String, $statements: String) {
      topic(slug: $slug) {
        slug
        name
        names
        broader { slug name }
        narrower { slug name }
        statements(first: $first, after: $statements, orderBy: NEWEST_FIRST) {
          totalCount
          edges { cursor node { ...Fact countries { code name } } }
          pageInfo { hasNextPage }
        }
        meetings(first: $first, after: $meetings, orderBy: NEWEST_FIRST) {
          totalCount
          edges { cursor node { ...Fact countries { code name } } }
          pageInfo { hasNextPage }
        }
        agreements(first: $first) {
          totalCount
          nodes { slug title status parties { code name } events { when { edtf label } } }
        }
      }
    }
  `),
  variables({ params: { slug = '' }, query }) {
    if (!SLUG.test(slug)) return undefined
    return { slug, first: PAGE_SIZE, meetings: given(query, 'meetings'), statements: given(query, 'statements') }
  },
  address: ({ topic }) => topic && `/topics/${topic.slug}`,
  title: ({ topic }) => topic?.name ?? '',
  description: ({ topic }) => (topic ? `${topic.name}. ${summaryOf(topic)}` : ''),
  render({ topic }, { query }) {
    if (!topic) return null
    const { name, names, broader, narrower, agreements } = topic
    const others = names.filter((other) => other !== name)
    const { facts, next } = mergedPage(listsOf(topic), PAGE_SIZE, query)
    const relations = relationsOf(topic)
    const topics = (list: Topic['broader']) =>
      list.length > 0 ? (
        <Listed items={list.map((one) => <TopicLink topic={one} />)} last=", " />
      ) : (
        <span class="soft">none</span>
      )
    return (
      <>
        <Title
          kind="Topic"
          name={<bdi>{name}</bdi>}
          isLong={name.length > 18}
          lede={<p>{summaryOf(topic)}</p>}
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
              <dt>Broader</dt>
              <dd>{topics(broader)}</dd>
              <dt>Narrower</dt>
              <dd>{topics(narrower)}</dd>
              {relations.length > 0 && (
                <>
                  <dt>Relations</dt>
                  <dd>
                    <Listed
                      items={relations.map(([one, other]) => (
                        <A to={relationPath([one.code, other.code])}>{`${one.name} and ${other.name}`}</A>
                      ))}
                      last=", "
                    />
                  </dd>
                </>
              )}
            </dl>
          }
        />
        {agreements.nodes.length > 0 && (
          <Section title="Agreements" note={`${partOf(agreements, 'agreement')}, by title.`}>
            <ul class="list">
              {agreements.nodes.map(({ slug, title, status, parties, events }) => {
                const latest = events.at(-1)
                return (
                  <li>
                    <A to={`agreements/${slug}`}>
                      <bdi>{title}</bdi>
                    </A>{' '}
                    <span class="soft">
                      <Between countries={parties} />: {titled(status).toLowerCase()}
                      {latest && (
                        <>
                          , <When when={latest.when} />
                        </>
                      )}
                    </span>
                  </li>
                )
              })}
            </ul>
          </Section>
        )}
        {facts.length > 0 && (
          <Section title="Said and met" note="Statements and meetings about it or a narrower topic, the newest first.">
            <Timeline facts={facts} />
            {next && (
              <PageLink query={next} rel="next">
                Earlier statements and meetings
              </PageLink>
            )}
          </Section>
        )}
      </>
    )
  },
  table: ({ topic }, { query, site }) =>
    factTable(topic ? mergedPage(listsOf(topic), PAGE_SIZE, query).facts : [], site),
})

const listsOf = ({ statements, meetings }: Topic) => [
  { parameter: 'statements', ...statements },
  { parameter: 'meetings', ...meetings },
]

function summaryOf({ statements, meetings, agreements }: Topic): string {
  const parts = [
    statements.totalCount && counted(statements.totalCount, 'statement'),
    meetings.totalCount && counted(meetings.totalCount, 'meeting'),
    agreements.totalCount && counted(agreements.totalCount, 'agreement'),
  ].filter((text) => typeof text === 'string')
  return parts.length > 0 ? `${capital(parts.join(', '))} about it or a narrower topic.` : 'No fact here is about it.'
}

/** The relations of the page’s statements, meetings and agreements: those between two states. */
function relationsOf({ statements, meetings, agreements }: Topic): readonly (readonly [State, State])[] {
  const groups = [
    ...[...statements.edges, ...meetings.edges].map(({ node }) => node.countries),
    ...agreements.nodes.map(({ parties }) => parties),
  ]
  const pairs = new Map<string, readonly [State, State]>()
  for (const [one, other, ...more] of groups) {
    if (one && other && more.length === 0) pairs.set(relationPath([one.code, other.code]), [one, other])
  }
  return [...pairs.values()]
}

type State = Topic['agreements']['nodes'][number]['parties'][number]
