import { describe, expect, test } from 'vitest'
import { dataOf, serverOf } from '../api/ask.ts'
import { openPlace, type Place } from '../commands/in-process.ts'
import { bytesOf, person } from '../fixtures.ts'
import { contentOf, databaseKinds } from '../support.ts'
import { files, folderWith, visit } from './history-state-gov.fixtures.ts'

const row = (id: string, visitor: string, description: string) =>
  visit({ id, start: '1957-02-03', visitor, from: 'india', label: 'India', description })

const NEHRU = row('1', 'Prime Minister Nehru', 'Official visit. Met with President Eisenhower.')
const NASSER = row('2', 'President Nasser', 'Private visit.')

/** Imports an edition of the archive, checks that all citations are verified, and returns the corrections. */
async function load({ command }: Place, edition: Readonly<Record<string, string>>) {
  const folder = await folderWith(edition)
  const { code, stdout, stderr } = await command(['import', '--from', 'history-state-gov', '--json', folder])
  expect([code, stderr]).toEqual([0, ''])
  expect((await command(['verify'])).stdout).not.toMatch(/mismatch:|not stored/)
  const { withdrawn = [], restored = [] } = JSON.parse(stdout).corrections ?? {}
  return { withdrawn: withdrawn.map(({ record }: { record: string }) => record), restored }
}

describe.each(databaseKinds)('an edition of the archive on %s', (kind) => {
  const visitsOf = async ({ database }: Place) =>
    (await dataOf(serverOf(database), '{ visits { nodes { slug description } } }')) as {
      visits: { nodes: { slug: string; description: string }[] }
    }

  test('without a row withdraws its facts, and the row brings them back', async () => {
    const place = await openPlace(kind)
    await load(place, files.visits(NEHRU, NASSER))
    const { edition, ...before } = await contentOf(place.database)
    const { withdrawn } = await load(place, files.visits(NASSER))
    expect(withdrawn.toSorted()).toEqual([
      'meetings/visit-1-meeting-1',
      'people/eisenhower',
      'people/nehru-in',
      'positions/nehru-in-prime-minister-of-india-1957',
      'visits/visit-1',
    ])
    expect((await visitsOf(place)).visits.nodes.map(({ slug }) => slug)).toEqual(['visit-2'])
    const people = async () =>
      (await dataOf(
        serverOf(place.database),
        '{ people { nodes { name } } person(slug: "nehru-in") { name } about { facts { people } } search(query: "Nehru", kinds: [PERSON]) { totalCount } }',
      )) as object
    expect(await people()).toEqual({
      people: { nodes: [{ name: 'Nasser' }] },
      person: { name: 'Nehru' },
      about: { facts: { people: 1 } },
      search: { totalCount: 0 },
    })
    const { restored } = await load(place, files.visits(NEHRU, NASSER))
    expect(restored.toSorted()).toEqual(withdrawn.toSorted())
    expect(await contentOf(place.database)).toMatchObject(before)
  })

  test('without a row lists a person whom an editor has named', async () => {
    const place = await openPlace(kind)
    await load(place, files.visits(NEHRU, NASSER))
    const people = [person('nehru-in', { name: 'Jawaharlal Nehru' })]
    const bundle = bytesOf({ format: 'bilateral-bundle', version: 1, people })
    expect(await place.command(['import', '-'], bundle)).toMatchObject({ code: 0 })
    expect((await load(place, files.visits(NASSER))).withdrawn).not.toContain('people/nehru-in')
    expect(await dataOf(serverOf(place.database), '{ people { nodes { slug } } }')).toEqual({
      people: { nodes: [{ slug: 'nehru-in' }, { slug: 'nasser-in' }] },
    })
    expect(await place.command(['reinstate', 'visit-1-meeting-1'])).toMatchObject({ code: 0 })
    expect(await dataOf(serverOf(place.database), '{ people { nodes { slug } } }')).toEqual({
      people: { nodes: [{ slug: 'eisenhower' }, { slug: 'nehru-in' }, { slug: 'nasser-in' }] },
    })
  })

  test('with a corrected id withdraws the fact of the earlier id', async () => {
    const place = await openPlace(kind)
    await load(place, files.visits(NEHRU, NASSER))
    expect(await load(place, files.visits(NEHRU, NASSER.replace('<id>2<', '<id>3<')))).toEqual({
      withdrawn: ['visits/visit-2'],
      restored: [],
    })
    expect((await visitsOf(place)).visits.nodes.map(({ slug }) => slug)).toEqual(['visit-1', 'visit-3'])
  })

  test('with a corrected remark moves the facts', async () => {
    const place = await openPlace(kind)
    await load(place, files.visits(NEHRU.replace('Official', 'Offical'), NASSER))
    expect(await load(place, files.visits(NEHRU, NASSER))).toEqual({ withdrawn: [], restored: [] })
    expect((await visitsOf(place)).visits.nodes[0]?.description).toMatch(/^Official visit/)
  })

  test('with a row in another file moves the fact', async () => {
    const place = await openPlace(kind)
    const [text] = Object.values(files.visits(NASSER))
    await load(place, files.visits(NEHRU, NASSER))
    expect(await load(place, { ...files.visits(NEHRU), 'visits/data/1960.xml': text as string })).toEqual({
      withdrawn: [],
      restored: [],
    })
    expect((await visitsOf(place)).visits.nodes.map(({ slug }) => slug)).toEqual(['visit-1', 'visit-2'])
  })
})
