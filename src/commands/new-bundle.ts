import { readFile } from 'node:fs/promises'
import type { Context } from './context.ts'

const example = new URL('../../docs/example-bundle.yaml', import.meta.url)

/** Prints a bundle with comments, for editors to change. */
export async function newBundle({ stdout }: Pick<Context, 'stdout'>): Promise<void> {
  stdout.write(await readFile(example, 'utf8'))
}
