import { readFileSync } from 'node:fs'
import { bundle } from '../../src/bundle/format.ts'
import { slice } from '../../src/evidence/text.ts'
import { readArticle } from '../../src/reading/read.ts'
import { isSamePerson } from './score.ts'

const seedFile = new URL('../../prisma/seed/india-us-2026-02-05.json', import.meta.url)

/** How many statements of the seed that somebody said are found in its article, and how many have the right speaker. */
export function scoreSeedArticle(file: string): { all: number; found: number; right: number; mistakes: string[] } {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const seed = bundle.parse(JSON.parse(readFileSync(seedFile, 'utf8')))
  const names = new Map([...seed.people, ...seed.organizations].map(({ slug, name }) => [slug, name]))
  const { statements } = readArticle(text)
  const said = seed.statements.filter(({ quotation }) => quotation !== 'OWN')
  const used = new Set<(typeof statements)[number]>()
  const result = { all: said.length, found: 0, right: 0, mistakes: [] as string[] }
  const pairs = said.flatMap((statement) => {
    const passages = statement.citations.map(({ start, end }) => spanOf(text, slice(text, start, end)))
    const within = statements.filter(({ kind, act }) => {
      const isCited = act.content.every((span) =>
        passages.some(({ start, end }) => span.start >= start && span.end <= end),
      )
      return isCited && (kind === 'DIRECT') === (statement.quotation === 'DIRECT')
    })
    return within.map((read) => {
      const words = read.act.content.map(({ start, end }) => text.slice(start, end)).join(' ')
      return { statement, read, likeness: sharedWords(statement.text, words) }
    })
  })
  const readOf = new Map<(typeof said)[number], (typeof statements)[number]>()
  for (const { statement, read } of pairs.sort((one, other) => other.likeness - one.likeness)) {
    // The seed has the parts of a quotation as two statements.
    if (readOf.has(statement) || (read.kind !== 'DIRECT' && used.has(read))) continue
    used.add(read)
    readOf.set(statement, read)
  }
  for (const statement of said) {
    const read = readOf.get(statement)
    if (!read) {
      result.mistakes.push(`missed: ${statement.slug}`)
      continue
    }
    result.found++
    const voices = statement.speakers.map(
      (voice) => names.get('person' in voice ? voice.person : voice.organization) ?? '',
    )
    const own = [...read.speakers.map(({ name }) => name), ...(read.organization ? [read.organization] : [])]
    if (own.length === voices.length && own.every((name) => voices.some((voice) => isSamePerson(voice, name))))
      result.right++
    else result.mistakes.push(`speaker: ${statement.slug} read as ${own.join(', ') || read.attribution}`)
  }
  return result
}

function spanOf(text: string, passage: string) {
  const start = text.indexOf(passage)
  return { start, end: start + passage.length }
}

/** The share of the words of two texts that both have. */
function sharedWords(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])) as [
    Set<string>,
    Set<string>,
  ]
  return [...a].filter((word) => b.has(word)).length / new Set([...a, ...b]).size
}
