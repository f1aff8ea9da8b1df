import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import schema from '../../docs/bundle.schema.json' with { type: 'json' }
import { bundleWith, meeting, person, position, statement } from '../fixtures.ts'
import { bundles } from '../model/arbitraries.ts'

// Formats are those of the loader: URLs it checks itself.
const valid = new Ajv2020({ validateFormats: false, allErrors: true }).compile(schema)

/** What the published JSON Schema has against a value: where. */
const wrongIn = (value: unknown) => {
  valid(JSON.parse(JSON.stringify(value)))
  return (valid.errors ?? []).map(({ instancePath }) => instancePath)
}

describe('the published JSON Schema', () => {
  it('accepts the seed and every other bundle that loads', async () => {
    const seed = new URL('../../prisma/seed/india-us-2026-02-05.json', import.meta.url)
    expect(wrongIn(JSON.parse(await readFile(seed, 'utf8')))).toEqual([])
    fc.assert(
      fc.property(bundles, (bundle) => {
        expect(wrongIn(bundle)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it.each<[what: string, value: object, where: string]>([
    ['a fact that cites nothing', bundleWith({ meetings: [meeting({ citations: [] })] }), '/meetings/0/citations'],
    ['a slug with capitals', bundleWith({ people: [person('Ada')] }), '/people/0/slug'],
    ['an unknown field', bundleWith({ people: [{ ...person('ada'), birthplace: 'London' } as never] }), '/people/0'],
    ['an unknown kind', bundleWith({ meetings: [meeting({ kind: 'PARTY' as never })] }), '/meetings/0/kind'],
    ['a country by its name', bundleWith({ positions: [position({ country: 'India' })] }), '/positions/0/country'],
    ['a missing text', bundleWith({ statements: [{ ...statement(), text: undefined } as never] }), '/statements/0'],
    ['another format', { ...bundleWith(), format: 'x' }, '/format'],
  ])('refuses %s, with its place', (_what, value, where) => {
    expect(wrongIn(value)).toContain(where)
  })
})
