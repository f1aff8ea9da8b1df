import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { UserError } from '../../errors.ts'
import { concepts } from '../concepts.ts'
import { derive, TouchedStatements } from '../derived/derive.ts'
import { refreshStatuses } from '../derived/refresh-statuses.ts'
import { refreshTenures } from '../derived/refresh-tenures.ts'
import { type FactKind, factKinds } from '../format.ts'
import { bringBack } from './gone-people.ts'
import { moveBack, moveOut } from './withdrawn-rows.ts'

/** A record, or a part of one, that a command names. */
interface Named {
  /** `visits/tour`, or for a part `participation/visit/tour/ada`. */
  readonly name: string
  readonly table: string
  readonly key: string
  readonly record: string
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
  reason: Reason,
  dryRun = false,
): Promise<string[]> => changeData(database, (client) => withdraw(client, names, reason), dryRun)

/** Restores facts that were withdrawn. Returns the names of the records. */
export const reinstateFacts = (database: Database, names: readonly string[], dryRun = false): Promise<string[]> =>
  changeData(database, (client) => reinstate(client, names), dryRun)

/** Withdraws facts as part of the transaction of `client`. */
export async function withdraw(
  client: ClientBase,
  names: readonly string[],
  { reason, note }: Reason,
): Promise<string[]> {
  const facts = await findAll(client, names)
  const already = facts.find(({ withdrawal }) => withdrawal !== null)
  if (already) throw new UserError(`${already.name} is already withdrawn`)
  const statements = await statementsAmong(client, facts)
  await moveOut(
    client,
    facts.map(({ table, key, record }) => ({ table, key, record, reason, note, by: 'EDITOR' })),
  )
  if (statements) await statements.derive()
  else {
    await refresh(client, facts)
    await derive(client)
  }
  await raiseVersion(client)
  return facts.map(({ name }) => name)
}

/** The facts if all of them are statements: deriving what follows from these takes little. */
async function statementsAmong(client: ClientBase, facts: readonly Named[]): Promise<TouchedStatements | undefined> {
  return facts.every(({ table }) => table === 'statement')
    ? await TouchedStatements.of(
        client,
        facts.map(({ key }) => key),
      )
    : undefined
}

/** Restores facts as part of the transaction of `client`. */
export async function reinstate(client: ClientBase, names: readonly string[]): Promise<string[]> {
  const facts = await findAll(client, names)
  const present = facts.find(({ withdrawal }) => withdrawal === null)
  if (present) throw new UserError(`${present.name} is not withdrawn`)
  const withdrawals = facts.map(({ withdrawal }) => withdrawal as string)
  await refusePartsAlone(client, withdrawals)
  await moveBack(client, withdrawals)
  await refresh(client, facts)
  await bringBack(client)
  await derive(client)
  await raiseVersion(client)
  return facts.map(({ name }) => name)
}

/** Throws a UserError for a part whose record is withdrawn, too, and is not reinstated with it: the part would have no place. */
async function refusePartsAlone(client: ClientBase, withdrawals: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ record: string }>(
    `SELECT whole.record FROM withdrawal part JOIN withdrawal whole ON whole.record = part.record AND whole.id <> part.id
       AND substr(whole.id, strpos(whole.id, '/')) = substr(whole.record, strpos(whole.record, '/'))
     WHERE part.id = ANY ($1) AND whole.id <> ALL ($1) LIMIT 1`,
    [withdrawals],
  )
  const [whole] = rows
  if (whole) throw new UserError(`${whole.record} is withdrawn, too; reinstate it first, or both at once`)
}

/** Updates what follows from parts: tenures and statuses. */
async function refresh(client: ClientBase, facts: readonly Named[]): Promise<void> {
  const slugsOf = (kind: FactKind) =>
    facts.flatMap(({ record }) => (record.startsWith(`${kind}/`) ? [record.slice(kind.length + 1)] : []))
  await refreshTenures(client, [], slugsOf('positions'))
  await refreshStatuses(client, slugsOf('agreements'))
}

async function findAll(client: ClientBase, names: readonly string[]): Promise<Named[]> {
  const facts: Named[] = []
  for (const name of names) facts.push(await find(client, name))
  return facts
}

/** The tables of parts that can be withdrawn alone, with SQL for the name of the record of a row `own`. */
const PARTS: Readonly<Record<string, string>> = {
  attestation: `'positions/' || own.position_slug`,
  participation: `coalesce('meetings/' || own.meeting_slug, 'visits/' || own.visit_slug)`,
  agreement_event: `'agreements/' || own.agreement_slug`,
}

async function find(client: ClientBase, name: string): Promise<Named> {
  const start = name.slice(0, Math.max(0, name.indexOf('/')))
  const rest = name.slice(start ? start.length + 1 : 0)
  const selects = start in PARTS ? [partOf(start)] : factKinds.filter((kind) => !start || kind === start).map(recordOf)
  const { rows } = await client.query<Named>(
    `SELECT * FROM (${selects.join(' UNION ALL ') || 'SELECT NULL AS name WHERE $1 IS NULL'}) every ORDER BY name`,
    [rest],
  )
  const [fact, other] = rows
  if (!fact) {
    const similar = await nearestFacts(client, name)
    throw new UserError(
      `no fact has the slug ${JSON.stringify(name)}; expected the slug of a record of ${factKinds.join(', ')}` +
        (similar.length > 0 ? `; did you mean ${similar.join(' or ')}?` : ''),
    )
  }
  if (other) {
    const names = rows.map((row) => row.name).join(', ')
    throw new UserError(`${rows.length} facts have the slug ${rest}; expected one of ${names}`)
  }
  return fact
}

function recordOf(kind: FactKind): string {
  const { table } = concepts[kind]
  const found = (key: string) =>
    `'${kind}/' || ${key} AS name, '${table}' AS table, ${key} AS key, '${kind}/' || ${key} AS record`
  return `
    SELECT ${found('slug')}, NULL AS withdrawal FROM "${table}" WHERE slug = $1
    UNION ALL SELECT ${found('moved.key')}, moved.withdrawal_id FROM withdrawn_row moved WHERE (table_name, moved.key) = ('${table}', $1)`
}

/** A part. One that was withdrawn with its record cannot be reinstated alone. */
const partOf = (table: string) => `
  SELECT '${table}/' || id AS name, '${table}' AS table, id AS key, ${PARTS[table]} AS record, NULL AS withdrawal
  FROM "${table}" own WHERE id = $1
  UNION ALL SELECT id, '${table}', $1, record, id FROM withdrawal WHERE id = '${table}/' || $1`

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
