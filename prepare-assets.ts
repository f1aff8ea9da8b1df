// npm run generate:assets: bundles the style sheet and the scripts of the pages, and compresses them.
// A name includes the hash of the content, so the content of a name never changes.

import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('prepared/assets', import.meta.url))
const temporary = `${folder}.unfinished`
const entries = ['style.css', 'main.ts', 'icon.svg']

const { outputFiles, metafile } = await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: entries.map((entry) => `src/pages/assets/${entry}`),
  outdir: 'prepared/assets',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
  charset: 'utf8',
  loader: { '.svg': 'copy' },
  legalComments: 'none',
  metafile: true,
  write: false,
})

/** The hashed name of each entry. */
const manifest: Record<string, string> = {}
for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
  const entry = entries.find((name) => entryPoint === `src/pages/assets/${name}`)
  if (entry) manifest[entry] = basename(output)
}

const names = outputFiles.map(({ path }) => basename(path))
const isPrepared = [...names, 'manifest.json'].every((name) => existsSync(join(folder, name)))
if (!isPrepared) {
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  for (const { path, contents } of outputFiles) {
    const file = join(temporary, basename(path))
    await writeFile(file, contents)
    await writeFile(`${file}.br`, brotliCompressSync(contents))
    await writeFile(`${file}.gz`, gzipSync(contents, { level: 9 }))
  }
  await writeFile(join(temporary, 'manifest.json'), JSON.stringify(manifest))
  await rm(folder, { recursive: true, force: true })
  await rename(temporary, folder)
}
