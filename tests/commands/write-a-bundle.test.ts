import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/evidence/text.ts'
import { dataOf, serverOf } from '../api/ask.ts'
import { databaseKinds } from '../support.ts'
import { useFiles } from './files.ts'
import { openPlace, refusal, runHere } from './in-process.ts'

const NOTE = 'Oslo, 3 March 2026. Asha Rao met Bo Ødegård 🤝 in Oslo.\n“Fisheries\nfirst,” she said.\n'

/** A bundle as a person writes it, with everything that can be computed left out. */
const BUNDLE = `format: bilateral-bundle
version: 1
sources:
  - { slug: note, title: A note, published: 2026 }
people:
  - { slug: rao, name: Asha Rao }
statements:
  - slug: fisheries-first
    quotation: DIRECT
    text: Fisheries first
    speakers: [{ person: rao }]
    said: 2026-03-03
    countries: [NO] # Norway, not false
    citations: [{ source: note, exact: '"Fisheries first,"' }]
`

describe.each(databaseKinds)('a person who writes a bundle, on %s,', (kind) => {
  const { write } = useFiles()

  test('begins with an example, which loads and whose citations all verify', async () => {
    const { command, database } = await openPlace(kind)
    const { stdout } = await command(['new', 'bundle'])
    const file = await write('mine.yaml', stdout)
    expect(await command(['import', file])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('1 created'),
    })
    const verified =
      'oslo-note: 10 citations, 10 verified, 0 mismatched\n1 quotation: 1 verified, 0 mismatched, 0 not checked\n'
    expect(await command(['verify'])).toEqual({ code: 0, stderr: '', stdout: verified })
    const between = '{ relation(between: ["IN", "NO"]) { statements { totalCount } } }'
    expect(await dataOf(serverOf(database), between)).toEqual({ relation: { statements: { totalCount: 1 } } })
  })

  test('is warned of a statement at a meeting of two states that counts for one of them', async () => {
    const { command } = await openPlace(kind)
    const example = (await command(['new', 'bundle'])).stdout
    const { stdout } = await command(['import', '-'], Buffer.from(example.replace(/ {4}addressees:.*\n/, '')))
    expect(stdout).toContain(
      'warning: statements[0]: the statement is about a meeting of IN and NO, but counts for IN only; add `countries` or `addressees` if it concerns both\n',
    )
  })

  test('gives the text beside the bundle, which finds the words and is not stored', async () => {
    const { command, database } = await openPlace(kind)
    const note = await write('note.txt', NOTE)
    const outcome = await command(['import', await write('bundle.yaml', BUNDLE), '--text', note])
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    const asked = `{ statement(slug: "fisheries-first") {
      said { edtf } countries { code } quotationVerification citations { start exact prefix verification source { sha256 published { edtf } } }
    } }`
    expect(await dataOf(serverOf(database), asked)).toEqual({
      statement: {
        said: { edtf: '2026-03-03' },
        countries: [{ code: 'NO' }],
        quotationVerification: 'TEXT_NOT_HELD',
        citations: [
          {
            start: [...(NOTE.split('“')[0] as string)].length,
            exact: '“Fisheries\nfirst,”',
            prefix: 'Asha Rao met Bo Ødegård 🤝 in Oslo.\n'.slice(-33),
            verification: 'TEXT_NOT_HELD',
            source: { sha256: sha256(NOTE), published: { edtf: '2026' } },
          },
        ],
      },
    })
    await command(['attach-text', 'note', note])
    const quotation = '{ statement(slug: "fisheries-first") { quotationVerification } }'
    expect(await dataOf(serverOf(database), quotation)).toEqual({ statement: { quotationVerification: 'VERIFIED' } })
    expect((await command(['verify'])).stdout).toContain('1 quotation: 1 verified, 0 mismatched, 0 not checked')
  })

  test('can import YAML from standard input, and gives the text of a source by its slug', async () => {
    const { command } = await openPlace(kind)
    const text = `note=${await write('other.txt', NOTE)}`
    const outcome = await command(['import', '-', '--text', text], Buffer.from(BUNDLE))
    expect(outcome).toEqual({ code: 0, stderr: '', stdout: expect.stringContaining('statements     1 created') })
  })

  test.each([
    ['a key twice', `${BUNDLE}people: []\n`, 'line 15, column 1: expected YAML: Map keys must be unique'],
    ['a bracket that is not closed', 'people: [', 'line 1, column 10: expected YAML: '],
    [
      'the lines of npm',
      `\n> bilateral@0.1.0 bilateral\n> tsx src/main.ts new bundle\n\n${BUNDLE}`,
      'line 1: expected YAML: the file begins with lines of npm; write it with npm run -s',
    ],
    ['too many levels', `people: ${'['.repeat(5_000)}`, 'expected YAML: more than 100 levels of lists and objects'],
    [
      'too many levels of lists',
      `people:\n  ${'- '.repeat(5_000)}`,
      'expected YAML: more than 100 levels of lists and objects',
    ],
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replaceAll(/./g, (n) => `${n}: &${n} [${`*${String.fromCharCode(n.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      'expected YAML: Excessive alias count',
    ],
  ])('sees the place of what is wrong in YAML: %s', async (_what, content, message) => {
    const { command } = await openPlace(kind)
    const { code, stderr } = await command(['import', await write('wrong.yml', content)])
    expect(code).toBe(1)
    expect(stderr).toContain(`the bundle was refused and nothing was loaded: 1 problem\n  ${message}`)
  })

  test('sees what slugs and codes are nearest to unknown ones', async () => {
    const { command } = await openPlace(kind)
    const wrong = BUNDLE.replace('{ person: rao }', '{ person: roa }').replace('[NO]', '[UK]')
    const { stderr } = await command(['import', await write('near.yaml', wrong), '--text', await write('n.txt', NOTE)])
    expect(stderr).toContain(
      'statements[0].countries[0]: unknown country "UK"; expected one of this bundle or of an earlier one; did you mean GB?',
    )
    expect(stderr).toContain('statements[0].speakers[0].person: unknown person "roa"')
  })

  test('is warned of an office that no citation supports', async () => {
    const { command } = await openPlace(kind)
    const example = (await command(['new', 'bundle'])).stdout
    const doubtful = example
      .replace(/ {4}attested:.*\n.*\n.*\n/, '')
      .replace(
        'position: asha-rao-foreign-minister\n        citations: [{ source: oslo-note, exact: Foreign Minister Asha Rao of India',
        '$&, supports: [person]',
      )
    const { stdout } = await command(['import', await write('doubtful.yaml', doubtful)])
    expect(stdout).toContain(
      '  warning: meetings[0].participations[0].position: whether asha-rao-foreign-minister was the office then is UNKNOWN: ',
    )
  })

  test('cannot give one text for two sources', async () => {
    const { command } = await openPlace(kind)
    const bundle = await write('b.yaml', BUNDLE)
    expect(await command(['import', bundle, '--text', 'a', '--text', 'b'])).toEqual(
      refusal(`cannot read a as UTF-8 text: ENOENT: no such file or directory, open 'a'`),
    )
    const note = await write('one.txt', NOTE)
    expect((await command(['import', bundle, '--text', note, '--text', note])).stderr).toContain(
      'expected one file for each source; write SLUG=FILE',
    )
  })
})

describe('cite', () => {
  const { write } = useFiles()

  test('prints the citation of words, in the words of the text', async () => {
    const { code, stdout } = await runHere([
      'cite',
      await write('note.txt', NOTE),
      '"Fisheries first,"',
      '--source',
      'oslo',
    ])
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        source: 'oslo',
        start: 55,
        end: 73,
        exact: '“Fisheries\nfirst,”',
        prefix: 'a Rao met Bo Ødegård 🤝 in Oslo.\n',
        suffix: ' she said.\n',
      },
    ])
  })

  test('asks for the words before or after, if the words stand at several places', async () => {
    const file = await write('twice.txt', 'Oslo, 3 March. They met in Oslo.')
    const message = `${file}: “Oslo” stands at 2 places; expected \`prefix\` or \`suffix\` with the words before or after it: “…[Oslo], 3 March. They met in Oslo.…” · “…Oslo, 3 March. They met in [Oslo].…”`
    expect(await runHere(['cite', file, 'Oslo'])).toEqual(refusal(message))
    expect((await runHere(['cite', file, 'Oslo', '--prefix', 'met in'])).code).toBe(0)
  })
})
