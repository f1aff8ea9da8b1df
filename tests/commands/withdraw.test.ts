import { describe, expect, test } from 'vitest'
import { bundleWith, meeting, visit } from '../fixtures.ts'
import { contentOf, databaseKinds } from '../support.ts'
import { useFiles } from './files.ts'
import { openPlace, refusal } from './in-process.ts'

const BUNDLE = bundleWith({ visits: [visit()], meetings: [meeting(), meeting({ slug: 'tour' })] })
const KINDS = 'positions, visits, meetings, agreements, relationEvents, statements'

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { write } = useFiles()
  const done = (stdout: string) => ({ code: 0, stdout, stderr: '' })
  const loaded = async () => {
    const place = await openPlace(kind)
    expect(await place.command(['import', await write('bundle.jsonl', BUNDLE)])).toMatchObject({ code: 0, stderr: '' })
    return place
  }

  test('withdraw and reinstate change several facts, and nothing in a dry run', async () => {
    const { database, command } = await loaded()
    const content = await contentOf(database)
    const names = ['visits/tour', 'town-hall']
    const withdraw = ['withdraw', ...names, '--reason', 'an error of the editors']
    expect(await command([...withdraw, '--dry-run'])).toEqual(
      done('would withdraw visits/tour\nwould withdraw meetings/town-hall\n'),
    )
    expect(await contentOf(database)).toEqual(content)
    expect(await command(withdraw)).toEqual(done('withdrew visits/tour\nwithdrew meetings/town-hall\n'))
    expect(await command(withdraw)).toEqual(refusal('visits/tour is already withdrawn'))
    const withdrawn = await contentOf(database)
    expect(withdrawn).not.toEqual(content)
    expect(await command(['reinstate', ...names, '--dry-run'])).toEqual(
      done('would reinstate visits/tour\nwould reinstate meetings/town-hall\n'),
    )
    expect(await contentOf(database)).toEqual(withdrawn)
    expect(await command(['reinstate', ...names])).toEqual(
      done('reinstated visits/tour\nreinstated meetings/town-hall\n'),
    )
    expect(await contentOf(database)).toEqual(content)
    expect(await command(['reinstate', 'town-hall'])).toEqual(refusal('meetings/town-hall is not withdrawn'))
  })

  test('withdraw and reinstate name the nearest facts of an unknown slug, and then change none', async () => {
    const { database, command } = await loaded()
    const content = await contentOf(database)
    const unknown = (name: string) => `no fact has the slug "${name}"; expected the slug of a record of ${KINDS}`
    const withdraw = (...slugs: string[]) => command(['withdraw', ...slugs, '--reason', 'x'])
    expect(await withdraw('town-hall', 'town-hal')).toEqual(
      refusal(`${unknown('town-hal')}; did you mean meetings/town-hall?`),
    )
    expect(await withdraw('visits/town-hall')).toEqual(
      refusal(`${unknown('visits/town-hall')}; did you mean meetings/town-hall?`),
    )
    expect(await command(['reinstate', `'; DROP TABLE visit`])).toEqual(refusal(unknown(`'; DROP TABLE visit`)))
    expect(await withdraw('tour')).toEqual(
      refusal('2 facts have the slug tour; expected one of meetings/tour, visits/tour'),
    )
    expect(await contentOf(database)).toEqual(content)
  })
})
