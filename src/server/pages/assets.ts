import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../../pages/parts/layout.tsx'
import { chooseEncoding } from '../answers/encoding.ts'

/** `npm run generate:assets` makes the files, each with its compressed forms, and a manifest with the hashed names. */
const folder = fileURLToPath(new URL('../../../prepared/assets', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const SUFFIXES = { br: '.br', gzip: '.gz', identity: '' }

interface Prepared {
  readonly urls: Assets
  /** Content of the files by name. */
  readonly files: ReadonlyMap<string, Buffer<ArrayBuffer>>
}

let loading: Promise<Prepared> | undefined

/** The assets, read on the first request for a page. */
function prepared(): Promise<Prepared> {
  loading ??= load().catch((error) => {
    loading = undefined
    throw new Error('the assets of the pages are missing; run `npm run generate:assets`', { cause: error })
  })
  return loading
}

async function load(): Promise<Prepared> {
  const names = await readdir(folder)
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(`${folder}/${name}`)] as const)),
  )
  const manifest = JSON.parse(String(files.get('manifest.json')))
  const urlOf = (entry: string) => `assets/${manifest[entry]}`
  return { urls: { style: urlOf('style.css'), script: urlOf('main.ts'), icon: urlOf('icon.svg') }, files }
}

/** URLs of the assets that every page needs, relative to the site’s root. */
export const assetUrls = async (): Promise<Assets> => (await prepared()).urls

/** A file by its hashed name. Undefined if there is no such file. */
export async function assetResponse(name: string, request: Request): Promise<Response | undefined> {
  const { files } = await prepared()
  const type = TYPES[name.split('.').at(-1) ?? '']
  if (!type || !files.has(name)) return undefined
  const encoding = chooseEncoding(request.headers.get('accept-encoding'))
  const body = files.get(name + SUFFIXES[encoding])
  if (!body) return undefined
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-length': String(body.byteLength),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
  })
}
