import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import type { PersonPageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { definePage, given } from './page.ts'
import { type Axis, along, axisAround, percent } from './parts/axis.ts'
import { ChartFile, type ChartRow } from './parts/chart-file.tsx'
import { FactEntry, When } from './parts/fact-entry.tsx'
import { AxisLabels } from './parts/lanes.tsx'
import { Listed, PersonLink } from './parts/links.tsx'
import { mergedPage } from './parts/merged.ts'
import { Offices, officeChart, officesOf, officeTable } from './parts/offices.tsx'
import { PageLink, Section, Title } from './parts/section.tsx'
import { dayOf } from './parts/span.ts'
import { Timeline } from './parts/timeline.tsx'
import { counted } from './parts/words.ts'
import { headlineOf } from './person/headline.ts'

const PAGE_SIZE = 20

type Person = NonNullable<PersonPageQuery['person']>

export const personPage = definePage({
  path: '/people/:slug',
  document: graphql(`
    query PersonPage($slug: String!, $first: Int!, $visits: String, $meetings: String, $statements: String) {
      person(slug: $slug) {
        slug
        name
        names
        wikidataId
        born { label }
        died { label }
        positions { ...HeldOffice ...AttestedEvidence }
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
        statements(first: $first, after: $statements, orderBy: NEWEST_FIRST) {
          totalCount
          edges { cursor node { ...Fact } }
          pageInfo { hasNextPage endCursor }
        }
        counterparts(first: $first) {
          person { slug name }
          meetingCount
          firstMet { ...Span }
          lastMet { ...Span }
        }
      }
    }
  `),
  variables({ params: { slug = '' }, query }) {
    if (!SLUG.test(slug)) return undefined
    return {
      slug,
      first: PAGE_SIZE,
      visits: given(query, 'visits'),
      meetings: given(query, 'meetings'),
      statements: given(query, 'statements'),
    }
  },
  address: ({ person }) => person && `/people/${person.slug}`,
  title: ({ person }) => person?.name ?? '',
  description: ({ person }) => (person ? `${person.name}. ${factsOf(person).join(' ')}` : ''),
  render({ person }, { query }) {
    if (!person) return null
    const { name, names, wikidataId, born, died, positions, visits, meetings, statements, counterparts } = person
    const [first, ...more] = factsOf(person)
    const spellings = names.filter((other) => other !== name)
    const state = stateOf(person)
    const { facts, next } = mergedPage(
      [
        { parameter: 'visits', ...visits },
        { parameter: 'meetings', ...meetings },
      ],
      PAGE_SIZE,
      query,
    )
    const met = [counted(visits.totalCount, 'visit'), counted(meetings.totalCount, 'meeting')]
    return (
      <>
        <Title
          kind="Person"
          name={<bdi>{name}</bdi>}
          isLong={name.length > 24}
          lede={
            <p>
              <strong>{first}</strong> {more.join(' ')}
            </p>
          }
          aside={
            <dl class="notes">
              <dt>Other spellings</dt>
              <dd>
                {spellings.length > 0 ? (
                  <Listed items={spellings.map((spelling) => <bdi>{spelling}</bdi>)} last=", " />
                ) : (
                  <span class="soft">none recorded</span>
                )}
              </dd>
              {born && (
                <>
                  <dt>Born</dt>
                  <dd>{born.label}</dd>
                </>
              )}
              {died && (
                <>
                  <dt>Died</dt>
                  <dd>{died.label}</dd>
                </>
              )}
              <dt>Wikidata</dt>
              <dd>
                {wikidataId ? (
                  <a href={`https://www.wikidata.org/wiki/${wikidataId}`} rel="noreferrer">
                    {wikidataId}
                  </a>
                ) : (
                  <span class="soft">no item recorded</span>
                )}
              </dd>
            </dl>
          }
        />
        {positions.length > 0 && (
          <Section
            title="Offices"
            note="Filled where sources settle it, hatched where it is possible, dotted where no source says."
          >
            <Offices offices={officesOf(positions)} state={state} caption={`Offices of ${name}`} />
          </Section>
        )}
        {facts.length > 0 && (
          <Section title="Visits and meetings" note={`${met.join(' and ')}, the newest first.`}>
            <Timeline facts={facts} states={state ? [state] : []} />
            {next && (
              <PageLink query={next} rel="next">
                Earlier visits and meetings
              </PageLink>
            )}
          </Section>
        )}
        {counterparts.length > 0 && (
          <Section
            title="Met"
            note={
              counterparts.length === PAGE_SIZE
                ? `The ${PAGE_SIZE} people met most often. Only meetings for which a source names both count.`
                : 'Only meetings for which a source names both count.'
            }
          >
            <Counterparts counterparts={counterparts} />
          </Section>
        )}
        {statements.edges.length > 0 && (
          <Section title="Said" note={`${counted(statements.totalCount, 'statement')}, the newest first.`}>
            <div class="entries">
              {statements.edges.map(({ node }) => (
                <FactEntry fact={node} />
              ))}
            </div>
            {statements.pageInfo.hasNextPage && (
              <PageLink query={withParameter(query, 'statements', statements.pageInfo.endCursor)} rel="next">
                Earlier statements
              </PageLink>
            )}
          </Section>
        )}
      </>
    )
  },
  image({ person }) {
    if (!person) return null
    const { slug, name, positions, counterparts } = person
    const offices = officeChart(officesOf(positions), { state: stateOf(person) })
    const met = counterpartRows(counterparts)
    if (!offices && !met) return null
    return (
      <ChartFile
        title={name}
        caption="Offices, and first and last meetings. Upright lines: a source names the office on this day."
        address={`/people/${slug}`}
        charts={[
          ...(offices ? [{ heading: 'Offices', rows: offices }] : []),
          ...(met ? [{ heading: 'Met', rows: met }] : []),
        ]}
      />
    )
  },
  table: ({ person }) => officeTable(person?.positions ?? []),
})

/** The query with another value of one parameter. */
function withParameter(query: URLSearchParams, name: string, value: string | null | undefined): URLSearchParams {
  const next = new URLSearchParams(query)
  next.set(name, value ?? '')
  return next
}

function factsOf(person: Person): readonly [string, ...string[]] {
  const { positions, visits, meetings, statements } = person
  const lists = [visits, meetings, statements]
  const isWhole = lists.every(({ edges, totalCount }) => edges.length === totalCount)
  const facts = lists.flatMap(({ edges }) => edges.map(({ node }) => node))
  const sources = new Set(
    [...facts, ...positions].flatMap(({ citations }) => citations.map(({ source }) => source.slug)),
  )
  return headlineOf({
    offices: officesOf(positions),
    visits: visits.totalCount,
    meetings: meetings.totalCount,
    statements: statements.totalCount,
    sources: isWhole ? sources.size : undefined,
  })
}

/** The state of most offices of a person. */
function stateOf({ positions }: Person): string | undefined {
  const counts = new Map<string, number>()
  for (const { country } of positions) if (country) counts.set(country.code, (counts.get(country.code) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}

/** Whom a person met how often, and when first and last, on one axis. */
const Counterparts: FC<{ counterparts: Person['counterparts'] }> = ({ counterparts }) => {
  const axis = axisAround(counterparts.flatMap((one) => daysOf(one)))
  return (
    // Keyboards can scroll only what has the focus.
    <section class="scroll" tabindex={0} aria-label="Who met this person">
      <table class="data-table counterparts">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col" class="number">
              Meetings
            </th>
            <th scope="col">First</th>
            <th scope="col">Last</th>
            {axis && (
              <th scope="col" class="wide">
                <span class="between">
                  <span>{axis.first}</span>
                  <span>{axis.last}</span>
                </span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {counterparts.map((one) => (
            <tr>
              <th scope="row">
                <PersonLink person={one.person} />
              </th>
              <td class="number">{one.meetingCount}</td>
              <td>{one.firstMet ? <When when={one.firstMet} /> : <span class="soft">date not known</span>}</td>
              <td>{one.lastMet && one.meetingCount > 1 && <When when={one.lastMet} />}</td>
              {axis && (
                <td class="wide">
                  <Between days={daysOf(one)} axis={axis} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The same as rows of an SVG file. Null if no day is known. */
function counterpartRows(counterparts: Person['counterparts']): readonly ChartRow[] | null {
  const axis = axisAround(counterparts.flatMap((one) => daysOf(one)))
  if (!axis) return null
  return [
    ...counterparts.map((one) => ({
      name: one.person.name,
      isPlain: true,
      height: 18,
      content: <Between days={daysOf(one)} axis={axis} />,
    })),
    { name: '', height: 24, content: <AxisLabels axis={axis} /> },
  ]
}

/** A line from the first to the last meeting. */
const Between: FC<{ days: readonly number[]; axis: Axis }> = ({ days, axis }) => {
  const [from, to] = [Math.min(...days), Math.max(...days)].map((day) => percent(along(day, axis)))
  return (
    <svg class="plot" width="100%" height="14" aria-hidden="true" focusable="false">
      <line x2="100%" y1="7" y2="7" class="cells" />
      {days.length > 0 && (
        <>
          <line x1={from} x2={to} y1="7" y2="7" class="line-n" />
          <circle cx={from} cy="7" r="3.5" class="fill-n" />
          <circle cx={to} cy="7" r="3.5" class="fill-n" />
        </>
      )}
    </svg>
  )
}

const daysOf = ({ firstMet, lastMet }: Person['counterparts'][number]): readonly number[] =>
  [firstMet, lastMet].flatMap((when) => {
    const day = when?.beginOfTheBegin ?? when?.likely?.from ?? when?.endOfTheEnd
    return day ? [dayOf(day)] : []
  })
