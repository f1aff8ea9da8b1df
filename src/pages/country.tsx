import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import type { CountryPageQuery } from '../generated/pages/graphql.ts'
import { definePage, given, type Table } from './page.ts'
import { ChartFile, type ChartRow } from './parts/chart-file.tsx'
import { DataTable } from './parts/data-table.tsx'
import { leadingOffices } from './parts/leading-offices.ts'
import { A, codeOf, Listed, relationPath } from './parts/links.tsx'
import { type FactList, mergedPage } from './parts/merged.ts'
import { knownFirst, Offices, officeChart, officesOf } from './parts/offices.tsx'
import { PageLink, Section, Title } from './parts/section.tsx'
import { Timeline } from './parts/timeline.tsx'
import { counted, grouped, withArticle } from './parts/words.ts'

const LATEST = 10
const MOST_OFFICES = 20

/** The first decade for which the bars of relations have room. */
const FIRST_DECADE = 1770

type RelationOf = NonNullable<CountryPageQuery['country']>['relations'][number]

export const countryPage = definePage({
  path: '/countries/:code',
  document: graphql(`
    query CountryPage(
      $code: CountryCode!, $decades: DateRange!, $leader: String!, $minister: String!, $offices: Int!
      $first: Int!, $visitsTo: String, $visitsFrom: String, $meetings: String, $statements: String, $events: String
    ) {
      country(code: $code) {
        code
        name
        names
        relations(first: 12) {
          countries { code name }
          coverage { visits meetings statements agreements relationEvents first last }
          activity(by: DECADE, during: $decades) {
            period visits meetings statements agreementEvents relationEvents
          }
        }
      }
      leaders: positions(filter: { country: $code, title: $leader }, first: $offices, orderBy: NEWEST_FIRST) {
        nodes { ...HeldOffice }
      }
      ministers: positions(filter: { country: $code, title: $minister }, first: $offices, orderBy: NEWEST_FIRST) {
        nodes { ...HeldOffice }
      }
      latestOffices: positions(filter: { country: $code }, first: 12, orderBy: NEWEST_FIRST) {
        totalCount
        nodes { ...HeldOffice }
      }
      accredited: positions(filter: { accreditedTo: [$code] }, first: $offices, orderBy: NEWEST_FIRST) {
        totalCount
        nodes { ...HeldOffice }
      }
      visitsTo: visits(filter: { to: [$code] }, first: $first, after: $visitsTo, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
      visitsFrom: visits(filter: { from: [$code] }, first: $first, after: $visitsFrom, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
      meetings(filter: { between: [$code] }, first: $first, after: $meetings, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
      statements(filter: { between: [$code] }, first: $first, after: $statements, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
      relationEvents(filter: { between: [$code] }, first: $first, after: $events, orderBy: NEWEST_FIRST) {
        totalCount
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage }
      }
    }
  `),
  variables({ params: { code = '' }, query }) {
    const [leader, minister] = leadingOffices(codeOf(code))
    return {
      code: codeOf(code),
      decades: { from: `${FIRST_DECADE}-01-01`, to: `${new Date().getUTCFullYear()}-12-31` },
      leader,
      minister,
      offices: MOST_OFFICES,
      first: LATEST,
      visitsTo: given(query, 'visitsTo'),
      visitsFrom: given(query, 'visitsFrom'),
      meetings: given(query, 'meetings'),
      statements: given(query, 'statements'),
      events: given(query, 'events'),
    }
  },
  address: ({ country }) => country && `/countries/${country.code}`,
  title: ({ country }) => country?.name ?? '',
  description: (data) => `${data.country?.name}. ${factsOf(data).join(' ')}`,
  render(data, { query }) {
    const { country, leaders, ministers, latestOffices, accredited } = data
    if (!country) return null
    const { code, name, names, relations } = country
    const [first, ...more] = factsOf(data)
    const { facts, next } = mergedPage(listsOf(data), LATEST, query)
    const others = names.filter((other) => other !== name)
    const leading = [...leaders.nodes, ...ministers.nodes]
    const isShown = new Set(leading.map(({ id }) => id))
    const rest = latestOffices.nodes.filter(({ id }) => !isShown.has(id))
    return (
      <>
        <Title
          kind="State"
          name={name}
          isLong={name.length > 24}
          lede={
            <p>
              <strong>{first}</strong> {more.join(' ')}
            </p>
          }
          aside={
            <dl class="notes">
              <dt>Other names</dt>
              <dd>
                {others.length > 0 ? (
                  <Listed items={others.map((other) => <bdi>{other}</bdi>)} last=", " />
                ) : (
                  <span class="soft">none recorded</span>
                )}
              </dd>
              <dt>Code</dt>
              <dd>{code}</dd>
            </dl>
          }
        />
        {relations.length > 0 && (
          <Section
            title="Relations"
            note="Those with most visits, meetings, statements, agreements and events. A bar is a decade; the height counts facts, on one scale for all."
          >
            <Relations code={code} relations={relations} />
          </Section>
        )}
        {facts.length > 0 && (
          <Section title="Latest" note="Visits, meetings, statements and events in its relations, the newest first.">
            <Timeline facts={facts} states={[code]} />
            {next && (
              <PageLink query={next} rel="next">
                Earlier facts
              </PageLink>
            )}
          </Section>
        )}
        {leading.length > 0 && (
          <Section title="Leaders" note={`The last ${MOST_OFFICES} records of each leading office.`}>
            <Offices offices={knownFirst(officesOf(leading))} state={code} hasPeople caption={`Leaders of ${name}`} />
          </Section>
        )}
        {rest.length > 0 && (
          <Section
            title="Other offices"
            note={
              latestOffices.totalCount > latestOffices.nodes.length &&
              `From the last ${latestOffices.nodes.length} of ${grouped(latestOffices.totalCount)} records.`
            }
          >
            <Offices offices={knownFirst(officesOf(rest))} state={code} hasPeople caption={`Offices of ${name}`} />
          </Section>
        )}
        {accredited.nodes.length > 0 && (
          <Section
            title={`Sent to ${withArticle(name)}`}
            note={
              accredited.totalCount > MOST_OFFICES
                ? `The last ${MOST_OFFICES} of ${grouped(accredited.totalCount)} heads of mission.`
                : counted(accredited.totalCount, 'head of mission', 'heads of mission')
            }
          >
            <Offices offices={officesOf(accredited.nodes)} hasPeople caption={`Heads of mission in ${name}`} />
          </Section>
        )}
      </>
    )
  },
  image({ country, leaders, ministers }) {
    if (!country || country.relations.length === 0) return null
    const { code, name, relations } = country
    const leading = officeChart(knownFirst(officesOf([...leaders.nodes, ...ministers.nodes])), {
      hasPeople: true,
      state: code,
    })
    return (
      <ChartFile
        title={name}
        caption="Facts of its relations by decade, on one scale, and its leading offices."
        address={`/countries/${code}`}
        charts={[
          { heading: 'Relations', rows: relationChart(code, relations) },
          ...(leading ? [{ heading: 'Leaders', rows: leading }] : []),
        ]}
      />
    )
  },
  table: ({ country }) => ({
    columns: ['state', 'with', 'visits', 'meetings', 'statements', 'agreements', 'relation events', 'first', 'last'],
    rows: (country?.relations ?? []).map((relation) => {
      const { visits, meetings, statements, agreements, relationEvents, first, last } = relation.coverage
      const other = otherOf(relation, country?.code ?? '')
      return [
        country?.code ?? null,
        other?.code ?? null,
        visits,
        meetings,
        statements,
        agreements,
        relationEvents,
        first ?? null,
        last ?? null,
      ]
    }),
  }),
})

const listsOf = (data: CountryPageQuery): readonly FactList[] => [
  { parameter: 'visitsTo', ...data.visitsTo },
  { parameter: 'visitsFrom', ...data.visitsFrom },
  { parameter: 'meetings', ...data.meetings },
  { parameter: 'statements', ...data.statements },
  { parameter: 'events', ...data.relationEvents },
]

/** What the database has about a state, as sentences. */
function factsOf({
  country,
  visitsTo,
  visitsFrom,
  meetings,
  statements,
  relationEvents,
}: CountryPageQuery): readonly string[] {
  const name = withArticle(country?.name ?? '')
  const [from, to] = [visitsFrom.totalCount, visitsTo.totalCount]
  const visits =
    from > 0 && to > 0
      ? `${counted(from, 'visit')} from ${name} and ${grouped(to)} to it are recorded.`
      : from + to > 0
        ? `${counted(from + to, 'visit')} ${from > 0 ? 'from' : 'to'} ${name} ${from + to === 1 ? 'is' : 'are'} recorded, none ${from > 0 ? 'to' : 'from'} it.`
        : `No visit from or to ${name} is recorded.`
  const others = [
    meetings.totalCount > 0 && counted(meetings.totalCount, 'meeting'),
    statements.totalCount > 0 && counted(statements.totalCount, 'statement'),
    relationEvents.totalCount > 0 &&
      counted(relationEvents.totalCount, 'event in its relations', 'events in its relations'),
  ].filter((text) => text !== false)
  return others.length > 0 ? [visits, `Besides: ${others.join(', ')}.`] : [visits]
}

const otherOf = ({ countries }: RelationOf, code: string) => countries.find((country) => country.code !== code)

const totalOf = ({ visits, meetings, statements, agreementEvents, relationEvents }: RelationOf['activity'][number]) =>
  visits + meetings + statements + agreementEvents + relationEvents

const BAR_HEIGHT = 36
/** Fewer bars would be as wide as a heading. */
const FEWEST_DECADES = 8

/** The decades of the bars, which are the same for all relations, and the number of facts in each. */
function decadesOf(relations: readonly RelationOf[]) {
  const all = relations[0]?.activity ?? []
  const totals = relations.map(({ activity }) => activity.map(totalOf))
  const firsts = totals.map((decades) => decades.findIndex((total) => total > 0)).filter((i) => i >= 0)
  const start = Math.max(0, Math.min(...firsts, all.length - FEWEST_DECADES))
  return {
    names: all.slice(start).map(({ period }) => period.replace('X', '0s')),
    totals: totals.map((decades) => decades.slice(start)),
    most: Math.max(1, ...totals.flat()),
  }
}

/** Relations with the number of facts in each decade. All have the same decades and the same scale. */
const Relations: FC<{ code: string; relations: readonly RelationOf[] }> = ({ code, relations }) => {
  const { names, totals, most } = decadesOf(relations)
  return (
    <>
      {/* Keyboards can scroll only what has the focus. */}
      <section class="scroll" tabindex={0} aria-label="Relations">
        <table class="data-table relations">
          <thead>
            <tr>
              <th scope="col">With</th>
              <th scope="col" class="number">
                Visits
              </th>
              <th scope="col" class="number">
                Meetings
              </th>
              <th scope="col" class="number">
                Statements
              </th>
              <th scope="col" class="wide">
                <span class="between">
                  <span>{names[0]}</span>
                  <span>{names.at(-1)}</span>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {relations.map((relation, row) => {
              const other = otherOf(relation, code)
              const { visits, meetings, statements } = relation.coverage
              return (
                <tr>
                  <th scope="row">
                    <A to={relationPath([code, other?.code ?? ''])}>
                      <bdi>{other?.name}</bdi>
                    </A>
                  </th>
                  <td class="number">{visits}</td>
                  <td class="number">{meetings}</td>
                  <td class="number">{statements}</td>
                  <td class="wide">
                    <svg class="plot" width="100%" height={BAR_HEIGHT} aria-hidden="true" focusable="false">
                      <Bars totals={totals[row] ?? []} most={most} />
                    </svg>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <DataTable table={decadeTable(code, relations)} caption="Facts by decade" summary="Data table: facts by decade" />
    </>
  )
}

const Bars: FC<{ totals: readonly number[]; most: number }> = ({ totals, most }) => {
  const width = 100 / Math.max(1, totals.length)
  return (
    <>
      {totals.map((total, i) => {
        if (total === 0) return null
        const height = Math.max(2, (total / most) * BAR_HEIGHT)
        return (
          <rect x={`${i * width}%`} width={`${width * 0.82}%`} y={BAR_HEIGHT - height} height={height} class="fill-n" />
        )
      })}
      <line x2="100%" y1={BAR_HEIGHT} y2={BAR_HEIGHT} class="base" />
    </>
  )
}

/** The numbers behind the bars: a row for each decade, a column for each relation. */
function decadeTable(code: string, relations: readonly RelationOf[]): Table {
  const { names, totals } = decadesOf(relations)
  return {
    columns: ['decade', ...relations.map((relation) => otherOf(relation, code)?.name ?? '')],
    rows: names.map((name, i) => [name, ...totals.map((decades) => decades[i] ?? 0)]),
  }
}

/** The bars as rows of an SVG file. */
function relationChart(code: string, relations: readonly RelationOf[]): readonly ChartRow[] {
  const { names, totals, most } = decadesOf(relations)
  return [
    ...relations.map((relation, i) => ({
      name: otherOf(relation, code)?.name ?? '',
      note: counted(totals[i]?.reduce((sum, total) => sum + total, 0) ?? 0, 'fact'),
      height: BAR_HEIGHT,
      above: 6,
      content: <Bars totals={totals[i] ?? []} most={most} />,
    })),
    {
      name: '',
      height: 24,
      content: names.map(
        (name, i) =>
          i % 3 === 0 && (
            <text x={`${(i * 100) / names.length}%`} y="16">
              {name}
            </text>
          ),
      ),
    },
  ]
}
