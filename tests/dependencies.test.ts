import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

const { dependencies, devDependencies, overrides } = read('package.json')

/** What npm installed, by its path. */
const installed = Object.keys(read('node_modules/.package-lock.json').packages)

// Each keeps state or compares classes: a second copy would not know the objects of the first.
test.each(['graphql', '@pothos/core', '@pothos/plugin-prisma', '@pothos/selection-mapper'])(
  'one copy of %s is installed',
  (name) => {
    expect(installed.filter((path) => path.endsWith(`node_modules/${name}`))).toEqual([`node_modules/${name}`])
  },
)

test('every version in package.json is exact', () => {
  const versions = { ...dependencies, ...devDependencies, ...overrides, '@0no-co/graphqlsp': undefined }
  const ranges = Object.entries(versions).filter(
    ([, version]) => version && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(`${version}`),
  )
  expect(ranges).toEqual([])
})
