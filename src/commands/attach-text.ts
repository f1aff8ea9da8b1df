import { readFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { messageOf, UserError } from '../errors.ts'
import { sha256, sourceText } from '../evidence/text.ts'
import { verify } from '../evidence/verify.ts'

/** Keeps the text of a source, after checking that it is the text which the source's citations are of. */
export async function attachText(config: Config, slug: string, file: string): Promise<void> {
  const text = await readText(file)
  const { prisma, close } = await openDatabase(config.database)
  try {
    const source = await prisma.source.findUnique({ where: { slug }, include: { citations: true } })
    if (!source) throw new UserError(`there is no source ${JSON.stringify(slug)}; the query { sources { nodes { slug } } } lists them`)
    const actual = sha256(text)
    if (actual !== source.sha256) {
      throw new UserError(
        `${file} is not the text of ${slug}: its SHA-256 is ${actual}, expected ${source.sha256} (UTF-8, newlines as LF, nothing else changed)`,
      )
    }
    await prisma.$transaction([
      prisma.source.update({ where: { slug }, data: { text } }),
      prisma.dataset.updateMany({ data: { version: { increment: 1 }, changedAt: new Date() } }),
    ])
    const wrong = source.citations.filter((citation) => verify(citation, text) === 'MISMATCH')
    const verified = source.citations.length - wrong.length
    process.stdout.write(`kept the text of ${slug}: ${verified} of ${source.citations.length} citations verified\n`)
    for (const { id } of wrong) process.stdout.write(`  mismatch: ${id}\n`)
    if (wrong.length > 0) process.exitCode = 1
  } finally {
    await close()
  }
}

async function readText(file: string): Promise<string> {
  try {
    return sourceText(await readFile(file))
  } catch (error) {
    throw new UserError(`cannot read ${file} as UTF-8 text: ${messageOf(error)}`)
  }
}
