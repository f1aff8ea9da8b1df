import { proposeMapping } from '../importers/csv/propose.ts'
import type { Context } from './context.ts'

/** Prints a proposed mapping for a spreadsheet, and on standard error why it proposes each part. */
export async function printMapping(
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  file: string,
): Promise<void> {
  const { mapping, reasons } = await proposeMapping(file)
  stdout.write(`${JSON.stringify(mapping, null, 2)}\n`)
  stderr.write(`${file}: check the proposed mapping\n${reasons.map((reason) => `  ${reason}\n`).join('')}`)
}
