import swc from '@swc/core'

// dependency-cruiser 17 does not tell swc that files with this extension contain JSX.
const { parseFileSync } = swc
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') })

/** The folders and files of src/ by floors, the lowest first. A file imports from its own floor and from lower ones. */
const floors = [
  ['time'],
  ['keys.ts', 'errors.ts', 'json.ts', 'lines.ts', 'nearest.ts', 'version.ts', 'config'],
  ['database'],
  ['access'],
  ['search', 'people', 'countries'],
  ['evidence', 'relations'],
  ['bundle'],
  ['importers', 'reading'],
  ['schema'],
  ['execution'],
  ['formats'],
  ['pages', 'agents'],
  ['server'],
  ['commands'],
  ['program.ts'],
  ['main.ts'],
]

const inSrc = (names) => `^src/(${names.join('|').replaceAll('.', '\\.')})(/|$)`

/** Code that works without a database. */
const pure = [
  '^src/(time|people|countries|importers|reading|client)/',
  '^src/evidence/(passage|reference|text|verify)\\.ts$',
  '^src/search/(document|fold|office|query)\\.ts$',
]

/** Each rule fails the check. Imports of types count, as they tie files together just as well. */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Prisma generates files that import each other.',
      from: { pathNot: '^src/generated/' },
      to: { circular: true },
    },
    ...floors.slice(0, -1).map((names, i) => ({
      name: `nothing-above-${names.join('-')}`,
      from: { path: inSrc(names) },
      to: { path: inSrc(floors.slice(i + 1).flat()) },
    })),
    {
      name: 'each-folder-has-a-floor',
      comment: 'Give a new folder of src/ its floor, at the top of this file.',
      from: {},
      to: { path: '^src/', pathNot: [inSrc(floors.flat()), '^src/(client|generated)/'] },
    },
    {
      name: 'client-stands-alone',
      comment: 'It runs in browsers and in other projects.',
      from: { path: '^src/client/' },
      to: { pathNot: '^src/(client|generated/client)/' },
    },
    {
      name: 'only-client-imports-client',
      from: { path: '^src/', pathNot: '^src/(client|generated)/' },
      to: { path: '^src/client/' },
    },
    {
      name: 'pure-code-without-database',
      from: { path: pure },
      to: { path: ['^src/(database|generated/prisma)/', 'node_modules/(pg|@prisma)/'] },
    },
    { name: 'src-without-tests', from: { path: '^src/' }, to: { path: '^(tests|benchmarks)/' } },
    {
      name: 'src-without-development-dependencies',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-exist',
      comment: 'The benchmark installs packages of its own.',
      from: { pathNot: '^benchmarks/' },
      to: { couldNotResolve: true },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    // TypeScript 7 has no API that dependency-cruiser could parse with.
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
