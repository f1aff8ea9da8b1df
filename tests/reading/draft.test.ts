import { describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import { useFiles } from '../commands/files.ts'
import { openPlace, refusal, runHere } from '../commands/in-process.ts'
import { bundleWith, person } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'

const ARTICLE = `OSLO, March 5, 2031 — Indian Foreign Minister Asha Rao met Norwegian Prime Minister Bo Ødegård 🤝 in Oslo on Tuesday, and called the talks “very useful”.
“Fisheries come first,” Ødegård said in a post on X. “The rest will follow.”
According to the Norwegian Foreign Ministry, the two sides agreed on a fisheries treaty with Canada.
Rao said she would meet King Haakon next week.
`

const withoutDoubts = (bundle: BundleInput): BundleInput =>
  JSON.parse(JSON.stringify(bundle, (key, value) => (key === 'note' ? undefined : value)))

describe.each(databaseKinds)('the draft of an article, on %s,', (kind) => {
  const { write, path } = useFiles()

  test('has cited facts, and each guess as a note', async () => {
    const file = await write('article.txt', ARTICLE)
    const { stdout } = await runHere(['draft', file, '--no-database', '--source', 'oslo'])
    const {
      statements = [],
      meetings = [],
      positions = [],
      people = [],
      sources = [],
    } = JSON.parse(stdout) as BundleInput
    expect(people.map(({ name }) => name)).toEqual(['Asha Rao', 'Bo Ødegård', 'Haakon'])
    expect(positions.map(({ title, country }) => [title, country])).toEqual([
      ['Indian Foreign Minister', 'IN'],
      ['Norwegian Prime Minister', 'NO'],
    ])
    expect(meetings.map(({ when, participations = [] }) => [when, participations.map(({ person }) => person)])).toEqual(
      [['2031-03-04', ['asha-rao', 'bo-odegard']]],
    )
    expect(
      statements.map(({ quotation, text, speakers, channel }) => ({ quotation, text, speakers, channel })),
    ).toEqual([
      { quotation: 'MIXED', text: 'the talks “very useful”', speakers: [{ person: 'asha-rao' }], channel: undefined },
      { quotation: 'DIRECT', text: 'Fisheries come first', speakers: [{ person: 'bo-odegard' }], channel: 'post on X' },
      {
        quotation: 'DIRECT',
        text: 'The rest will follow.',
        speakers: [{ person: 'bo-odegard' }],
        channel: 'post on X',
      },
      {
        quotation: 'REPORTED',
        text: 'the two sides agreed on a fisheries treaty with Canada',
        speakers: [{ organization: 'norwegian-foreign-ministry' }],
        channel: undefined,
      },
      {
        quotation: 'REPORTED',
        text: 'she would meet King Haakon next week',
        speakers: [{ person: 'asha-rao' }],
        channel: undefined,
      },
    ])
    expect(sources[0]?.note).toMatch(/^DRAFT: read by a program/)
  })

  test('is refused by the import with each guess, and loads once a person has removed them', async () => {
    const { command } = await openPlace(kind)
    const file = await write('article.txt', ARTICLE)
    const { stdout } = await command(['draft', file])
    const refused = await command(['import', await write('draft.json', stdout), '--text', file])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(
      'sources[0].note: expected a checked fact; check it, correct it and remove this line: DRAFT: read by a program',
    )
    const checked = withoutDoubts(JSON.parse(stdout))
    const withText = { ...checked, sources: checked.sources?.map((source) => ({ ...source, text: ARTICLE })) }
    expect(await command(['import', await write('checked.json', JSON.stringify(withText))])).toMatchObject({ code: 0 })
    expect(await command(['verify'])).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'oslo-march-5-2031-indian-2031-03-05: 12 citations, 12 verified, 0 mismatched\n3 quotations: 3 verified, 0 mismatched, 0 not checked\n',
    })
  })

  test('refers to people of the database, and names candidates where it is not certain', async () => {
    const { command } = await openPlace(kind)
    const known = bundleWith({ people: [person('b-odegard', { name: 'B. Ødegård' })] })
    await command(['import', await write('known.jsonl', known)])
    const { stdout } = await command(['draft', await write('article.txt', ARTICLE)])
    expect((JSON.parse(stdout) as BundleInput).sources?.[0]?.note).toContain(
      'DRAFT: “Bo Ødegård” may be b-odegard (B. Ødegård)',
    )
  })

  test('of a web page refers to its plain text, which is written to a file', async () => {
    const page = await write(
      'page.html',
      `<html><head><title>x</title></head><body><nav>Menu</nav><p>OSLO, March 5, 2031 &mdash; &ldquo;Yes, we can agree,&rdquo; Asha Rao <b>said</b>.</p></body></html>`,
    )
    expect(await runHere(['draft', page, '--no-database'])).toEqual(
      refusal(`${page}: citations refer to the plain text; expected --text <file>, to which it is written`),
    )
    const { stdout } = await runHere(['draft', page, '--no-database', '--text', path('page.txt')])
    expect(
      (JSON.parse(stdout) as BundleInput).statements?.map(({ text, citations }) => [text, citations[0]?.exact]),
    ).toEqual([['Yes, we can agree', 'Yes, we can agree']])
  })

  test('is refused for a text that is too long, with the limit', async () => {
    const long = await write('long.txt', 'x'.repeat(100_001))
    expect(await runHere(['draft', long, '--no-database'])).toEqual(
      refusal(`${long}: expected a text of at most 100000 characters, got 100001`),
    )
  })
})
