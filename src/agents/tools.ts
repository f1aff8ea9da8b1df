import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { idAtPermalink } from '../formats/permalinks.ts'
import type { AgentEntryFragment } from '../generated/pages/graphql.ts'
import { type Asking, QueryFailed } from './asking.ts'
import { LOCATE, OFFICE, RECORD, RELATION, SEARCH, TIMELINE, VERIFY_QUOTES } from './documents.ts'
import { recordOf, titleOf } from './record.ts'
import { addressOf, citationsOf, cut, failureOf, NOT_KNOWN, nextOf, resultOf, sourceText } from './results.ts'

const READS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false }

const code = z.string().min(2).max(60).describe('Country: ISO 3166 code or name, e.g. IN or India')
const day = z.iso.date().describe('Day, YYYY-MM-DD')
const after = z.string().max(500).optional().describe('Cursor from `next` of the last result')
const first = (most: number, standard: number) =>
  z.number().int().min(1).max(most).default(standard).describe(`Number of results, at most ${most}`)

/** Registers the tools. They read only. */
export function addTools(server: McpServer, { site, ask, query }: Asking): void {
  /** Registers a tool whose failures the model can read. */
  function tool<Input extends z.ZodObject>(
    name: string,
    title: string,
    description: string,
    inputSchema: Input,
    run: (input: z.infer<Input>) => Promise<ReturnType<typeof resultOf>>,
  ): void {
    const config = { title, description, inputSchema, annotations: READS }
    server.registerTool(name, config, (async (input: z.infer<Input>) => {
      try {
        return await run(input)
      } catch (error) {
        if (error instanceof QueryFailed) return failureOf(error.message)
        throw error
      }
    }) as never)
  }

  tool(
    'search',
    'Search records',
    'Find people, organizations, topics, meetings, visits, statements, agreements, events and sources by words. Returns ids for `fetch`. Quoted "phrases", or, and -word work.',
    z.object({ query: z.string().min(1).max(300), first: first(20, 10), after }),
    async ({ query, first, after }) => {
      const { search } = await ask(SEARCH, { query, first, after: after ?? null })
      const results = search.nodes.map(({ node, excerpt }) => {
        const day = 'when' in node ? node.when.label : 'published' in node ? node.published.label : undefined
        const url = addressOf(site, node.__typename, node.slug)
        return {
          id: url.slice(site.length),
          title: titleOf(node.__typename, node.label),
          url,
          ...(day && { date: day }),
          text: sourceText(plain(excerpt), 400),
        }
      })
      if (results.length === 0) return resultOf({ results, notKnown: NOT_KNOWN })
      return resultOf({ results, total: search.totalCount, ...nextOf(search.pageInfo) })
    },
  )

  tool(
    'fetch',
    'Read a record',
    'Read one record with its citations, by an id of `search` or a permalink such as meetings/SLUG, people/SLUG, relations/IN-US. Long source texts come in parts: pass `from`.',
    z.object({
      id: z.string().min(1).max(500),
      from: z.number().int().min(0).default(0).describe('Start in a source text'),
    }),
    async ({ id, from }) => {
      const path = (id.startsWith(site) ? id.slice(site.length) : id).split(/[?#]/, 1)[0] ?? ''
      const record = idAtPermalink(path)
      const node = record ? (await ask(RECORD, { id: record })).node : null
      if (!node) return resultOf({ id, notKnown: 'There is no record with this id. Use `search` to find ids.' })
      return resultOf({ id: path, ...recordOf(node, site, site + path, from) })
    },
  )

  tool(
    'relation',
    'Overview of a relation',
    'What is recorded between two states: counts, first and last day, diplomatic relations today or on a day, agreements with status, topics, and the latest five entries with citations. For more use `timeline`.',
    z.object({ one: code, other: code, on: day.optional() }),
    async ({ one, other, on = new Date().toISOString().slice(0, 10) }) => {
      const { relation } = await ask(RELATION, { between: [one, other], on })
      if (!relation) return resultOf({ notKnown: NOT_KNOWN })
      const { countries, coverage, status, agreements, topics, timeline } = relation
      const { sources, ...counts } = coverage
      return resultOf({
        countries,
        url: addressOf(site, 'Relation', countries.map(({ code }) => code).join('-')),
        recorded: counts,
        diplomaticRelations: { on, ...status },
        agreements: agreements.nodes.map(({ slug, title, status }) => ({
          title: cut(title, 200),
          status,
          url: addressOf(site, 'Agreement', slug),
        })),
        topics: topics.map(({ topic: { slug, name } }) => ({ name, slug })),
        mostCitedSources: sources.map(({ source, count }) => ({
          title: titleOf('Source', source.title),
          count,
          url: addressOf(site, 'Source', source.slug),
        })),
        latest: timeline.entries.map(entryOf),
        ...(timeline.totalCount === 0 && { notKnown: NOT_KNOWN }),
      })
    },
  )

  const entryOf = (entry: AgentEntryFragment) => {
    const [type, slug] =
      'agreement' in entry ? ['Agreement', entry.agreement.slug] : [entry.__typename, 'slug' in entry ? entry.slug : '']
    return {
      title: titleOf(entry.__typename, entry.title),
      when: entry.when.label,
      type: entry.__typename,
      ...('quotation' in entry && { form: entry.quotation, text: sourceText(entry.text, 600) }),
      url: addressOf(site, type as string, slug as string),
      citations: citationsOf(entry.citations, site).slice(0, 2),
    }
  }

  tool(
    'timeline',
    'Timeline of a relation',
    'Meetings, visits, statements, agreement events and relation events between two states, with citations; narrowed by days, kinds and topics (slugs).',
    z.object({
      one: code,
      other: code,
      from: day.optional(),
      to: day.optional(),
      kinds: z.array(z.enum(['MEETING', 'VISIT', 'STATEMENT', 'AGREEMENT_EVENT', 'RELATION_EVENT'])).optional(),
      topics: z.array(z.string().max(100)).max(10).optional(),
      newestFirst: z.boolean().default(true),
      first: first(15, 10),
      after,
    }),
    async ({ one, other, from, to, kinds, topics, newestFirst, first, after }) => {
      const { relation } = await ask(TIMELINE, {
        between: [one, other],
        during: from || to ? { from: from ?? null, to: to ?? null } : null,
        kinds: kinds?.length ? kinds : null,
        topics: topics?.length ? topics : null,
        orderBy: newestFirst ? 'NEWEST_FIRST' : 'OLDEST_FIRST',
        first,
        after: after ?? null,
      })
      if (!relation || relation.timeline.totalCount === 0) return resultOf({ entries: [], notKnown: NOT_KNOWN })
      const { entries, totalCount, pageInfo } = relation.timeline
      return resultOf({ entries: entries.map(entryOf), total: totalCount, ...nextOf(pageInfo) })
    },
  )

  tool(
    'who_held_office',
    'Who held an office',
    'Holders of an office of a state or organization, on a day or over time, with the certainty and its reason. Give `on` for "who was … when". Leave `title` out to list the offices held.',
    z.object({
      title: z.string().max(200).optional().describe('Complete title, e.g. Prime Minister'),
      country: code.optional(),
      organization: z.string().max(100).optional().describe('Slug'),
      person: z.string().max(100).optional().describe('Slug or name'),
      on: day.optional(),
      first: first(20, 10),
      after,
    }),
    async ({ title, country, organization, person, on, first, after }) => {
      if (!title && !country && !organization && !person)
        return failureOf('Expected at least one of title, country, organization and person.')
      const filter = {
        title: title ?? null,
        country: country ?? null,
        organization: organization ?? null,
        person: person ?? null,
        on: on ?? null,
      }
      const { positions } = await ask(OFFICE, {
        filter,
        first,
        after: after ?? null,
        on: on ?? '2000-01-01',
        hasDay: Boolean(on),
      })
      const holders = positions.nodes.map(({ person, country, organization, tenure, held, citations, ...office }) => ({
        person: person.name,
        office: office.title,
        of: country?.name ?? organization?.name,
        tenure: tenure.label,
        ...(held && { onThatDay: held }),
        url: addressOf(site, 'Person', person.slug),
        citations: citationsOf(citations, site).slice(0, 2),
      }))
      if (holders.length === 0)
        return resultOf({
          holders,
          notKnown: `${NOT_KNOWN} The title must be complete; leave it out to list the offices of the country on that day.`,
        })
      return resultOf({ holders, total: positions.totalCount, ...nextOf(positions.pageInfo) })
    },
  )

  tool(
    'locate',
    'Find the source of words',
    'Find facts whose cited passages have these words, e.g. for a sentence without a source.',
    z.object({ text: z.string().min(3).max(2_000), first: first(10, 5), after }),
    async ({ text, first, after }) => {
      const { locate } = await ask(LOCATE, { text, first, after: after ?? null })
      const places = locate.nodes.map(({ fact, ...citation }) => ({
        fact: {
          type: fact.__typename,
          title: 'title' in fact ? titleOf(fact.__typename, fact.title) : undefined,
          url: factAddress(fact),
        },
        ...citationsOf([citation], site)[0],
      }))
      if (places.length === 0)
        return resultOf({
          places,
          notKnown: 'No cited passage has these words. Use verify_quotes to compare them with whole texts.',
        })
      return resultOf({ places, total: locate.totalCount, ...nextOf(locate.pageInfo) })
    },
  )

  const factAddress = (fact: { __typename: string; slug?: string; person?: { slug: string } }) => {
    if (fact.person) return addressOf(site, 'Person', fact.person.slug)
    return fact.slug ? addressOf(site, fact.__typename, fact.slug) : undefined
  }

  tool(
    'verify_quotes',
    'Check quotations',
    'Check whether quotations are real, word by word, before you give them. EXACT and VARIANT: real. ALTERED, STITCHED, MISATTRIBUTED, PARAPHRASE_IN_QUOTES, NOT_FOUND: do not quote. TEXT_NOT_HELD: cannot be checked here; say so.',
    z.object({
      items: z
        .array(
          z.object({
            text: z.string().min(1).max(5_000),
            speaker: z.string().max(200).optional().describe('Name or slug'),
            source: z.string().max(200).optional().describe('Slug'),
            on: day.optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
    async ({ items }) => {
      const { verifyQuotes } = await ask(VERIFY_QUOTES, {
        items: items.map(({ text, speaker, source, on }) => ({
          text,
          speaker: speaker ?? null,
          source: source ?? null,
          on: on ?? null,
        })),
      })
      const checks = verifyQuotes.map(({ text, grade, explanation, differences, places }) => ({
        text: cut(text, 300),
        grade,
        explanation: sourceText(explanation, 500),
        ...(differences.length > 0 && { differences: sourceText(JSON.stringify(differences), 600) }),
        nearest: places.slice(0, 2).map(({ exact, reference, source, start }) => ({
          words: sourceText(exact, 300),
          footnote: sourceText(reference, 400),
          address: `${addressOf(site, 'Source', source.slug)}?from=${start}`,
        })),
      }))
      return resultOf({ checks })
    },
  )

  tool(
    'query',
    'GraphQL query',
    'Any read-only GraphQL query, for what the other tools cannot do. Introspect with __type(name:) for fields. Ask for few fields and small pages.',
    z.object({ query: z.string().min(1).max(5_000), variables: z.record(z.string(), z.unknown()).default({}) }),
    async ({ query: text, variables }) => {
      const result = await query(text, variables)
      return resultOf({ result: sourceText(JSON.stringify(result), 20_000) })
    },
  )
}

/** The text of an excerpt, which is HTML. */
const plain = (html: string) =>
  html
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
