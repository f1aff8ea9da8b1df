import { describe, expect, test } from 'vitest'
import { plainTextOf } from '../../src/reading/document.ts'
import { LONGEST_TEXT, readArticle } from '../../src/reading/read.ts'

describe('a hostile text', () => {
  const long = (piece: string) => piece.repeat(Math.floor(LONGEST_TEXT / piece.length))

  test.each([
    ['one line', long('a')],
    ['one sentence', long('President Rao and ')],
    ['opening marks', long('“')],
    ['marks of all styles', long('“\'"«‘')],
    ['apostrophes', long(" 'a")],
    ['names', long('Al-Xy ')],
    [
      'people',
      Array.from({ length: 6_000 }, (_, i) => `Minister Ab${i}c said`)
        .join('. ')
        .slice(0, LONGEST_TEXT),
    ],
    ['pronouns', long('He said she met him. ')],
    ['the minister', long('The minister said the minister met the minister. ')],
    ['quotations without speakers', long('“We do agree.” ')],
    ['paragraphs of quotations', long('“We do agree.”\n')],
    ['brackets', long('a ( ')],
    ['commas', long('a, ')],
    ['dates', long('3–5 May 2026 ')],
    ['agreements', long('the trade deal signed with India and Norway ')],
    ['accents', long('éć')],
  ])('%s is read in a time that its length bounds', (_, any) => {
    const { sentences } = readArticle(any, { published: '2026-02-05' })
    for (const { items } of sentences) expect(items.length).toBeLessThanOrEqual(250)
  })

  test.each([
    ['open elements', 'html', '<div>'],
    ['open brackets', 'html', '<'],
    ['links', 'markdown', '[a]('],
    ['emphasis', 'markdown', '**a'],
    ['underscores', 'markdown', '_a '],
  ] as const)('of %s in %s becomes plain text', (_, form, piece) => {
    expect(typeof plainTextOf(long(piece), form)).toBe('string')
  })
})
