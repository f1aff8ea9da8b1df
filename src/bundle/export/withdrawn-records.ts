import { type Table, tables } from '../../database/read/tables.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Withdrawal } from '../format.ts'

/** The relations that a query includes, as Prisma takes them. */
export type Include = Readonly<Record<string, { readonly include?: Include; readonly where?: object }>>

type Content = Readonly<Record<string, unknown>>
type Stored = { readonly tableName: string; readonly key: string; readonly content: Content }

/** A row as Prisma returns it, with the rows that the query includes. */
export type WithParts = Record<string, unknown>

const modelOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const plain = (quoted: string) => quoted.slice(1, -1)

/** The withdrawn records of a model as Prisma would return them if they were not withdrawn. Parts that were withdrawn alone are left out. */
export async function withdrawnRecords(prisma: PrismaClient, name: string, include: Include): Promise<WithParts[]> {
  const model = modelOf(name)
  const table = tables.get(model) as Table
  const rows = await prisma.withdrawnRow.findMany({
    where: { withdrawalId: { startsWith: `${plain(table.sql)}/` } },
    orderBy: [{ tableName: 'asc' }, { key: 'asc' }],
  })
  const stored = rows.map((row): Stored => ({ ...row, content: row.content as Content }))
  return stored
    .filter(({ tableName }) => tableName === plain(table.sql))
    .map(({ content }) => assemble(model, content, include, stored))
}

function assemble(model: string, content: Content, include: Include, stored: readonly Stored[]): WithParts {
  const record: WithParts = {}
  for (const [name, field] of (tables.get(model) as Table).fields) {
    if (field.kind === 'column') record[name] = content[plain(field.sql)]
    else if (include[name]) {
      const { include: inner = {}, where } = include[name]
      const table = plain((tables.get(field.model) as Table).sql)
      record[name] = stored
        .filter(
          (part) => part.tableName === table && part.content[plain(field.otherColumn)] === content[plain(field.column)],
        )
        // Rows that are derived are not in bundles.
        .filter((part) => !where || part.content['stated'])
        .sort((a, b) => Number(a.content['ordinal'] ?? 0) - Number(b.content['ordinal'] ?? 0))
        .map((part) => assemble(field.model, part.content, inner, stored))
    }
  }
  return record
}

/** The references to withdrawn records, by the tables and keys of the rows that have them. */
export type CutReferences = ReadonlyMap<string, readonly { readonly columnName: string; readonly target: string }[]>

export async function cutReferences(prisma: PrismaClient): Promise<CutReferences> {
  const rows = await prisma.cutReference.findMany()
  const cut = new Map<string, { columnName: string; target: string }[]>()
  for (const { tableName, key, ...reference } of rows) {
    const row = `${tableName}/${key}`
    cut.set(row, [...(cut.get(row) ?? []), reference])
  }
  return cut
}

/** Restores the references of a row and of its parts to withdrawn records. */
export function relinked(name: string, row: WithParts, include: Include, cut: CutReferences): WithParts {
  const table = tables.get(modelOf(name)) as Table
  const copy = { ...row }
  for (const [name, field] of table.fields) {
    if (field.kind !== 'column' || field.sql !== table.key) continue
    for (const { columnName, target } of cut.get(`${plain(table.sql)}/${row[name]}`) ?? []) {
      const [column] =
        [...table.fields].find(([, other]) => other.kind === 'column' && plain(other.sql) === columnName) ?? []
      if (column) copy[column] = target
    }
  }
  for (const [name, { include: inner = {} }] of Object.entries(include)) {
    const field = table.fields.get(name)
    if (field?.kind === 'relation')
      copy[name] = (row[name] as WithParts[]).map((part) => relinked(field.model, part, inner, cut))
  }
  return copy
}

/** The withdrawals of records, as a bundle has them. */
export async function readWithdrawals(prisma: PrismaClient): Promise<Withdrawal[]> {
  const rows = await prisma.withdrawal.findMany({ orderBy: { id: 'asc' } })
  return (
    rows
      // Bundles cannot withdraw parts of records.
      .filter(({ id, record }) => id.slice(id.indexOf('/') + 1) === record.slice(record.indexOf('/') + 1))
      .map(({ record, reason, note, by, at }) => {
        const [kind, slug] = record.split('/') as [Withdrawal['kind'], string]
        return { kind, slug, reason, ...(note === null ? {} : { note }), by, at: at.toISOString(), citations: [] }
      })
  )
}
