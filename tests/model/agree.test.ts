import fc from 'fast-check'
import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Bundle, BundleRecord } from '../../src/bundle/format.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { tableList } from '../../src/bundle/tables.ts'
import type { Database } from '../../src/database/open.ts'
import { ask, type Server, serverOf } from '../api/ask.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { bundles, DAYS } from './arbitraries.ts'
import { CONNECTION, type Connection, comparePages, type PageArgs, readable, same } from './compare.ts'
import { countriesOfMeeting, countriesOfStatement, officeOf, sorted, statusOf, topicsOfMeeting } from './facts.ts'
import type { ListName } from './filters.ts'
import { coverage, lacksDay, listed, namesUnknown } from './model.ts'
import {
  day,
  type ListQuestion,
  listQuestions,
  office,
  type RankedQuestion,
  type RelationQuestion,
  range,
  rankedQuestions,
  relationQuestions,
  title,
} from './questions.ts'
import {
  activity,
  allRelations,
  counterparts,
  type Granularity,
  personCounts,
  relationsOf,
  statusOn,
  timeline,
  topicCounts,
} from './relations.ts'
import { certaintyOn, tenureOf } from './time.ts'

/** Data sets for each test: 20 in `npm run test:all`. More of them, as in `npm run test:long`, are others each time. */
const runs = Number(process.env['MODEL_RUNS'] ?? 4)
const seeded = runs > 20 ? {} : { seed: 2026 }
/** Milliseconds after which a run, or the search for the smallest counterexample, ends. */
const limit = runs > 20 ? 3_600_000 : 120_000

describe.each(databaseKinds)('%s answers as the reference model does', (kind) => {
  let database: Database
  let server: Server
  let countries: BundleRecord<'countries'>[]

  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  /** Puts a bundle in place of what the database holds, but for the countries. Returns it with all of them. */
  async function replaceBy(bundle: Bundle): Promise<Bundle> {
    const tables = tableList.map(({ name }) => name).filter((name) => name !== 'country')
    await database.pool.query(
      tables
        .toReversed()
        .map((name) => `DELETE FROM "${name}"`)
        .join('; '),
    )
    await loadBundle(database, bundle)
    countries ??= (await database.pool.query('SELECT code, name, names FROM country')).rows
    return { ...bundle, countries }
  }

  async function answer<Data>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await ask(server, query, variables)
    if (errors) throw new Error(`${JSON.stringify(errors, null, 1)}\n${query}\n${JSON.stringify(variables)}`)
    return data as Data
  }

  /** Asks questions about data sets; a failure shows the smallest data set and questions found that disagree. */
  async function agree<Question>(
    questions: fc.Arbitrary<Question>,
    { dataSets = runs, each }: { dataSets?: number; each: number },
    check: (bundle: Bundle, question: Question) => Promise<void>,
  ): Promise<void> {
    const property = fc.asyncProperty(
      bundles,
      fc.array(questions, { minLength: each, maxLength: each }),
      async (bundle, asked) => {
        const whole = await replaceBy(bundle)
        for (const question of asked) {
          try {
            await check(whole, question)
          } catch (error) {
            throw new Error(`asked ${JSON.stringify(question)}\n${(error as Error).message}`)
          }
        }
      },
    )
    const { failed, counterexample, counterexamplePath, errorInstance, seed } = await fc.check(property, {
      numRuns: dataSets,
      interruptAfterTimeLimit: limit,
      ...seeded,
    })
    if (!failed) return
    const place = `seed ${seed}, path ${counterexamplePath}`
    throw new Error(`${(errorInstance as Error)?.message}\nof ${readable(counterexample?.[0])}\n(${place})`)
  }

  /** An unknown name is a mistake of the client, whatever else is asked. */
  async function refuses(query: string, variables: object): Promise<void> {
    const { errors = [] } = await ask(server, query, variables)
    same([...new Set(errors.map(({ extensions }) => extensions?.['code']))], ['BAD_USER_INPUT'])
  }

  async function compareList(bundle: Bundle, question: ListQuestion): Promise<void> {
    const { filter, orderBy } = question
    await compareListed(listed(bundle, question), bundle, question, { filter, orderBy })
  }

  /** The same by relevance. How anything is ranked, the model does not know, but that `search` and lists agree on it. */
  async function compareRanked(bundle: Bundle, { words, ...question }: RankedQuestion): Promise<void> {
    const { list, filter } = question
    const kind = list === 'people' ? 'PERSON' : list.slice(0, -1).replace(/[A-Z]/g, '_$&').toUpperCase()
    const query = `query ($words: String!) { search(query: $words, kinds: [${kind}], first: 100) { nodes { node { ... on Node { id } } } } }`
    const { search } = await answer<{ search: { nodes: { node: { id: string } }[] } }>(query, { words })
    const ranked = search.nodes.map(({ node }) => Buffer.from(node.id, 'base64url').toString().split(':')[1] as string)
    const passing = listed(bundle, question)
    const expected = ranked.filter((slug) => passing.includes(slug))
    const variables = { filter: { ...filter, search: words }, orderBy: 'RELEVANCE' }
    await compareListed(expected, bundle, question, variables)
  }

  async function compareListed(expected: string[], bundle: Bundle, question: ListQuestion, chosen: object) {
    const { list, of } = question
    const key = list === 'countries' ? 'code' : 'slug'
    const type =
      { people: 'Person', countries: 'Country' }[list as string] ?? `${list[0]?.toUpperCase()}${list.slice(1, -1)}`
    const called = of && list === 'relationEvents' ? 'events' : list
    const field = `${called}(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) { ${CONNECTION(key)} }`
    const declared = `$filter: ${type}Filter, $orderBy: ${type}Order, $first: Int, $after: String, $last: Int, $before: String`
    const query = `query (${declared}) { ${hangOn(of, field)} }`
    const ask = async (page: PageArgs) =>
      (await answer<{ of?: Record<string, Connection> | null }>(query, { ...chosen, ...page })) as Record<string, never>

    const isThere =
      !of || of.field === 'relation' || Object.values(pick(bundle, of.field)).some(({ slug }) => slug === of.name)
    if (!isThere) return same(await ask({ first: 1 }), { of: null })
    if (namesUnknown(bundle, question.filter) || lacksDay(list, question.filter)) return await refuses(query, chosen)
    const keyOf = (node: object) => (node as Record<string, string>)[key] as string
    await comparePages(expected, question, keyOf, async (page) => {
      const data = await ask(page)
      return (of ? data['of']?.[called] : data[list]) as unknown as Connection
    })
  }

  test('lists: which records, in which order, on which pages', { timeout: 2 * limit }, async () => {
    await agree(listQuestions, { each: 12 }, compareList)
  })

  test('lists by relevance: which records, in which order, on which pages', { timeout: 2 * limit }, async () => {
    await agree(rankedQuestions, { each: 12 }, compareRanked)
  })

  test('facts: offices, their certainty, countries, topics, statuses', { timeout: 2 * limit }, async () => {
    const PARTICIPATIONS = `slug participations { person { slug } position { slug } positionCertainty }
      attendees {
        person { slug } organization { slug } unnamed role representing { code } representingOrganization { slug }
        position { slug } positionCertainty
      }`
    const query = `query ($day: Date!) {
      meetings(first: 50) {
        nodes { ${PARTICIPATIONS} countries { code } topics { slug } time after { ... on Meeting { slug } } before { ... on Meeting { slug } } }
      }
      visits(first: 100) { nodes { ${PARTICIPATIONS} kind official { edtf } accompanying { slug } accompaniedBy { slug } } }
      statements(first: 100) { nodes { slug countries { code } } }
      agreements(first: 100) { nodes { slug status } }
      positions(first: 100) { nodes { slug heldOn(date: $day) held(on: $day) { certainty } accreditedTo { code } accreditedToOrganization { slug } appointed { edtf } } }
      people(first: 100) { nodes { slug positions(on: $day) { slug } } }
    }`
    await agree(day, { dataSets: 3 * runs, each: 2 }, async (bundle, day) => {
      const data = await answer<Record<string, { nodes: Record<string, unknown>[] }>>(query, { day })
      const found = Object.fromEntries(
        Object.entries(data).map(([list, { nodes }]) => [list, nodes.map(inOrder).toSorted(bySlug)]),
      )
      same(found, expectedFacts(bundle, day))
    })
  })

  test('bounds: what happened in a range of days, and who held an office then', { timeout: 2 * limit }, async () => {
    const during = ['meetings', 'visits', 'statements', 'agreements', 'sources'] as const
    const holding = ['meetings', 'visits', 'people'] as const
    const query = `query ($range: DateRange, $office: OfficeFilter, $day: Date, $title: String) {
      ${during.map((list) => `during_${list}: ${list}(filter: { during: $range }) { nodes { slug } }`).join(' ')}
      ${holding.map((list) => `holding_${list}: ${list}(filter: { holding: $office }) { nodes { slug } }`).join(' ')}
      on_positions: positions(filter: { on: $day }) { nodes { slug } }
      certain_positions: positions(filter: { on: $day, match: CERTAIN }) { nodes { slug } }
      titled_positions: positions(filter: { title: $title }) { nodes { slug } }
    }`
    await agree(
      fc.record({ range, office, day, title }),
      { each: 8 },
      async (bundle, { range, office, day, title }) => {
        if (namesUnknown(bundle, office)) return await refuses(query, { range, office, day, title })
        const found = await answer<Record<string, { nodes: { slug: string }[] }>>(query, { range, office, day, title })
        const slugs = (list: ListName, filter: object) => ({
          nodes: listed(bundle, { list, filter, orderBy: null }).map((slug) => ({ slug })),
        })
        same(found, {
          ...Object.fromEntries(during.map((list) => [`during_${list}`, slugs(list, { during: range })])),
          ...Object.fromEntries(holding.map((list) => [`holding_${list}`, slugs(list, { holding: office })])),
          on_positions: slugs('positions', { on: day }),
          certain_positions: slugs('positions', { on: day, match: 'CERTAIN' }),
          titled_positions: slugs('positions', { title }),
        })
      },
    )
  })

  test('relations: timeline, activity, topics, people, counterparts', { timeout: 2 * limit }, async () => {
    await agree(relationQuestions, { each: 5 }, compareRelation)
  })

  async function compareRelation(bundle: Bundle, question: RelationQuestion): Promise<void> {
    const { between, which } = question
    if (namesUnknown(bundle, { topics: which.topics })) {
      const entries =
        'timeline(topics: $topics) { nodes { __typename } } activity(by: YEAR, topics: $topics) { period } people(topics: $topics) { count }'
      const query = `query ($between: [CountryCode!]!, $topics: [ID!]) { relation(between: $between) { ${entries} } }`
      return await refuses(query, { between, topics: which.topics })
    }
    const days = [question.on, ...DAYS]
    const { during, topics, kinds, orderBy } = which
    const expectedActivity = (by: Granularity) =>
      activity(bundle, between, by, { during: during ?? null, topics: topics ?? null })
    // No more than the months of a century are listed.
    const by = expectedActivity(question.by).length > 1_200 ? 'YEAR' : question.by
    const query = `query ($between: [CountryCode!]!, $by: Granularity!, $during: DateRange, $topics: [ID!], $kinds: [TimelineKind!], $one: CountryCode!, $two: CountryCode!) {
      relation(between: $between) {
        countries { code }
        activity(by: $by, during: $during, topics: $topics) {
          period from to visits toOne: visitsTo(country: $one) toTwo: visitsTo(country: $two) meetings statements agreementEvents relationEvents
        }
        coverage { first last visits meetings statements agreements agreementEvents relationEvents positions sources { source { slug } count first last } }
        topics(during: $during, kinds: $kinds) { topic { slug } count meetings statements agreements }
        people(during: $during, topics: $topics, kinds: $kinds) {
          person { slug } count visits meetings statements first last years { year count visits meetings statements } countries { code } titles
        }
        ${days.map((day, i) => `status${i}: status(on: "${day}") { certainty }`).join(' ')}
      }
      country(code: $one) { relations { countries { code } } }
      people { nodes { slug counterparts { person { slug } meetingCount firstMet { edtf } lastMet { edtf } } } }
    }`
    const [one, two] = between
    const codes = (list: readonly string[]) => list.toSorted().map((code) => ({ code }))
    same(await answer(query, { between, by, during, topics, kinds, one, two }), {
      relation: {
        countries: codes([one, two]),
        activity: expectedActivity(by),
        coverage: coverage(bundle, between),
        topics: topicCounts(bundle, between, { during: during ?? null, kinds: kinds ?? null }).map(
          ({ slug, ...counts }) => ({ topic: { slug }, ...counts }),
        ),
        people: personCounts(bundle, between, {
          during: during ?? null,
          topics: topics ?? null,
          kinds: kinds ?? null,
        }).map(({ slug, countries, ...counts }) => ({
          person: { slug },
          countries: countries.map((code) => ({ code })),
          ...counts,
        })),
        ...Object.fromEntries(days.map((day, i) => [`status${i}`, { certainty: statusOn(bundle, between, day) }])),
      },
      country: { relations: relationsOf(bundle, one).map((other) => ({ countries: codes([one, other]) })) },
      people: {
        nodes: listed(bundle, { list: 'people', filter: null, orderBy: null }).map((slug) => ({
          slug,
          counterparts: counterparts(bundle, slug).map(({ slug, count, firstMet, lastMet }) => ({
            person: { slug },
            meetingCount: count,
            firstMet: firstMet && { edtf: firstMet },
            lastMet: lastMet && { edtf: lastMet },
          })),
        })),
      },
    })

    const timelineQuery = `query ($between: [CountryCode!]!, $during: DateRange, $topics: [ID!], $kinds: [TimelineKind!],
      $orderBy: TimelineOrder, $first: Int, $after: String, $last: Int, $before: String) {
      relation(between: $between) {
        timeline(during: $during, topics: $topics, kinds: $kinds, orderBy: $orderBy,
          first: $first, after: $after, last: $last, before: $before) {
          ${CONNECTION('__typename ... on Node { id }')}
        }
      }
    }`
    const expected = timeline(bundle, between, which).map(({ kind, key }) => `${typeOf[kind]}:${key}`)
    const keyOf = (node: object) => Buffer.from((node as { id: string }).id, 'base64url').toString()
    await comparePages(expected, question, keyOf, async (page) => {
      const data = await answer<{ relation: { timeline: Connection } }>(timelineQuery, {
        between,
        during,
        topics,
        kinds,
        orderBy,
        ...page,
      })
      return data.relation.timeline
    })

    const relationsQuery = `query ($first: Int, $after: String, $last: Int, $before: String) {
      relations(first: $first, after: $after, last: $last, before: $before) { ${CONNECTION('id countries { code }')} }
    }`
    await comparePages(allRelations(bundle), question, keyOfRelation, async (page) => {
      const data = await answer<{ relations: Connection }>(relationsQuery, page)
      return data.relations
    })
  }
})

const keyOfRelation = (node: object) =>
  (node as { countries: { code: string }[] }).countries.map(({ code }) => code).join(',')

const typeOf = {
  VISIT: 'Visit',
  MEETING: 'Meeting',
  STATEMENT: 'Statement',
  AGREEMENT_EVENT: 'AgreementEvent',
  RELATION_EVENT: 'RelationEvent',
}

function hangOn(of: ListQuestion['of'], field: string): string {
  if (!of) return field
  const key = of.field === 'relation' ? `between: ${JSON.stringify(of.name.split(','))}` : `slug: "${of.name}"`
  return `of: ${of.field}(${key}) { ${field} }`
}

const pick = (bundle: Bundle, field: 'person' | 'organization' | 'topic' | 'visit' | 'meeting' | 'agreement') =>
  field === 'person' ? bundle.people : bundle[`${field}s`]

const bySlug = (a: object, b: object) => ((a as { slug: string }).slug < (b as { slug: string }).slug ? -1 : 1)

/** The same record with its countries in order, since nothing says in which order they come. */
function inOrder(record: Record<string, unknown>): Record<string, unknown> {
  const { countries } = record as { countries?: { code: string }[] }
  return countries ? { ...record, countries: countries.map(({ code }) => code).toSorted() } : record
}

const isAfter = (one: BundleRecord<'meetings'>, other: BundleRecord<'meetings'>) =>
  one.after.some((earlier) => 'meeting' in earlier && earlier.meeting === other.slug)

const slugsOf = ({ meetings }: Bundle, passes: (meeting: BundleRecord<'meetings'>) => boolean) =>
  meetings
    .filter(passes)
    .map(({ slug }) => ({ slug }))
    .toSorted(bySlug)

function expectedFacts(bundle: Bundle, day: string) {
  const record = (slug: string | undefined) => (slug === undefined ? null : { slug })
  const attending = (occasion: BundleRecord<'meetings'> | BundleRecord<'visits'>) => {
    const attendees = occasion.participations.map((participation) => {
      const { person, organization, unnamed = null, role, representing, representingOrganization } = participation
      const office = officeOf(bundle, occasion, participation)
      return {
        person: record(person),
        organization: record(organization),
        unnamed,
        role,
        representing: representing ? { code: representing } : null,
        representingOrganization: record(representingOrganization),
        position: record(office?.position.slug),
        positionCertainty: office?.certainty ?? null,
      }
    })
    const participations = attendees
      .filter(({ person }) => person)
      .map(({ person, position, positionCertainty }) => ({ person, position, positionCertainty }))
    return { participations, attendees }
  }
  const positions = bundle.positions.map((position) => {
    const { slug, accreditedTo, accreditedToOrganization, appointed } = position
    const certainty = certaintyOn(day, tenureOf(bundle, position))
    return {
      slug,
      heldOn: certainty,
      held: { certainty },
      accreditedTo: accreditedTo ? { code: accreditedTo } : null,
      accreditedToOrganization: accreditedToOrganization ? { slug: accreditedToOrganization } : null,
      appointed: appointed ? { edtf: appointed } : null,
    }
  })
  const held = (person: string) =>
    listed(bundle, { list: 'positions', filter: { person, on: day }, orderBy: null }).map((slug) => ({ slug }))
  return {
    meetings: bundle.meetings
      .map((meeting) => ({
        slug: meeting.slug,
        ...attending(meeting),
        countries: countriesOfMeeting(meeting),
        topics: topicsOfMeeting(bundle, meeting.slug).map((slug) => ({ slug })),
        time: meeting.time ?? null,
        after: slugsOf(bundle, (one) => isAfter(meeting, one)),
        before: slugsOf(bundle, (one) => isAfter(one, meeting)),
      }))
      .toSorted(bySlug),
    visits: bundle.visits
      .map((visit) => ({
        slug: visit.slug,
        ...attending(visit),
        kind: visit.kind ?? null,
        official: visit.official ? { edtf: visit.official } : null,
        accompanying: sorted(visit.accompanying).map((slug) => ({ slug })),
        accompaniedBy: sorted(
          bundle.visits.filter(({ accompanying }) => accompanying.includes(visit.slug)).map(({ slug }) => slug),
        ).map((slug) => ({ slug })),
      }))
      .toSorted(bySlug),
    statements: bundle.statements
      .map((statement) => ({ slug: statement.slug, countries: countriesOfStatement(bundle, statement) }))
      .toSorted(bySlug),
    agreements: bundle.agreements
      .map((agreement) => ({ slug: agreement.slug, status: statusOf(agreement) }))
      .toSorted(bySlug),
    positions: positions.toSorted(bySlug),
    people: bundle.people.map(({ slug }) => ({ slug, positions: held(slug) })).toSorted(bySlug),
  }
}
