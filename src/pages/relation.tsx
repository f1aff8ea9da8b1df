import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import type { RelationPageQuery, TimelineKind } from '../generated/pages/graphql.ts'
import { COUNTRY_CODE } from '../keys.ts'
import { definePage } from './page.ts'
import type { Period } from './parts/axis.ts'
import { DataTable } from './parts/data-table.tsx'
import { leadingOffices } from './parts/leading-offices.ts'
import { CountryLink, codeOf, relationPath } from './parts/links.tsx'
import { PageLink, Section, Title } from './parts/section.tsx'
import { yearOf } from './parts/span.ts'
import { factTable, Timeline } from './parts/timeline.tsx'
import { counted, listed } from './parts/words.ts'
import { Agreements } from './relation/agreements.tsx'
import { Filters, Topics } from './relation/filters.tsx'
import { headlineOf } from './relation/headline.ts'
import { ScoreImage } from './relation/image.tsx'
import { inOrder, Register, registerTable } from './relation/register.tsx'
import { isInMonths, type Relation, recentOf, type Score, ScoreChart, scoreOf } from './relation/score.tsx'
import { duringOf, hasChoice, KINDS, shows, type View, viewOf } from './relation/view.ts'

/** The cost of a query is limited, and an entry with its evidence costs most. */
const PAGE_SIZE = 10

/** Entries of one query for the rows of a file, and all entries that a file can have. */
const FILE_PAGE_SIZE = 30
const MOST_ROWS = 5_000

const MORE_ENTRIES = graphql(`
  query RelationEntries(
    $between: [CountryCode!]!, $during: DateRange, $topics: [ID!], $kinds: [TimelineKind!]
    $orderBy: TimelineOrder!, $first: Int!, $after: String
  ) {
    relation(between: $between) {
      timeline(first: $first, after: $after, orderBy: $orderBy, kinds: $kinds, during: $during, topics: $topics) {
        totalCount
        entries { ...Fact }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

/** The years that the chart can show. Bounds keep the cost of the query low. */
const FIRST_DAY = '1600-01-01'
const YEARS_AHEAD = 10

graphql(`
  fragment Office on Position {
    title
    country { code }
    person { name }
    tenure { ...Span }
  }
`)

export const relationPage = definePage({
  path: '/relations/:codes',
  document: graphql(`
    query RelationPage(
      $between: [CountryCode!]!, $one: CountryCode!, $other: CountryCode!, $today: Date!
      $leader1: String!, $minister1: String!, $leader2: String!, $minister2: String!
      $during: DateRange, $topics: [ID!], $kinds: [TimelineKind!], $orderBy: TimelineOrder!, $first: Int!, $after: String
      $years: DateRange!, $months: DateRange!, $recent: DateRange!, $marked: DateRange!, $inMonths: Boolean!, $isNarrowed: Boolean!
    ) {
      relation(between: $between) {
        countries { code name }
        coverage {
          meetings statements agreements agreementEvents relationEvents positions first last
          visitsToFirst: visitsTo(country: $one)
          visitsToSecond: visitsTo(country: $other)
          sources(first: 100) { count first last source { slug title } }
        }
        status(on: $today) { certainty reason }
        chosenToFirst: visits(filter: { to: [$one], during: $during }) @include(if: $isNarrowed) { totalCount }
        chosenToSecond: visits(filter: { to: [$other], during: $during }) @include(if: $isNarrowed) { totalCount }
        everything: timeline { totalCount }
        activity(by: YEAR, during: $years, topics: $topics) { ...Counts }
        recent: activity(by: MONTH, during: $recent, topics: $topics) { ...Counts }
        months: activity(by: MONTH, during: $months, topics: $topics) @include(if: $inMonths) { ...Counts }
        marks: timeline(first: 36, during: $marked, topics: $topics, kinds: $kinds) {
          entries { __typename when { edtf ...Bounds } ... on Visit { to { code } } }
          pageInfo { hasNextPage }
        }
        visitEntries: timeline(kinds: [VISIT], during: $during, topics: $topics) { totalCount }
        meetingEntries: timeline(kinds: [MEETING], during: $during, topics: $topics) { totalCount }
        statementEntries: timeline(kinds: [STATEMENT], during: $during, topics: $topics) { totalCount }
        agreementEntries: timeline(kinds: [AGREEMENT_EVENT], during: $during, topics: $topics) { totalCount }
        relationEntries: timeline(kinds: [RELATION_EVENT], during: $during, topics: $topics) { totalCount }
        timeline(first: $first, after: $after, orderBy: $orderBy, kinds: $kinds, during: $during, topics: $topics) {
          totalCount
          entries { ...Fact }
          pageInfo { hasNextPage endCursor }
        }
        people(first: 24, during: $during, topics: $topics, kinds: $kinds) {
          person { slug name }
          titles
          countries { code name }
          count visits meetings statements first last
          years { year count }
        }
        mostPresent: people(first: 12) { titles person { positions { accreditedTo { code } ...Office } } }
        topics(first: 12, during: $during, kinds: $kinds) { count topic { slug name } }
        agreements(first: 10, filter: { during: $during, topics: $topics }) { totalCount @include(if: $isNarrowed) nodes { slug title status events { status when { ...Span } } } }
        positions(first: 100) { nodes { ...Office } }
      }
      firstLeaders: positions(filter: { country: $one, title: $leader1 }, first: 80, orderBy: NEWEST_FIRST) { nodes { ...Office } }
      firstMinisters: positions(filter: { country: $one, title: $minister1 }, first: 80, orderBy: NEWEST_FIRST) { nodes { ...Office } }
      firstToday: positions(filter: { country: $one, on: $today }, first: 10) { nodes { ...Office } }
      secondToday: positions(filter: { country: $other, on: $today }, first: 10) { nodes { ...Office } }
      secondLeaders: positions(filter: { country: $other, title: $leader2 }, first: 80, orderBy: NEWEST_FIRST) { nodes { ...Office } }
      secondMinisters: positions(filter: { country: $other, title: $minister2 }, first: 80, orderBy: NEWEST_FIRST) { nodes { ...Office } }
    }
    fragment Counts on Activity {
      period
      visitsToFirst: visitsTo(country: $one)
      visitsToSecond: visitsTo(country: $other)
      meetings statements agreementEvents relationEvents
    }
  `),
  variables({ params: { codes = '' }, query }) {
    const between = statesIn(codes)
    if (!between) return undefined
    const view = viewOf(query)
    const today = dayToday()
    const inMonths = isInMonths(view, today)
    const [one, other] = between
    const [leader1, minister1] = leadingOffices(one)
    const [leader2, minister2] = leadingOffices(other)
    return {
      between,
      one,
      other,
      today,
      leader1,
      minister1,
      leader2,
      minister2,
      during: duringOf(view),
      topics: view.topics.length > 0 ? [...view.topics] : null,
      kinds: view.kinds.length > 0 ? [...view.kinds] : null,
      orderBy: view.order,
      first: PAGE_SIZE,
      after: view.after,
      years: { from: FIRST_DAY, to: `${Number(today.slice(0, 4)) + YEARS_AHEAD}-12-31` },
      inMonths,
      isNarrowed: hasChoice(view),
      recent: recentOf(today),
      marked: (inMonths && duringOf(view)) || recentOf(today),
      // The cost of a query counts the months of the range, asked for or not.
      months: inMonths ? { to: today, ...duringOf(view) } : { from: today, to: today },
    }
  },
  address: ({ relation }) => relation && `/${relationPath(relation.countries.map(({ code }) => code))}`,
  title: ({ relation }) => `${namesOf(relation)}: visits, meetings, statements`,
  description(data, { query }) {
    const view = viewOf(query)
    return `${namesOf(data.relation)}. ${sentencesOf(data, view, scoreOf(data, view, dayToday())).join(' ')}`
  },
  render: (data, { query }) => data.relation && <RelationPage data={data} relation={data.relation} query={query} />,
  image: (data, { query }) =>
    data.relation && scoreOf(data, viewOf(query), dayToday()) ? (
      <RelationImage data={data} relation={data.relation} query={query} />
    ) : null,
  async whole(data, request, ask) {
    const variables = relationPage.variables(request)
    if (!data.relation || !variables) return data
    const { between, during, topics, kinds, orderBy } = variables
    let { entries, pageInfo } = data.relation.timeline
    const choice = { between, during, topics, kinds, orderBy }
    while (pageInfo.hasNextPage && entries.length < MOST_ROWS) {
      const first = Math.min(FILE_PAGE_SIZE, MOST_ROWS - entries.length)
      const next = await ask(MORE_ENTRIES, { ...choice, first, after: pageInfo.endCursor })
      if (!next.relation) break
      entries = [...entries, ...next.relation.timeline.entries]
      pageInfo = next.relation.timeline.pageInfo
    }
    return { ...data, relation: { ...data.relation, timeline: { ...data.relation.timeline, entries, pageInfo } } }
  },
  table({ relation }, { site }) {
    const table = factTable(relation?.timeline.entries ?? [], site)
    if (!relation?.timeline.pageInfo.hasNextPage) return table
    return { ...table, total: relation.timeline.totalCount }
  },
})

const SCORE_NOTES = {
  decade: 'Bars count the records of ten years.',
  year: 'Each mark is one record. Lanes with more than six in one year have bars.',
  month: 'Each mark is one record at its own days; a number stands for several of the same days.',
}

const RelationPage: FC<{ data: RelationPageQuery; relation: Relation; query: URLSearchParams }> = ({
  data,
  relation,
  query,
}) => {
  const view = viewOf(query)
  const { countries, coverage, status, people, topics, agreements } = relation
  const states = countries.map(({ code }) => code)
  const score = scoreOf(data, view, dayToday())
  const [summary, ...sentences] = sentencesOf(data, view, score)
  const closer = score?.closeUp?.axis.unit === 'year' ? score.closeUp.axis : score?.axis
  const registerAxis = closer && closer.unit !== 'month' ? closer : null
  return (
    <>
      <Title
        kind="Relation"
        name={countries.map((country, i) => (
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
          <div data-part="lede">
            <p>
              <strong>{summary}</strong> {sentences.join(' ')}
            </p>
            {hasChoice(view) && (
              <p class="choice-words">
                Only what you chose. {choiceInWords(view, topics)}{' '}
                <a href={`./${states.join('-')}`} data-choice>
                  Show all {counted(relation.everything.totalCount, 'entry', 'entries')}
                </a>
              </p>
            )}
          </div>
        }
        aside={
          coverage.relationEvents > 0 && (
            <>
              <h2>Diplomatic relations</h2>
              <p>{status.reason}</p>
            </>
          )
        }
      />
      {score && (
        <Section title="Who went where, and when" note={`${SCORE_NOTES[score.axis.unit]} All lanes share one axis.`}>
          <div data-part="score">
            <ScoreChart score={score} between={countries} />
          </div>
        </Section>
      )}
      {(score || relation.everything.totalCount > 0) && (
        <>
          <Filters relation={relation} view={view} action={`./${states.join('-')}`} />
          <div data-part="register">
            {people.length > 0 && (
              <Section title="Who took part" note={<RegisterNote view={view} query={query} count={people.length} />}>
                <Register people={inOrder(people, view)} axis={registerAxis} states={states} />
                <DataTable
                  table={registerTable(inOrder(people, view))}
                  caption="Who took part"
                  summary="Data table: people"
                />
              </Section>
            )}
          </div>
          <div class="columns">
            <TimelinePart relation={relation} view={view} query={query} states={states} />
            <div class="margin" data-part="margin">
              {agreements.nodes.length > 0 && shows(view, 'AGREEMENT_EVENT') && (
                <Section title="Agreements">
                  <Agreements agreements={agreements.nodes} />
                </Section>
              )}
              {(topics.length > 0 || view.topics.length > 0) && (
                <Section title="Topics" note="Meetings, statements and agreements about each.">
                  <Topics topics={topics} view={view} />
                </Section>
              )}
            </div>
          </div>
        </>
      )}
    </>
  )
}

const RelationImage: FC<{ data: RelationPageQuery; relation: Relation; query: URLSearchParams }> = ({
  data,
  relation,
  query,
}) => {
  const view = viewOf(query)
  const score = scoreOf(data, view, dayToday())
  const address = `/${relationPath(relation.countries.map(({ code }) => code))}`
  const [caption = ''] = sentencesOf(data, view, score)
  return score && <ScoreImage score={score} title={namesOf(relation)} caption={caption} address={address} />
}

const TimelinePart: FC<{ relation: Relation; view: View; query: URLSearchParams; states: readonly string[] }> = ({
  relation,
  view,
  query,
  states,
}) => {
  const { timeline } = relation
  const next = new URLSearchParams(query)
  next.set('after', timeline.pageInfo.endCursor ?? '')
  return (
    <Section title="Timeline" note="A date is drawn as wide as its source leaves it open.">
      <div data-part="timeline">
        {timeline.entries.length === 0 && <p class="soft">Nothing that is recorded fits this choice.</p>}
        <Timeline facts={timeline.entries} states={states} />
        <p class="on-paper">
          {choiceInWords(view, relation.topics)} <span data-shown>{timeline.entries.length}</span> of{' '}
          {counted(timeline.totalCount, 'entry', 'entries')} printed; all are at the address below.
        </p>
        {timeline.pageInfo.hasNextPage && (
          <PageLink query={next} rel="next">
            {view.order === 'OLDEST_FIRST' ? 'Later entries' : 'Earlier entries'}
          </PageLink>
        )}
      </div>
    </Section>
  )
}

const RegisterNote: FC<{ view: View; query: URLSearchParams; count: number }> = ({ view, query, count }) => {
  const other = new URLSearchParams(query)
  if (view.peopleOrder === 'presence') other.set('people', 'first')
  else other.delete('people')
  return (
    <>
      The {counted(count, 'person', 'people')} with most visits, meetings and statements
      {hasChoice(view) && ' in what you chose'},{' '}
      {view.peopleOrder === 'presence' ? 'the most present first' : 'by the first year'}.{' '}
      <a href={`?${other}`} data-choice>
        {view.peopleOrder === 'presence' ? 'Sort by first year' : 'Sort by presence'}
      </a>
    </>
  )
}

/** The period, the types and the topics in words. */
const choiceInWords = ({ from, to, kinds, topics }: View, known: Relation['topics']) =>
  [
    from || to ? `Period: ${from || 'from the start'} to ${to || 'the end'}.` : 'Period: all.',
    `Types: ${kinds.length > 0 ? listed(KINDS.filter(({ kind }) => kinds.includes(kind)).map(({ words }) => words)) : 'all'}.`,
    ...(topics.length > 0
      ? [`Topics: ${listed(topics.map((slug) => known.find(({ topic }) => topic.slug === slug)?.topic.name ?? slug))}.`]
      : []),
  ].join(' ')

const dayToday = () => new Date().toISOString().slice(0, 10)

/** The generated sentences about what the reader chose of a relation, or about all of it. */
function sentencesOf(data: RelationPageQuery, view: View, score: Score | null): readonly string[] {
  const { relation } = data
  if (!relation) return []
  const [one = '', other = ''] = relation.countries.map(({ name }) => name)
  const countOf = (kind: TimelineKind, { totalCount }: { totalCount: number }) => (shows(view, kind) ? totalCount : 0)
  const isNarrowed = hasChoice(view)
  // Visits are not counted by direction and topic.
  const directed = (count: number) => (view.topics.length > 0 || !shows(view, 'VISIT') ? 0 : count)
  return headlineOf({
    names: [one, other],
    isNarrowed,
    visits: countOf('VISIT', relation.visitEntries),
    meetings: countOf('MEETING', relation.meetingEntries),
    statements: countOf('STATEMENT', relation.statementEntries),
    agreements: shows(view, 'AGREEMENT_EVENT') ? (relation.agreements.totalCount ?? relation.coverage.agreements) : 0,
    relationEvents: countOf('RELATION_EVENT', relation.relationEntries),
    // The schema cannot narrow these.
    headsOfMission: isNarrowed ? 0 : relation.coverage.positions,
    visitsToFirst: directed(relation.chosenToFirst?.totalCount ?? relation.coverage.visitsToFirst),
    visitsToSecond: directed(relation.chosenToSecond?.totalCount ?? relation.coverage.visitsToSecond),
    years: yearsOfChoice(view, score),
    gaps: view.topics.length > 0 ? [] : gapsIn(score),
  })
}

/** The years that the reader chose, with the chosen types. Null if the choice begins or ends within a year. */
function yearsOfChoice(view: View, score: Score | null): readonly Period[] | null {
  if (view.from.length > 4 || view.to.length > 4) return null
  const isChosen = ({ from, to }: Period) => !score || (to >= score.chosen.from && from <= score.chosen.to)
  return (score?.years ?? []).filter(isChosen).map((year) => ({
    ...year,
    ...(!shows(view, 'VISIT') && { visitsToFirst: 0, visitsToSecond: 0 }),
    ...(!shows(view, 'MEETING') && { meetings: 0 }),
    ...(!shows(view, 'STATEMENT') && { statements: 0 }),
    ...(!shows(view, 'AGREEMENT_EVENT') && { agreementEvents: 0 }),
    ...(!shows(view, 'RELATION_EVENT') && { relationEvents: 0 }),
  }))
}

/** The years without a source, as far as they are chosen. */
function gapsIn(score: Score | null): Score['gaps'] {
  if (!score) return []
  const [from, to] = [yearOf(score.chosen.from), yearOf(score.chosen.to)]
  return score.gaps
    .map(([first, last]) => [Math.max(first, from), Math.min(last, to)] as const)
    .filter(([first, last]) => first <= last)
}

/** The two codes in a path such as `IN-US`, in any order and case. A code may contain dashes itself: `X-two-sicilies`. */
function statesIn(codes: string): [string, string] | undefined {
  const parts = codes.split('-')
  for (let i = 1; i < parts.length; i++) {
    const [one = '', other = ''] = [parts.slice(0, i), parts.slice(i)].map((some) => codeOf(some.join('-')))
    if (COUNTRY_CODE.test(one) && COUNTRY_CODE.test(other) && one !== other)
      return one < other ? [one, other] : [other, one]
  }
  return undefined
}

const namesOf = (relation: RelationPageQuery['relation']) =>
  (relation?.countries ?? []).map(({ name }) => name).join(' and ')
