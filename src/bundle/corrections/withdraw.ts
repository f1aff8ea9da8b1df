import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { UserError } from '../../errors.ts'
import { concepts } from '../concepts.ts'
import { derive } from '../derived/derive.ts'
import { type FactKind, factKinds } from '../format.ts'
import { bringBack } from './gone-people.ts'
import { moveBack, moveOut } from './withdrawn-rows.ts'

/** A record that a command names. */
interface Named {
  readonly kind: FactKind
  readonly slug: string
  readonly withdrawal: string | null
}

interface Reason {
  readonly reason: string
  readonly note?: string | undefined
}

/** Withdraws facts. Each name is a slug, or a kind and a slug such as `visits/tour`. Returns the names of the records. */
export const withdrawFacts = (
  database: Database,
  names: readonly string[],
  { reason, note }: Reason,
  dryRun = false,
): Promise<string[]> =>
  changeData(
    database,
    async (client) => {
      const facts = await findAll(client, names)
      const already = facts.find(({ withdrawal }) => withdrawal !== null)
      if (already) throw new UserError(`${nameOf(already)} is already withdrawn`)
      await moveOut(
        client,
        facts.map((fact) => {
          const { table } = concepts[fact.kind]
          return { table, key: fact.slug, record: nameOf(fact), reason, note, by: 'EDITOR' }
        }),
      )
      await derive(client)
      await raiseVersion(client)
      return facts.map(nameOf)
    },
    dryRun,
  )

/** Restores facts that were withdrawn. Returns the names of the records. */
export const restoreFacts = (database: Database, names: readonly string[], dryRun = false): Promise<string[]> =>
  changeData(
    database,
    async (client) => {
      const facts = await findAll(client, names)
      const present = facts.find(({ withdrawal }) => withdrawal === null)
      if (present) throw new UserError(`${nameOf(present)} is not withdrawn`)
      await moveBack(
        client,
        facts.map(({ withdrawal }) => withdrawal as string),
      )
      await bringBack(client)
      await derive(client)
      await raiseVersion(client)
      return facts.map(nameOf)
    },
    dryRun,
  )

const nameOf = ({ kind, slug }: Pick<Named, 'kind' | 'slug'>) => `${kind}/${slug}`

async function findAll(client: ClientBase, names: readonly string[]): Promise<Named[]> {
  const facts: Named[] = []
  for (const name of names) facts.push(await find(client, name))
  return facts
}

async function find(client: ClientBase, name: string): Promise<Named> {
  const [kind, slug] = name.includes('/') ? name.split('/', 2) : [undefined, name]
  const selects = factKinds.map((kind) => {
    const { table } = concepts[kind]
    return `
      SELECT '${kind}' AS kind, slug, NULL AS withdrawal FROM "${table}" WHERE slug = $1
      UNION ALL SELECT '${kind}', moved.key, moved.withdrawal_id FROM withdrawn_row moved WHERE (table_name, moved.key) = ('${table}', $1)`
  })
  const { rows } = await client.query<Named>(`SELECT * FROM (${selects.join(' UNION ALL ')}) every ORDER BY kind`, [
    slug,
  ])
  const found = rows.filter((row) => kind === undefined || row.kind === kind)
  const [fact, other] = found
  if (!fact) {
    const similar = await nearestFacts(client, name)
    throw new UserError(
      `no fact has the slug ${JSON.stringify(name)}; expected the slug of a record of ${factKinds.join(', ')}` +
        (similar.length > 0 ? `; did you mean ${similar.join(' or ')}?` : ''),
    )
  }
  if (other)
    throw new UserError(`${found.length} facts have the slug ${slug}; expected one of ${found.map(nameOf).join(', ')}`)
  return fact
}

/** The names of the facts, withdrawn or not, whose slugs are most like that of a name. */
async function nearestFacts(client: ClientBase, name: string): Promise<string[]> {
  const slug = name.slice(name.indexOf('/') + 1)
  const selects = factKinds.map((kind) => {
    const { table } = concepts[kind]
    return `
      SELECT '${kind}/' || slug AS name, similarity(slug, $1) AS score FROM "${table}"
      UNION ALL SELECT '${kind}/' || key, similarity(key, $1) FROM withdrawn_row WHERE table_name = '${table}'`
  })
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM (${selects.join(' UNION ALL ')}) every WHERE score > 0.5 ORDER BY score DESC, name LIMIT 3`,
    [slug],
  )
  return rows.map(({ name }) => name)
}
