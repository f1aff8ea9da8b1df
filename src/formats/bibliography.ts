import { graphql } from '../generated/pages/gql.ts'
import type { BibliographyQuery } from '../generated/pages/graphql.ts'
import { permalinkOf } from './permalinks.ts'

/** The sources with these IDs. At most 100. */
export const BIBLIOGRAPHY = graphql(`
  query Bibliography($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Source {
        slug
        title
        url
        language
        published { edtf label beginOfTheBegin endOfTheBegin }
        publisher { name }
      }
    }
  }
`)

type Node = NonNullable<BibliographyQuery['nodes'][number]>

/** A source as reference managers need it. */
export type Cited = Extract<Node, { slug: string }>

export const isCited = (node: Node | null): node is Cited => node !== null && 'slug' in node

/** The slugs of the sources that the data of a page name, each once: what it calls a source, and lists of sources. */
export function sourcesIn(data: unknown): string[] {
  const slugs = new Set<string>()
  const read = (value: unknown, isSource: boolean) => {
    if (Array.isArray(value)) for (const one of value) read(one, isSource)
    else if (typeof value === 'object' && value !== null) {
      const { slug, __typename } = value as { slug?: unknown; __typename?: unknown }
      if ((isSource || __typename === 'Source') && typeof slug === 'string') slugs.add(slug)
      for (const [key, child] of Object.entries(value)) {
        read(child, key === 'source' || key === 'sources' || (isSource && /^(nodes|edges|node)$/.test(key)))
      }
    }
  }
  read(data, false)
  return [...slugs].sort()
}

/** Year, month and day of a date as far as they are known. Empty if not even the year is. */
function datePartsOf({ beginOfTheBegin: first, endOfTheBegin: last }: Cited['published']): number[] {
  if (!first || !last) return []
  const [from, to] = [first.split('-'), last.split('-')]
  const known = from.findIndex((part, i) => part !== to[i])
  return from.slice(0, known < 0 ? 3 : known).map(Number)
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** The address of a source, or its page if it has none. */
const urlOf = ({ url, slug }: Cited, site: string) => url ?? site + permalinkOf('Source', slug)

/** CSL-JSON, which citation processors and reference managers read. */
export const cslOf = (sources: readonly Cited[], site: string): string =>
  JSON.stringify(
    sources.map((source) => {
      const { slug, title, language, publisher, published } = source
      const parts = datePartsOf(published)
      return {
        id: slug,
        type: source.url ? 'webpage' : 'document',
        title: oneLine(title),
        ...(publisher && { author: [{ literal: publisher.name }], publisher: publisher.name }),
        ...(parts.length > 0 && { issued: { 'date-parts': [parts] } }),
        URL: urlOf(source, site),
        ...(language && { language }),
      }
    }),
    null,
    2,
  )

const two = (number: number | undefined) => (number === undefined ? '' : String(number).padStart(2, '0'))

/** RIS: https://en.wikipedia.org/wiki/RIS_(file_format). */
export const risOf = (sources: readonly Cited[], site: string): string =>
  sources
    .map((source) => {
      const { slug, title, language, publisher, published } = source
      const [year, month, day] = datePartsOf(published)
      const lines: [string, string | undefined | null][] = [
        ['TY', source.url ? 'ELEC' : 'GEN'],
        ['ID', slug],
        ['TI', title],
        ['AU', publisher && `${publisher.name},`],
        ['PB', publisher?.name],
        ['PY', year === undefined ? undefined : String(year)],
        ['DA', year === undefined ? undefined : `${year}/${two(month)}/${two(day)}`],
        ['UR', urlOf(source, site)],
        ['LA', language],
        ['ER', ''],
      ]
      return lines
        .filter(([, value]) => typeof value === 'string')
        .map(([tag, value]) => `${tag}  - ${oneLine(value as string)}\r\n`)
        .join('')
    })
    .join('\r\n')

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', $: '\\$', '&': '\\&', '#': '\\#', '^': '\\textasciicircum{}', _: '\\_',
  '%': '\\%', '~': '\\textasciitilde{}',
} // biome-ignore format: a table

const latex = (text: string) => oneLine(text).replaceAll(/[\\{}$&#^_%~]/g, (sign) => LATEX[sign] as string)

/** BibTeX. The names of publishers and titles are in double braces, so that they stay as they are. */
export const bibtexOf = (sources: readonly Cited[], site: string): string =>
  sources
    .map((source) => {
      const { slug, title, language, publisher, published } = source
      const [year, month, day] = datePartsOf(published)
      const fields: [string, string | undefined | null][] = [
        ['title', `{{${latex(title)}}}`],
        ['author', publisher && `{{${latex(publisher.name)}}}`],
        ['publisher', publisher && `{${latex(publisher.name)}}`],
        ['year', year === undefined ? undefined : `{${year}}`],
        ['month', month === undefined ? undefined : MONTHS[month - 1]],
        ['day', day === undefined ? undefined : `{${day}}`],
        ['language', language && `{${latex(language)}}`],
        ['url', `{${urlOf(source, site).replaceAll(/[{}\\]/g, encodeURIComponent)}}`],
      ]
      const given = fields.filter(([, value]) => typeof value === 'string')
      return `@misc{${slug},\n${given.map(([name, value]) => `  ${name} = ${value}`).join(',\n')}\n}\n`
    })
    .join('\n')

/** Tags of a page about a source, from which reference managers such as Zotero read it: Highwire Press and Dublin Core. */
export function citationTags(
  { slug, title, url, language, publisher, published }: Omit<Cited, '__typename'>,
  site: string,
): [name: string, content: string][] {
  const [year, month, day] = datePartsOf(published)
  const parts = [year, month, day].filter((part) => part !== undefined)
  const tags: [string, string | undefined | null][] = [
    ['citation_title', title],
    ['citation_author', publisher?.name],
    ['citation_publisher', publisher?.name],
    ['citation_publication_date', parts.length > 0 ? parts.map(two).join('/') : undefined],
    ['citation_language', language],
    ['citation_public_url', url],
    ['DC.title', title],
    ['DC.creator', publisher?.name],
    ['DC.publisher', publisher?.name],
    ['DC.date', published.edtf],
    ['DC.language', language],
    ['DC.identifier', url ?? site + permalinkOf('Source', slug)],
  ]
  return tags.flatMap(([name, content]) => (content ? [[name, oneLine(content)] as [string, string]] : []))
}
