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

/** The withdrawn records of a model as Prisma would return them if they were not withdrawn. Parts that were withdrawn alone are left out: `withdrawnParts` has them. */
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

/** Parts that were withdrawn alone, by the keys of their records, and then by the relation of the record that they are in. */
export type WithdrawnParts = ReadonlyMap<string, ReadonlyMap<string, readonly WithParts[]>>

/** The parts of the records of a model that were withdrawn alone, as Prisma would return them if they were not. */
export async function withdrawnParts(prisma: PrismaClient, name: string, include: Include): Promise<WithdrawnParts> {
  const model = tables.get(modelOf(name)) as Table
  const rows = await prisma.withdrawnRow.findMany({ orderBy: [{ tableName: 'asc' }, { key: 'asc' }] })
  const stored = rows.map((row) => ({ ...row, content: row.content as Content }))
  const parts = new Map<string, Map<string, WithParts[]>>()
  for (const [relation, { include: inner = {} }] of Object.entries(include)) {
    const field = model.fields.get(relation)
    if (field?.kind !== 'relation') continue
    const table = plain((tables.get(field.model) as Table).sql)
    for (const part of stored) {
      if (part.tableName !== table || part.withdrawalId !== `${table}/${part.key}`) continue
      const owner = part.content[plain(field.otherColumn)]
      if (typeof owner !== 'string') continue
      const own = stored.filter(({ withdrawalId }) => withdrawalId === part.withdrawalId)
      const lists = parts.get(owner) ?? new Map<string, WithParts[]>()
      lists.set(relation, [...(lists.get(relation) ?? []), assemble(field.model, part.content, inner, own)])
      parts.set(owner, lists)
    }
  }
  return parts
}

/** A row with its parts that were withdrawn alone. */
export function withWithdrawn(row: WithParts, key: string, parts: WithdrawnParts): WithParts {
  const copy = { ...row }
  for (const [relation, list] of parts.get(row[key] as string) ?? []) {
    const all = [...(row[relation] as WithParts[]), ...list]
    copy[relation] = all.sort((a, b) => Number(a['ordinal'] ?? 0) - Number(b['ordinal'] ?? 0))
  }
  return copy
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
  const all = rows.map(({ id, record, reason, note, by, at }): Withdrawal => {
    const [kind, slug] = record.split('/') as [Withdrawal['kind'], string]
    const part = id.slice(id.indexOf('/') + 1) === slug ? {} : { part: id }
    return { kind, slug, ...part, reason, ...(note === null ? {} : { note }), by, at: at.toISOString(), citations: [] }
  })
  // Parts first, as a record is withdrawn with all parts that it still has.
  return [...all.filter(({ part }) => part), ...all.filter(({ part }) => !part)]
}
