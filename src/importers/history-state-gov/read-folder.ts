import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, UserError } from '../../errors.ts'
import { sourceText } from '../../evidence/text.ts'
import { type Document, documentOf } from './document.ts'
import { readXml } from './xml.ts'

/** The files of the archive by kind. A missing folder gives an empty list. */
export interface Archive {
  readonly visits: readonly Document[]
  readonly trips: readonly Document[]
  readonly presidents: readonly Document[]
  readonly people: readonly Document[]
  readonly countryMissions: readonly Document[]
  readonly orgMissions: readonly Document[]
  readonly principals: readonly Document[]
  readonly concurrent: readonly Document[]
  readonly roles: readonly Document[]
  readonly articles: readonly Document[]
}

/** The folder of each kind. Its sub-folders are included. */
const FOLDERS: { readonly [K in keyof Archive]: readonly string[] } = {
  visits: ['visits/data'],
  trips: ['travels/president-travels', 'travels/secretary-travels'],
  presidents: ['travels/presidents'],
  people: ['pocom/people', 'pocom/people-pending'],
  countryMissions: ['pocom/missions-countries'],
  orgMissions: ['pocom/missions-orgs'],
  principals: ['pocom/positions-principals'],
  concurrent: ['pocom/concurrent-appointments'],
  roles: ['pocom/roles-country-chiefs'],
  articles: ['rdcr/articles', 'articles'],
}

/** Reads the archive from a folder. Throws a UserError if the folder has no part of it, or has a file of a different format. */
export async function readArchive(folder: string): Promise<Archive> {
  const read = await Promise.all(
    Object.entries(FOLDERS).map(async ([kind, folders]) => {
      const files = (await Promise.all(folders.map((path) => xmlFiles(folder, path)))).flat()
      return [kind, await Promise.all(files.map((file) => readDocument(folder, file)))] as const
    }),
  )
  const archive = Object.fromEntries(read) as unknown as Archive
  const rows = Object.entries(archive).filter(([kind]) => kind !== 'roles')
  if (rows.every(([, documents]) => documents.length === 0)) {
    const expected = Object.values(FOLDERS).flat().join(', ')
    throw new UserError(
      `${folder}: no part of the archive of the Office of the Historian; expected XML files in at least one of ${expected}`,
    )
  }
  return archive
}

async function xmlFiles(folder: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, path), { withFileTypes: true, recursive: true })
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.xml') && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
      .sort()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw new UserError(`cannot read ${join(folder, path)}: ${messageOf(error)}`)
  }
}

async function readDocument(folder: string, path: string): Promise<Document> {
  const bytes = await readFile(join(folder, path)).catch((error) => {
    throw new UserError(`cannot read ${path}: ${messageOf(error)}`)
  })
  const text = decode(bytes, path)
  return documentOf(path, text, readXml(text, path))
}

function decode(bytes: Uint8Array, path: string): string {
  let text: string
  try {
    text = sourceText(bytes)
  } catch {
    throw new UserError(`${path}, line ${lineOfBadByte(bytes)}: expected UTF-8, but these bytes are not`)
  }
  if (text.includes('\0')) throw new UserError(`${path}, line 1: expected UTF-8 text, but it has NUL characters`)
  return text
}

/** The line of the first byte that is not UTF-8. */
function lineOfBadByte(bytes: Uint8Array): number {
  const whole = new TextDecoder('utf-8').decode(bytes)
  return whole.slice(0, whole.indexOf('�')).split('\n').length
}
