import { describe, expect, test } from 'vitest'
import { attended, bundleWith, meeting, person, position, statement } from '../fixtures.ts'
import { contentOf, databaseKinds } from '../support.ts'
import { useFiles } from './files.ts'
import { openPlace, refusal } from './in-process.ts'

const tenure = (slug: string, tenure: string) => position({ slug, tenure })
const BUNDLE = bundleWith({
  people: [person('ada'), person('bo', { wikidataId: 'Q1' }), person('odegard'), person('cy', { wikidataId: 'Q3' })],
  positions: [tenure('p-1', '1953-01-21/1959-04-22'), tenure('p-2', '1953-01-22/1959-04-21')],
  meetings: [meeting({ participations: [attended('bo'), attended('odegard')] })],
  statements: [statement({ speakers: [{ person: 'odegard' }] })],
})
const CONFLICT = {
  kind: 'positions',
  conflict: 'two-tenures',
  one: { slug: 'p-1', when: '1953-01-21/1959-04-22', sources: ['gazette'] },
  other: { slug: 'p-2', when: '1953-01-22/1959-04-21', sources: ['gazette'] },
}

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { write } = useFiles()
  const empty = () => openPlace(kind)
  const done = (stdout: string) => ({ code: 0, stdout, stderr: '' })

  test('merge merges two people with all citations, or says why it cannot, and unmerge undoes it', async () => {
    const place = await empty()
    const file = await write('bundle.jsonl', BUNDLE)
    expect(await place.command(['import', file])).toMatchObject({ code: 0, stderr: '' })
    const verified = await place.command(['verify'])
    expect(verified).toEqual(
      done('gazette: 6 citations, 6 verified, 0 mismatched\n1 quotation: 1 verified, 0 mismatched, 0 not checked\n'),
    )

    expect(await place.command(['merge', 'bo', 'bo'])).toEqual(refusal('bo and bo are already the same person: bo'))
    expect(await place.command(['merge', 'bo', 'nobody'])).toEqual(
      refusal('no person has the slug "nobody"; find people by name with the query { search }'),
    )
    const clash = (lines: string) =>
      refusal(
        `${lines.includes('people/') ? 'bo and cy' : 'bo and odegard'} were not merged, because records say that they are two people; ` +
          `if these are wrong, force the merge:\n${lines}`,
      )
    expect(await place.command(['merge', 'bo', 'cy'])).toEqual(
      clash('  people/bo and people/cy: the Wikidata items Q1 and Q3'),
    )
    expect(await place.command(['merge', 'bo', 'odegard'])).toEqual(clash('  meetings/town-hall: both took part'))
    const before = await contentOf(place.database)
    const fates =
      '  meetings/town-hall: participation joined with that of the other, 0 citations added, 1 already there\n' +
      '  statements/trade-first: speaker moves\n'
    expect(await place.command(['merge', 'bo', 'odegard', '--force', '--dry-run'])).toEqual(
      done(`${fates}would merge odegard into bo (dry run, nothing changed)\n`),
    )
    expect(await contentOf(place.database)).toEqual(before)
    expect(await place.command(['merge', 'bo', 'odegard', '--force'])).toEqual(
      done(`${fates}merged odegard into bo; odegard now redirects to bo\n`),
    )
    expect(await place.command(['merge', 'bo', 'odegard'])).toEqual(
      refusal('bo and odegard are already the same person: bo'),
    )
    // Both cited the same words for having been there.
    expect(await place.command(['verify'])).toEqual(
      done('gazette: 5 citations, 5 verified, 0 mismatched\n1 quotation: 1 verified, 0 mismatched, 0 not checked\n'),
    )
    expect((await place.command(['import', file])).stdout).toContain('  stays merged: odegard into bo\n')
    const back = '  meetings/town-hall: names both people again\n  statements/trade-first: moves back\n'
    expect(await place.command(['unmerge', 'odegard', '--dry-run'])).toEqual(
      done(`${back}would unmerge odegard from bo (dry run, nothing changed)\n`),
    )
    expect(await place.command(['unmerge', 'odegard'])).toEqual(
      done(`${back}unmerged odegard from bo; both are people of their own\n`),
    )
    expect((await place.command(['import', file])).stdout).toContain('  stays unmerged: odegard from bo\n')
    expect(await place.command(['verify'])).toEqual(verified)
  })

  test('conflicts lists facts that contradict each other, or says that there are none', async () => {
    const place = await empty()
    expect(await place.command(['conflicts'])).toEqual(done('no facts contradict each other\n'))
    expect(await place.command(['import', await write('bundle.jsonl', BUNDLE)])).toMatchObject({ code: 0, stderr: '' })
    expect(await place.command(['conflicts'])).toEqual(
      done(
        'positions, two-tenures: p-1 1953-01-21/1959-04-22 according to gazette, but p-2 1953-01-22/1959-04-21 according to gazette\n',
      ),
    )
    expect(await place.command(['conflicts', '--json'])).toEqual(done(`${JSON.stringify(CONFLICT)}\n`))
  })
})
