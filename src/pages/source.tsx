import type { Child, FC } from 'hono/jsx'
import { codePoints } from '../evidence/text.ts'
import { citationTags } from '../formats/bibliography.ts'
import { graphql } from '../generated/pages/gql.ts'
import type { SourcePageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { BadParameter, definePage, given } from './page.ts'
import { CitedFact, described } from './parts/cited-fact.tsx'
import { DataTable } from './parts/data-table.tsx'
import { Excerpt } from './parts/evidence.tsx'
import { Fields } from './parts/fields.tsx'
import { OrganizationLink } from './parts/links.tsx'
import { type Block, blocksOf, nameOf, type Passage, passagesOf } from './parts/passages.ts'
import { PageLink, Section, Title } from './parts/section.tsx'
import { Sign, verifications } from './parts/signs.tsx'
import { SourceMap, SourceMapFile } from './parts/source-map.tsx'
import { capital, counted, grouped, shortened } from './parts/words.ts'

/** The longest page of the schema has 100 citations. The last one tells where the next page starts. */
const PAGE_SIZE = 99

/** Number of facts that a passage shows at once. */
const FEW = 6

/** Longest text without citations that is shown whole, in UTF-16 code units. */
const LONGEST_UNCITED = 6_000

/** What the right end of the map is. */
function endOf({ density, fullText }: Source): string {
  const length = density.at(-1)?.end ?? 0
  return `${grouped(length)} characters${fullText === null ? ' to the end of the last citation' : ''}`
}

export const sourcePage = definePage({
  path: '/sources/:slug',
  document: graphql(`
    query SourcePage(
      $slug: String!
      $first: Int
      $after: String
      $last: Int
      $before: String
      $filter: CitationFilter
      $isPart: Boolean!
    ) {
      source(slug: $slug) {
        slug
        title
        url
        language
        license
        note
        sha256
        fullText
        published { edtf label beginOfTheBegin endOfTheBegin }
        publisher { slug name }
        editions { sha256 isPresent published importedAt }
        density(parts: 240) { start end citations }
        citations(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
          edges { cursor node { ...SourceCitation } }
          pageInfo { hasNextPage hasPreviousPage }
        }
        whole: citations(first: 100) @include(if: $isPart) {
          edges { cursor node { ...SourceCitation } }
          pageInfo { hasNextPage hasPreviousPage }
        }
      }
    }

    fragment SourceCitation on Citation {
      id
      start
      end
      prefix
      exact
      suffix
      supports
      stance
      verification
      edition { isPresent published }
      fact { ...CitedFact }
    }
  `),
  variables({ params: { slug = '' }, query }) {
    if (!SLUG.test(slug)) return undefined
    const before = query.get('before')
    const from = query.get('from')
    const page = before ? { last: PAGE_SIZE, before } : { first: PAGE_SIZE + 1, after: given(query, 'after') }
    if (from !== null && !/^\d{1,9}$/.test(from))
      throw new BadParameter('from', 'the place of a character, such as 1200', from)
    return { slug, ...page, filter: from === null ? null : { startsFrom: Number(from) }, isPart: from !== null }
  },
  address: ({ source }) => source && `/sources/${source.slug}`,
  tags: ({ source }, { site }) => (source ? citationTags(source, site) : []),
  title: ({ source }) => source?.title ?? '',
  description: ({ source }) =>
    `${source?.title}, ${source?.publisher?.name ?? 'publisher not recorded'}, ${source?.published.label}: the passages that facts rest on, and where they stand in the text.`,
  render({ source }, { query }) {
    if (!source) return null
    const view = viewOf(source, query)
    const { citations, passages, total, isAll } = view
    return (
      <>
        <Title
          kind="Source"
          name={bracketed(source.title)}
          isLong
          lede={<Lede source={source} total={total} passages={passages} isAll={isAll} />}
          aside={<Checked source={source} citations={citations} isAll={isAll} />}
        />
        {total > 0 && (
          <Section title="Where it is cited" note={<MapNote source={source} isAll={isAll} />}>
            <CitedPlaces source={source} view={view} />
          </Section>
        )}
        <Reading source={source} view={view} query={query} />
        <About source={source} />
      </>
    )
  },
  image({ source }, { query }) {
    if (!source) return null
    const { isAll, passages, total } = viewOf(source, query)
    const places = { parts: source.density, ...(isAll && { passages }), endsWith: endOf(source) }
    return total > 0 ? <SourceMapFile title={`${source.title}: where it is cited`} {...places} /> : null
  },
  table: ({ source }, { query }) => ({
    columns: ['start', 'end', 'words', 'fact', 'in words', 'supports', 'stance', 'verification'],
    rows: (source ? viewOf(source, query).citations : []).map((citation) => {
      const { kind, words, more } = described(citation.fact)
      const { start, end, exact, supports, stance, verification } = citation
      return [start, end, exact, kind, more ? `${words}, ${more}` : words, supports.join(' '), stance, verification]
    }),
  }),
})

type Source = NonNullable<SourcePageQuery['source']>
type Citation = Source['citations']['edges'][number]['node']

/** What the page shows of a source. */
interface View {
  /** The citations of the present text on this page. */
  readonly citations: readonly Citation[]
  /** Citations on this page of texts that the source had before. Their places are those of another text. */
  readonly former: readonly Citation[]
  readonly passages: readonly Passage<Citation>[]
  /** Number of citations of the present text. */
  readonly total: number
  /** True if this page has all citations. */
  readonly isAll: boolean
  /** The part of the text that this page shows. */
  readonly shown: { readonly start: number; readonly end: number }
  /** The queries of the pages before and after this one. */
  readonly earlier?: URLSearchParams
  readonly later?: URLSearchParams
}

function viewOf(source: Source, query: URLSearchParams): View {
  // A link into a source with few citations leads to the whole of it.
  const whole = source.whole && !source.whole.pageInfo.hasNextPage ? source.whole : undefined
  const { edges, pageInfo } = whole ?? source.citations
  const isBackward = !whole && query.has('before')
  const page = whole || isBackward ? edges : edges.slice(0, PAGE_SIZE)
  const next = whole || isBackward ? undefined : edges[PAGE_SIZE]
  const all = page.map(({ node }) => node)
  const citations = all.filter(({ edition }) => edition.isPresent)
  const length = source.density.at(-1)?.end ?? (source.fullText ? codePoints(source.fullText) : 0)
  const start = citations[0]?.start ?? 0
  const until = Number(query.get('until'))
  const isFirst = whole || isBackward ? !pageInfo.hasPreviousPage : !query.has('after') && !query.has('from')
  const isLast = isBackward ? false : !next
  const nextStart = next?.node.start ?? (until >= start && until <= length ? until : 0)
  const end = isLast ? length : Math.max(nextStart, ...citations.map(({ end }) => end))
  const first = page[0]
  const last = page.at(-1)
  return {
    citations,
    former: all.filter(({ edition }) => !edition.isPresent),
    passages: passagesOf(citations, source.fullText ?? null),
    total: source.density.reduce((sum, part) => sum + part.citations, 0),
    isAll: isFirst && isLast,
    shown: { start: isFirst ? 0 : start, end },
    ...(!isFirst && first && { earlier: new URLSearchParams({ before: first.cursor, until: String(start) }) }),
    ...(!isLast && last && { later: new URLSearchParams({ after: last.cursor }) }),
  }
}

/** The brackets say that the editors supplied a title. */
function bracketed(title: string): Child {
  const supplied = suppliedTitle(title)
  if (supplied === undefined) return title
  return (
    <>
      <span class="bracket">[</span>
      {supplied}
      <span class="bracket">]</span>
    </>
  )
}

const suppliedTitle = (title: string) => /^\[(.*)\]$/s.exec(title)?.[1]

const Lede: FC<{ source: Source; total: number; passages: readonly unknown[]; isAll: boolean }> = ({
  source: { title, publisher, published, fullText },
  total,
  passages,
  isAll,
}) => (
  <p>
    {suppliedTitle(title) !== undefined && 'The title is supplied: the document has none. '}
    {publisher ? (
      <>
        Published by <OrganizationLink organization={publisher} />,
      </>
    ) : (
      'Published'
    )}{' '}
    {published.label}.{' '}
    {total === 0 ? (
      'Nothing here cites it yet.'
    ) : (
      <strong>
        {counted(total, 'citation')}
        {isAll && ` of ${counted(passages.length, 'passage')}`}.
      </strong>
    )}{' '}
    {fullText === null
      ? 'Its text is not stored: what follows are the cited words, in reading order.'
      : 'Its text is stored: what follows is the text, with the cited words marked.'}
  </p>
)

/** Whether the citations on this page were compared with the text, and what that means. */
const Checked: FC<{ source: Source; citations: readonly Citation[]; isAll: boolean }> = ({
  source: { fullText, slug },
  citations,
  isAll,
}) => {
  if (fullText === null) {
    return (
      <div class="slip-state">
        <Sign name="text-not-held" />
        <div>
          <h2>Text not stored</h2>
          <p>
            Only the cited words and their places are stored here. They can be checked after the text is attached:{' '}
            <code>bilateral attach-text {slug} FILE</code>
          </p>
        </div>
      </div>
    )
  }
  if (citations.length === 0) return null
  const wrong = citations.filter(({ verification }) => verification === 'MISMATCH').length
  const state = wrong === 0 ? 'VERIFIED' : 'MISMATCH'
  const where = isAll ? '' : ' on this page'
  return (
    <div class="slip-state">
      <Sign name={verifications[state].sign} />
      <div>
        <h2>{wrong === 0 ? 'Verified' : counted(wrong, 'mismatch', 'mismatches')}</h2>
        <p>
          {wrong === 0
            ? `The cited words of all ${counted(citations.length, 'citation')}${where} stand at their place in the stored text.`
            : `${grouped(citations.length - wrong)} of ${counted(citations.length, 'citation')}${where} have the words of the stored text at their place. The others do not.`}
        </p>
      </div>
    </div>
  )
}

const MapNote: FC<{ source: Source; isAll: boolean }> = ({ isAll }) => (
  <>
    The text from left to right.{' '}
    {isAll
      ? 'A bar is a passage; the stronger its shade, the more citations.'
      : 'The higher a bar, the more citations start there. The line below marks what this page shows.'}
  </>
)

const CitedPlaces: FC<{ source: Source; view: View }> = ({ source, view }) => {
  const { density } = source
  const { passages, isAll, shown } = view
  return (
    <>
      <SourceMap parts={density} shown={shown} endsWith={endOf(source)} {...(isAll && { passages })} />
      <div class="map-foot">
        {isAll ? (
          <p class="shades">
            {(['1–2 citations', '3–7', '8 and more'] as const).map((words, i) => (
              <span>
                <svg viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
                  <rect width="22" height="10" class={`shade-${i + 1}`} />
                </svg>{' '}
                {words}
              </span>
            ))}
          </p>
        ) : (
          <form class="go-to">
            <label for="go-to">Go to character</label>
            <input
              id="go-to"
              name="from"
              inputmode="numeric"
              pattern="[0-9]{1,9}"
              size={8}
              required
              value={shown.start}
            />
            <button type="submit" class="button">
              Go
            </button>
          </form>
        )}
        <DataTable
          caption="How many citations each part of the text has"
          table={
            isAll
              ? {
                  columns: ['from character', 'to', 'citations'],
                  rows: passages.map(({ start, end, citations }) => [start, end, citations.length]),
                }
              : {
                  columns: ['from character', 'to', 'citations'],
                  rows: density
                    .filter(({ citations }) => citations > 0)
                    .map(({ start, end, citations }) => [start, end, citations]),
                }
          }
        />
      </div>
    </>
  )
}

/** The text, or what is known of it, with the facts beside their words. */
const Reading: FC<{ source: Source; view: View; query: URLSearchParams }> = ({ source: { fullText }, view }) => {
  const { passages, former, shown, isAll, earlier, later, total, citations } = view
  // A single passage can have more citations than a page.
  const goesOn = passages.length > 1 || passages[0]?.end !== shown.end
  const range = `Characters ${grouped(shown.start)} to ${grouped(shown.end)}`
  const note =
    total === 0
      ? undefined
      : isAll
        ? fullText === null
          ? 'Left, the place in the text; middle, the exact words; right, what they support.'
          : 'On yellow, the cited words; paler, what else their passages have. Each leads to the facts beside it.'
        : `${range}; ${grouped(citations.length)} of ${counted(total, 'citation')}. Passages that start before are on the page before.`
  return (
    <Section title={fullText === null ? 'Passages' : 'Text'} id="text" note={note}>
      {earlier && (
        <PageLink query={earlier} rel="prev">
          Earlier in the text
        </PageLink>
      )}
      {fullText === null ? (
        <div class="reading">
          {passages.map((passage) => (
            <Words passage={passage} />
          ))}
        </div>
      ) : (
        <div class="reading">
          {blocksOf(fullText, shown, passages).map((block) => (
            <Lines block={block} />
          ))}
        </div>
      )}
      {former.length > 0 && (
        <>
          <h3 class="former">Words of earlier editions</h3>
          <div class="reading">
            {passagesOf(former, null).map((passage) => (
              <Words passage={passage} />
            ))}
          </div>
        </>
      )}
      {later && (
        <PageLink query={later} rel="next">
          {goesOn ? 'Later in the text' : 'More citations'}
        </PageLink>
      )}
    </Section>
  )
}

/** A passage of a text that is not stored. Citations of the same passage may have different excerpts of it. */
const Words: FC<{ passage: Passage<Citation> }> = ({ passage }) => {
  const excerpts = new Map<string, Citation[]>()
  for (const citation of passage.citations) {
    const words = [citation.prefix, citation.exact, citation.suffix].join('\n')
    excerpts.set(words, [...(excerpts.get(words) ?? []), citation])
  }
  return (
    <article class="cited" id={`p${nameOf(passage)}`}>
      <Place passage={passage} />
      <div>
        {[...excerpts.values()].map((citations) => (
          <div class="excerpt">
            {citations[0] && <Excerpt passage={citations[0]} />}
            <Facts citations={citations} />
          </div>
        ))}
      </div>
    </article>
  )
}

const Place: FC<{ passage: Passage<unknown> }> = ({ passage }) => (
  <p class="place">
    <a href={`#p${nameOf(passage)}`}>
      <span class="visually-hidden">Characters </span>
      {grouped(passage.start)}–{grouped(passage.end)}
    </a>
  </p>
)

/** Lines of the text, and the facts that rest on their words. */
const Lines: FC<{ block: Block<Passage<Citation>> }> = ({ block: { segments, passages } }) => (
  <div class={passages.length > 0 ? 'lines is-cited' : 'lines'}>
    <div class="words" dir="auto">
      {segments.map(({ text, covering, starting, isQuoted }) => {
        const innermost = covering.at(-1)
        return innermost ? (
          <>
            {starting.map((passage) => (
              <span id={`p${nameOf(passage)}`} class="anchor" />
            ))}
            <a
              href={`#facts-${nameOf(innermost)}`}
              class={isQuoted ? 'to-facts' : 'to-facts is-around'}
              data-passages={covering.map(nameOf).join(' ')}
              {...(starting.length === 0 && { tabindex: -1 })}
            >
              <mark>{text}</mark>
            </a>
          </>
        ) : (
          shortenedInside(text)
        )
      })}
    </div>
    {passages.length > 0 && (
      <div class="margin">
        {passages.map((passage) => (
          <div class="passage-facts" id={`facts-${nameOf(passage)}`} data-passage={nameOf(passage)}>
            <Place passage={passage} />
            <Facts citations={passage.citations} />
          </div>
        ))}
      </div>
    )}
  </div>
)

/** A text, or its beginning and its end if it is long. */
function shortenedInside(text: string): Child {
  if (text.length <= LONGEST_UNCITED) return text
  const left = text.length - LONGEST_UNCITED / 2
  return (
    <>
      {text.slice(0, LONGEST_UNCITED / 4)}
      <span class="left-out">
        … about {grouped(Math.round(left / 100) * 100)} characters that nothing cites; the JSON has them …
      </span>
      {text.slice(-LONGEST_UNCITED / 4)}
    </>
  )
}

const Facts: FC<{ citations: readonly Citation[] }> = ({ citations }) => {
  const rest = citations.slice(FEW)
  return (
    <div class="facts">
      <FactList citations={citations.slice(0, FEW)} />
      {rest.length > 0 && (
        <details>
          <summary>{grouped(rest.length)} more</summary>
          <FactList citations={rest} />
        </details>
      )}
    </div>
  )
}

const FactList: FC<{ citations: readonly Citation[] }> = ({ citations }) => (
  <ul aria-label="Facts that cite these words">
    {citations.map(({ fact, supports, stance, verification }) => (
      <li>
        <CitedFact fact={fact} supports={supports} isAgainst={stance === 'CONTRADICTS'} />
        {verification === 'MISMATCH' && (
          <span class="mismatch">
            <Sign name="mismatch" /> the text has other words here
          </span>
        )}
      </li>
    ))}
  </ul>
)

const About: FC<{ source: Source }> = ({ source }) => {
  const { publisher, published, language, license, sha256, url, editions, note, fullText } = source
  return (
    <Section title="The document">
      <Fields
        fields={[
          ['Publisher', publisher ? <OrganizationLink organization={publisher} /> : <Unknown />],
          ['Published', published.label],
          ['Language', language ? languageName(language) : <Unknown />],
          ['Licence', license ? <bdi>{license}</bdi> : <Unknown />],
          ['Length of the text', fullText !== null && `${grouped(codePoints(fullText))} characters`],
          ['SHA-256 of the text', <code>{sha256}</code>],
          [
            'Address',
            url ? (
              <a href={url} rel="noreferrer">
                {shortened(url.replace(/^https?:\/\//, ''), 60)}
              </a>
            ) : (
              <span class="soft">none known</span>
            ),
          ],
        ]}
      />
      {editions.length > 1 && (
        <DataTable
          caption="Editions"
          summary={`${grouped(editions.length)} editions`}
          table={{
            columns: ['published', 'imported', 'SHA-256', ''],
            rows: editions.map(({ published, importedAt, sha256, isPresent }) => [
              published,
              importedAt?.slice(0, 10) ?? 'not recorded',
              sha256,
              isPresent ? 'present text' : null,
            ]),
          }}
        />
      )}
      {note && (
        <details class="behind">
          <summary>Remark by the editors</summary>
          <p class="prose" dir="auto">
            {note}
          </p>
        </details>
      )}
    </Section>
  )
}

const Unknown: FC = () => <span class="soft">not recorded</span>

/** The English name of a language: `en` becomes `English`. */
function languageName(tag: string): string {
  try {
    return capital(new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag)
  } catch {
    return tag
  }
}
