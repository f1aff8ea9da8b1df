import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import { recordsOf } from '../../src/bundle/records.ts'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, bytesOf, meeting, person, problemsOf, source, TEXT } from '../fixtures.ts'
import { databaseKinds, openEmpty, removeFacts } from '../support.ts'

/** The source with nothing but its text, and with nothing at all. */
const { sha256: _, length: __, ...withText } = source()
const { text: ___, ...withoutText } = withText

const points = (text: string) => [...text]

type Source = NonNullable<BundleInput['sources']>[number]
type Around = { readonly prefix?: string; readonly suffix?: string }

/** A bundle with a meeting that cites words without their place. */
const quoting = (exact: string, around: Around = {}, from: Source = withText): BundleInput =>
  bundleWith({
    people: [],
    sources: [from],
    meetings: [meeting({ citations: [{ source: 'gazette', exact, ...around }] })],
  })

describe.each(databaseKinds)('on %s, of what a bundle leaves out', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  const load = (bundle: BundleInput, texts = new Map<string | null, string>()) =>
    loadRecords(database, recordsOf(parseBundle(bytesOf(bundle))), { texts })
  const citations = () =>
    database.prisma.citation.findMany({ select: { start: true, end: true, exact: true, prefix: true, suffix: true } })
  const sources = () => database.prisma.source.findMany({ select: { sha256: true, length: true, text: true } })
  const placed = (exact: string, start = points(TEXT.slice(0, TEXT.indexOf(exact))).length) => ({
    start,
    end: start + points(exact).length,
    exact,
    prefix: points(TEXT)
      .slice(Math.max(0, start - 32), start)
      .join(''),
    suffix: points(TEXT)
      .slice(start + points(exact).length, start + points(exact).length + 32)
      .join(''),
  })

  it('the loader computes the hash and length of a text, and the place of words in it', async () => {
    await load(quoting('the town hall'))
    expect(await sources()).toEqual([{ sha256: source().sha256, length: points(TEXT).length, text: TEXT }])
    expect(await citations()).toEqual([placed('the town hall')])
  })

  it.each<[what: string, exact: string, found: string, around?: Around]>([
    ['straight quotation marks and other white space', '"Trade\n  first 🚢,"', '“Trade first 🚢,”'],
    ['the prefix', 'he', 'he', { prefix: 'met Bo Ødegård of Italy 🤝 in t' }],
  ])('the loader finds words by %s, and stores those of the text', async (_what, exact, found, around = {}) => {
    await load(quoting(exact, around))
    const [{ start, exact: words } = { start: 0, exact: '' }] = await citations()
    expect(words).toBe(found)
    expect(
      points(TEXT)
        .slice(start, start + points(found).length)
        .join(''),
    ).toBe(found)
  })

  it('a text that is given beside the bundle is used, but not stored', async () => {
    await load(quoting('the town hall', {}, withoutText), new Map([[null, TEXT]]))
    expect(await sources()).toEqual([{ sha256: source().sha256, length: points(TEXT).length, text: null }])
    expect(await citations()).toEqual([placed('the town hall')])
  })

  it('a stored text is used by a later bundle that only cites it', async () => {
    await load(bundleWith())
    await load({ ...quoting('the town hall'), sources: [] })
    expect(await citations()).toEqual([placed('the town hall')])
  })

  it.each<[what: string, bundle: BundleInput, path: string, message: RegExp]>([
    [
      'words that the text does not have',
      quoting('the city hall'),
      'meetings[0].citations[0].exact',
      /^expected words of the text, got “the city hall”$/,
    ],
    [
      'words in other case, with those of the text',
      quoting('trade First 🚢'),
      'meetings[0].citations[0].exact',
      /^expected words of the text, got “trade First 🚢”; it has “Trade first 🚢”$/,
    ],
    [
      'words that go on otherwise, with those of the text',
      quoting('Bo Ødegård of Italy 🤝 in Rome'),
      'meetings[0].citations[0].exact',
      /; it has “Bo Ødegård of Italy 🤝 in the/,
    ],
    [
      'words that stand at two places, with both places',
      quoting('of I'),
      'meetings[0].citations[0].exact',
      /^“of I” stands at 2 places; expected `prefix` or `suffix` .*: “….*minister \[of I\]ndia.*…” · “….*Ødegård \[of I\]taly/,
    ],
    [
      'words that do not stand after the prefix',
      quoting('the town hall', { prefix: 'behind ' }),
      'meetings[0].citations[0].exact',
      /^“the town hall” stands at 1 place, but not with the given `prefix` and `suffix`: /,
    ],
    [
      'words of a source whose text is not known',
      quoting('met', {}, { ...withoutText, sha256: 'a'.repeat(64), length: 10 }),
      'meetings[0].citations[0].start',
      /^missing; expected the place of the words, or the text of gazette/,
    ],
    [
      'a source without its text',
      quoting('met', {}, withoutText),
      'sources[0].sha256',
      /^missing; expected it, or the text/,
    ],
  ])('%s are refused', async (_what, bundle, path, message) => {
    const [problem] = await problemsOf(() => load(bundle))
    expect(problem).toEqual({ path, message: expect.stringMatching(message) })
  })

  it('a source that lacks its text is the only problem, whatever cites it', async () => {
    const bundle = { ...quoting('met', {}, withoutText), people: [person('ada')] }
    const paths = (await problemsOf(() => load(bundle))).map(({ path }) => path)
    expect(paths).toEqual(['sources[0].sha256', 'sources[0].length'])
  })

  it('a given text with another hash is refused', async () => {
    const problems = await problemsOf(() => load(bundleWith(), new Map([['gazette', 'another text']])))
    expect(problems).toEqual([{ path: 'sources[0].sha256', message: expect.stringContaining('text of --text is') }])
  })
})
