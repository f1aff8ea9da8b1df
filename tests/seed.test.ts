import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Bundle, Citation } from '../src/bundle/format.ts'
import { parseBundle } from '../src/bundle/reading/parse.ts'
import { codePoints, sha256, sourceText } from '../src/evidence/text.ts'
import { verify } from '../src/evidence/verify.ts'

const folder = new URL('../prisma/seed/', import.meta.url)

/** The article is not ours to publish. Whoever has it sets ARTICLE_TEXT to its file. */
const article = process.env['ARTICLE_TEXT'] ?? ''

/** Every object within a value, itself included. */
function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return
  yield value
  for (const part of Object.values(value)) yield* objectsIn(part)
}

const citationsIn = (value: unknown) => [...objectsIn(value)].filter((object): object is Citation => 'exact' in object)

const words = (text: string) => text.split(/\s+/).filter(Boolean)

/** What officials said and the source prints between quotation marks. */
const quotedOfOfficials = (bundle: Bundle): string[] =>
  bundle.statements
    .filter(({ speakers }) => speakers.length > 0 && speakers.every((voice) => 'person' in voice))
    .flatMap(({ quoted }) => quoted)

describe.each(readdirSync(folder))('the bundle %s', (file) => {
  const bundle = parseBundle(readFileSync(new URL(file, folder)))

  it('has facts of every kind, except events of diplomatic relations, of which the article has none', () => {
    const { format: _, version: __, relationEvents: ___, withdraw: ____, ...lists } = bundle
    expect(Object.entries(lists).filter(([, records]) => records.length === 0)).toEqual([])
  })

  it('has no texts of sources', () => {
    expect(bundle.sources.filter(({ text }) => text !== undefined)).toEqual([])
  })

  it('has no excerpt of more than 20 words that are not an official’s quoted ones', () => {
    const quoted = quotedOfOfficials(bundle)
    const long = citationsIn(bundle).filter(({ exact }) => words(exact).length > 20)
    expect(long.filter(({ exact }) => !quoted.some((said) => said.includes(exact)))).toEqual([])
  })

  it('quotes only words that the statement’s citations show', () => {
    const missing = bundle.statements.flatMap(({ slug, quoted, citations }) =>
      quoted
        .filter((said) => !citations.some(({ exact }) => exact.includes(said) || said.includes(exact)))
        .map((said) => ({ slug, said })),
    )
    expect(missing).toEqual([])
  })
})

describe.runIf(article)('the article of the bundle india-us-2026-02-05.json', () => {
  const bundle = parseBundle(readFileSync(new URL('india-us-2026-02-05.json', folder)))
  const text = article ? sourceText(readFileSync(article)) : ''

  it('has the hash and the length that the bundle says', () => {
    expect(bundle.sources).toMatchObject([{ sha256: sha256(text), length: codePoints(text) }])
  })

  it('has the words of every citation in their place', () => {
    const citations = citationsIn(bundle)
    expect(citations.length).toBeGreaterThan(50)
    expect(citations.filter((citation) => verify(citation, text) !== 'VERIFIED')).toEqual([])
  })

  it('shares no 21 words in a row with the bundle, except words of officials', () => {
    const quoted = quotedOfOfficials(bundle).map((said) => words(said).join(' '))
    const runs = words(text)
      .map((_, i, all) => all.slice(i, i + 21).join(' '))
      .slice(0, -20)
    const strings = [...objectsIn(bundle)].flatMap(Object.values).filter((value) => typeof value === 'string')
    const written = strings.map((value) => words(value).join(' '))
    const repeated = runs.filter(
      (run) => written.some((value) => value.includes(run)) && !quoted.some((said) => said.includes(run)),
    )
    expect(repeated).toEqual([])
  })
})
