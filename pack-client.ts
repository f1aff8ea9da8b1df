// npm run pack:client [FOLDER]: packs the client as a package of its own, without dependencies, from what `npm run build` made.

import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [destination = '.'] = process.argv.slice(2)
const { version, license, engines } = JSON.parse(await readFile('package.json', 'utf8'))
const entry = (path: string) => ({ types: `./${path}.d.ts`, default: `./${path}.js` })

const folder = await mkdtemp(join(tmpdir(), 'bilateral-client-'))
try {
  await cp('dist/client', join(folder, 'client'), { recursive: true })
  await cp('dist/generated/client', join(folder, 'generated/client'), { recursive: true })
  await cp('docs/client.md', join(folder, 'README.md'))
  for (const file of ['schema.graphql', 'LICENSE']) await cp(file, join(folder, file))
  const manifest = {
    name: 'bilateral-client',
    version,
    description: 'A client of bilateral with typed queries. It needs only fetch.',
    license,
    type: 'module',
    engines,
    exports: {
      '.': entry('client/index'),
      './introspection': { types: './generated/client/introspection.d.ts' },
      './schema.graphql': './schema.graphql',
      './package.json': './package.json',
    },
  }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(destination)], {
    cwd: folder,
    stdio: 'inherit',
  })
} finally {
  await rm(folder, { recursive: true })
}
