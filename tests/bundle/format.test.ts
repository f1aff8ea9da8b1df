import { describe, expect, it } from 'vitest'
import { LARGEST_BUNDLE, parseBundle } from '../../src/bundle/reading/parse.ts'
import {
  agreement,
  attended,
  bundleWith,
  bytesOf,
  citation,
  meeting,
  person,
  position,
  problemsOf,
  relationEvent,
  source,
  statement,
  visit,
} from '../fixtures.ts'

const parse = (value: unknown) => () => parseBundle(typeof value === 'string' ? Buffer.from(value) : bytesOf(value))

describe('bytes that are not a bundle are refused', () => {
  it('as undecodable', async () => {
    const problems = await problemsOf(() => parseBundle(Buffer.from('{"name":"Zürich"}', 'latin1')))
    expect(problems).toEqual([{ path: '', message: 'expected UTF-8' }])
  })

  it.each([
    [
      '{\n "people": [\n  {"slug": "a" "name": "A"}]\n}',
      'line 3, column 16',
      "Expected ',' or '}' after property value",
    ],
    ['{\n "people": [],\n}', 'line 3, column 1', 'Expected double-quoted property name'],
    ['{\n "people": [', 'line 2, column 13', 'Unexpected end of JSON input'],
    ['{\n "name": "A\n"}', 'line 2, column 12', 'Bad control character in string literal'],
    ['{\n "name": Ada,\n "names": []\n}\n', 'line 2, column 10', "Unexpected token 'A'"],
    ['', 'line 1, column 1', 'Unexpected end of JSON input'],
  ])('as not JSON, with the place: %j', async (text, path, message) => {
    expect(await problemsOf(parse(text))).toEqual([{ path, message: `expected JSON: ${message}` }])
  })

  it.each([
    ['{\n "people": [],\n "people": []\n}', 'line 3, column 2', '"people"'],
    [
      '{"topics": [{"slug": "a\\"b\\\\", "names": ["slug", {}], "sl\\u0075g": ""}]}',
      'line 1, column 55',
      '"sl\\u0075g"',
    ],
  ])('as JSON in which an object has a key twice, as the first value would be lost: %j', async (text, path, key) => {
    const message = `expected each key of an object once, got ${key} twice`
    expect(await problemsOf(() => parseBundle(Buffer.from(text)))).toEqual([{ path, message }])
  })

  it('as keys that are nested thousands of levels deep', async () => {
    const message = 'expected an object with "format": "bilateral-bundle" and "version": 1'
    const text = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    expect(await problemsOf(() => parseBundle(Buffer.from(text)))).toEqual([{ path: '', message }])
  })

  it.each([[{}], [[]], ['null'], [{ format: 'geojson', version: 1 }], [{ format: 'bilateral-bundle' }]])(
    'as JSON of another kind: %j',
    async (value) => {
      const message = 'expected an object with "format": "bilateral-bundle" and "version": 1'
      expect(await problemsOf(parse(value))).toEqual([{ path: '', message }])
    },
  )

  it('as a bundle for a newer version, independent of its other content', async () => {
    const message = 'expected at most 1, got 2: upgrade bilateral to read this bundle'
    const newer = { ...bundleWith(), version: 2, treaties: [{}] }
    expect(await problemsOf(parse(newer))).toEqual([{ path: 'version', message }])
  })

  it('as too large, before anything is read', () => {
    const message =
      'one JSON document has more than 64 MiB; expected less. As JSON Lines, with one record per line, a bundle can have any size'
    expect(() => parseBundle(Buffer.alloc(100 * 1024 * 1024, '{'))).toThrow(
      expect.objectContaining({ name: 'UserError', message }),
    )
    expect(LARGEST_BUNDLE).toBe(64 * 1024 * 1024)
  })
})

it('empty values can be omitted, and a byte order mark is accepted', () => {
  const empty = parseBundle(Buffer.from('\ufeff{"format":"bilateral-bundle","version":1}'))
  expect(empty).toEqual({
    format: 'bilateral-bundle',
    version: 1,
    countries: [],
    organizations: [],
    people: [],
    topics: [],
    sources: [],
    positions: [],
    visits: [],
    meetings: [],
    agreements: [],
    relationEvents: [],
    withdraw: [],
    statements: [],
  })
})

describe('a record in a wrong format is refused', () => {
  const codes = 'expected an ISO 3166-1 alpha-2 code such as IN, an ISO 3166-3 code such as SUHH, or X- and a slug'
  const uncited = 'expected at least one citation: every fact cites the words of a source'
  const slug = 'expected a slug of a-z, 0-9 and -'
  const participations = [attended('ada', { representing: 'India' })]
  const [announced] = agreement().events

  it.each<[sentence: string, bundle: unknown, path: string, message: string]>([
    [
      'for a date that there is not',
      bundleWith({ meetings: [meeting(), meeting({ slug: 'second', when: '2026-02-29' })] }),
      'meetings[1].when',
      '"2026-02-29" is not a supported EDTF date: there is no such day',
    ],
    [
      'for a date in an attestation that is not EDTF',
      bundleWith({ positions: [position({ attested: [{ when: '5 May 2031', citations: [citation()] }] })] }),
      'positions[0].attested[0].when',
      '"5 May 2031" is not a supported EDTF date: expected for example 2026-02-05, 2026-02, ' +
        '2026-02-02/2026-02-04, [2026-02-02..2026-02-04], 2017-11-25/ or 1993-01-20/..',
    ],
    [
      'for the form of a country code',
      bundleWith({ visits: [visit({ to: 'Switzerland' })] }),
      'visits[0].to',
      `${codes}; did you mean CH?`,
    ],
    [
      'for the form of a country code within',
      bundleWith({ meetings: [meeting({ participations })] }),
      'meetings[0].participations[0].representing',
      `${codes}; did you mean IN?`,
    ],
    [
      'for the form of a new country’s code',
      bundleWith({ countries: [{ code: 'x-naples', name: 'Naples' }] }),
      'countries[0].code',
      codes,
    ],
    ['for the form of a slug', bundleWith({ people: [person('Ada Meer')] }), 'people[0].slug', slug],
    [
      'for a slug that is too long',
      bundleWith({ people: [person('a'.repeat(201))] }),
      'people[0].slug',
      'expected at most 200 characters, got 201',
    ],
    [
      'for a fact without citations',
      bundleWith({ statements: [statement({ citations: [] })] }),
      'statements[0].citations',
      uncited,
    ],
    [
      'for a participation without citations',
      bundleWith({ meetings: [meeting({ participations: [attended('ada', { citations: [] })] })] }),
      'meetings[0].participations[0].citations',
      uncited,
    ],
    [
      'for an event without citations',
      bundleWith({ agreements: [agreement({ events: [{ ...announced, citations: [] } as never] })] }),
      'agreements[0].events[0].citations',
      uncited,
    ],
    [
      'for an agreement without events',
      bundleWith({ agreements: [agreement({ events: [] })] }),
      'agreements[0].events',
      'expected at least one event: the status of an agreement is that of its latest event',
    ],
    [
      'for a relation event of one country',
      bundleWith({ relationEvents: [relationEvent({ countries: ['IN'] })] }),
      'relationEvents[0].countries',
      'expected two different countries',
    ],
    [
      'for a relation event of three countries',
      bundleWith({ relationEvents: [relationEvent({ countries: ['IN', 'IT', 'US'] })] }),
      'relationEvents[0].countries',
      'expected two different countries',
    ],
    [
      'for a relation event of one country with itself',
      bundleWith({ relationEvents: [relationEvent({ countries: ['IN', 'IN'] })] }),
      'relationEvents[0].countries',
      'expected two different countries',
    ],
    [
      'for a country code in lower case',
      bundleWith({ relationEvents: [relationEvent({ countries: ['in', 'IT'] })] }),
      'relationEvents[0].countries[0]',
      codes,
    ],
    [
      'for a relation event that another country brought about',
      bundleWith({ relationEvents: [relationEvent({ by: 'US' })] }),
      'relationEvents[0].by',
      'expected one of the two `countries`',
    ],
    [
      'for a citation that begins before the text',
      bundleWith({ meetings: [meeting({ citations: [citation('met', { start: -1 })] })] }),
      'meetings[0].citations[0].start',
      'expected at least 0',
    ],
    [
      'for a field that a citation cannot support',
      bundleWith({ visits: [visit({ citations: [{ ...citation(), supports: ['weather'] }] })] }),
      'visits[0].citations[0].supports[0]',
      'expected one of title, kind, from, to, when, official, accompanying, places, description, participations, got "weather"',
    ],
    [
      'for a field that there is not',
      bundleWith({ people: [{ ...person('ada'), age: 50 } as never] }),
      'people[0]',
      'unknown key "age"',
    ],
    [
      'for a key of any length, of which the message shows the beginning',
      { ...bundleWith(), ['x'.repeat(1_000_000)]: [] },
      '',
      `unknown key "${'x'.repeat(99)}…`,
    ],
    ['for a list that there is not', { ...bundleWith(), treaties: [] }, '', 'unknown key "treaties"'],
    [
      'for a mistyped list, with the one that it may mean',
      { ...bundleWith(), organisations: [] },
      '',
      'unknown key "organisations"; did you mean `organizations`?',
    ],
    [
      'for another word for a field, with the field that it may mean',
      bundleWith({ meetings: [meeting({ participations: [{ ...attended('ada'), country: 'IN' } as never] })] }),
      'meetings[0].participations[0]',
      'unknown key "country"; did you mean `representing`?',
    ],
    [
      'for a field that is missing',
      bundleWith({ meetings: [(({ title: _, ...rest }) => rest)(meeting()) as never] }),
      'meetings[0].title',
      'missing; expected text',
    ],
    [
      'for a value of another type',
      bundleWith({ people: [person('ada', { name: ['Ada'] as never })] }),
      'people[0].name',
      'expected text, got a list',
    ],
    [
      'for a mistyped value, with the one that it may mean',
      bundleWith({ meetings: [meeting({ kind: 'Bilateral' as never })] }),
      'meetings[0].kind',
      'expected one of BILATERAL, MULTILATERAL, MINISTERIAL, SUMMIT, CALL, OTHER, got "Bilateral"; did you mean BILATERAL?',
    ],
    [
      'for a speaker that is neither a person nor an organization',
      bundleWith({ statements: [statement({ speakers: [{ country: 'IN' } as never] })] }),
      'statements[0].speakers[0]',
      'expected { "person": slug } or { "organization": slug }',
    ],
    [
      'for a statement that nobody made',
      bundleWith({ statements: [statement({ speakers: [] })] }),
      'statements[0]',
      'expected `speakers`, or `attribution` with the words of the source for the speaker',
    ],
    [
      'for an office of nobody',
      bundleWith({ positions: [(({ country: _, ...rest }) => rest)(position())] }),
      'positions[0]',
      'expected `country` or `organization`: an office belongs to one',
    ],
    [
      'for carriage returns in a text, by which offsets would differ',
      bundleWith({ sources: [source({ text: 'one\r\ntwo' })] }),
      'sources[0].text',
      'expected Unicode text with newlines as LF, and no NUL characters',
    ],
    [
      'for a NUL character',
      bundleWith({ people: [person('ada', { name: 'A\0' })] }),
      'people[0].name',
      'expected Unicode text without NUL characters',
    ],
    [
      'for half of a surrogate pair, which is no character',
      bundleWith({ people: [person('ada', { name: 'A\ud83e' })] }),
      'people[0].name',
      'expected Unicode text without NUL characters',
    ],
    [
      'for another scheme than http',
      bundleWith({ sources: [source({ url: 'javascript:alert(1)' })] }),
      'sources[0].url',
      'expected an http or https URL',
    ],
    [
      'for a URL with characters that no URL has',
      bundleWith({ sources: [source({ url: 'http://a.example/\0' })] }),
      'sources[0].url',
      'expected an http or https URL',
    ],
    [
      'for a length that no database holds',
      bundleWith({ sources: [source({ length: 2 ** 31 })] }),
      'sources[0].length',
      'expected at most 2147483647',
    ],
    [
      'for an office that no index holds',
      bundleWith({ positions: [position({ post: 'a'.repeat(201) })] }),
      'positions[0].post',
      'expected at most 200 characters, got 201',
    ],
    [
      'for the form of a hash',
      bundleWith({ sources: [source({ sha256: 'abc' })] }),
      'sources[0].sha256',
      'expected 64 hexadecimal digits',
    ],
  ])('%s', async (_sentence, bundle, path, message) => {
    expect(await problemsOf(parse(bundle))).toEqual([{ path, message }])
  })
})

it('every mistake is reported at once, and the message lists them', async () => {
  const bad = bundleWith({
    people: [person('ada', { wikidataId: 'P42' })],
    meetings: [meeting({ when: 'soon', host: 'india' }), meeting({ slug: 'x', citations: [] })],
  })
  const problems = await problemsOf(parse(bad))
  expect(problems.map(({ path }) => path)).toEqual([
    'people[0].wikidataId',
    'meetings[0].when',
    'meetings[0].host',
    'meetings[1].citations',
  ])
  const listed = problems.map(({ path, message }) => `\n  ${path}: ${message}`).join('')
  expect(parse(bad)).toThrow(`the bundle was refused and nothing was loaded: 4 problems${listed}`)
})
