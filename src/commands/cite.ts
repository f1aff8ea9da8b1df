import { basename, extname } from 'node:path'
import { UserError } from '../errors.ts'
import { placeOf } from '../evidence/place.ts'
import type { Context } from './context.ts'
import { readText } from './read-text.ts'

export interface CiteOptions {
  /** Slug of the source. Default: the name of the file. */
  readonly source?: string
  readonly prefix?: string
  readonly suffix?: string
}

/** Prints the citation of words of a text, as JSON for a bundle. */
export async function cite(
  { stdout }: Pick<Context, 'stdout'>,
  file: string,
  exact: string,
  { source = basename(file, extname(file)), ...around }: CiteOptions,
): Promise<void> {
  const found = placeOf(await readText(file), { exact, ...around })
  if ('problem' in found) throw new UserError(`${file}: ${found.problem}`)
  stdout.write(`${JSON.stringify({ source, ...found }, null, 2)}\n`)
}
