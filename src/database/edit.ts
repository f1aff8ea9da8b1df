import { hash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { UserError } from '../errors.ts'
import { changeData } from './change.ts'
import { versionIn } from './data-version.ts'
import type { Database } from './open.ts'

/** A change that a client of the API requests. */
export interface Edit {
  /** Id of the key that it was requested with. */
  readonly keyId: string
  /** What was requested: the same value for the same change. */
  readonly request: unknown
  readonly dryRun: boolean
  /** A name for the request. The same request under the same name changes the data only once. */
  readonly idempotencyKey?: string | null | undefined
  /** The version that the data must have. */
  readonly expectedVersion?: string | null | undefined
}

export interface Edited<Result> {
  readonly result: Result
  /** The version of the data after the change. After a dry run, the version that it was checked against. */
  readonly dataVersion: string
}

/** A change that was not made, because the data or an earlier request is not what the client expects. */
export class EditRefused extends UserError {
  override name = 'EditRefused'
  readonly code: 'CONFLICT' | 'IDEMPOTENCY_KEY_REUSED'

  constructor(code: EditRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** For how long the same request under the same name is recognised. */
export const REMEMBERED_HOURS = 24

/**
 * Runs `work` in one transaction that changes the data. If the client repeats a request, because it got no response, it returns the
 * result of the first one and changes nothing. Results must be values that JSON can express.
 */
export const editData = <Result>(
  database: Database,
  edit: Edit,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Edited<Result>> =>
  changeData(
    database,
    async (client) => {
      const name = edit.dryRun ? undefined : (edit.idempotencyKey ?? undefined)
      const digest = name === undefined ? undefined : hash('sha256', JSON.stringify(edit.request), 'buffer')
      if (name !== undefined && digest) {
        const earlier = await findEarlier<Edited<Result>>(client, edit.keyId, name, digest)
        if (earlier) return earlier
      }
      const before = (await versionIn(client)) ?? '0'
      if (edit.expectedVersion != null && edit.expectedVersion !== before) {
        throw new EditRefused(
          'CONFLICT',
          `expectedVersion: expected the version of the data, which is ${before}, got ${edit.expectedVersion}; the data has changed: read it again`,
        )
      }
      const result = await work(client)
      const edited = { result, dataVersion: edit.dryRun ? before : ((await versionIn(client)) ?? '0') }
      if (name !== undefined && digest) {
        await client.query('INSERT INTO edit_request (key_id, name, request, result) VALUES ($1, $2, $3, $4)', [
          edit.keyId,
          name,
          digest,
          JSON.stringify(edited),
        ])
      }
      return edited
    },
    edit.dryRun,
  )

/** The result of an earlier request with this name. Throws an EditRefused if it requested something else. */
async function findEarlier<Result>(
  client: ClientBase,
  keyId: string,
  name: string,
  digest: Buffer,
): Promise<Result | undefined> {
  await client.query(`DELETE FROM edit_request WHERE at < now() - $1 * interval '1 hour'`, [REMEMBERED_HOURS])
  const { rows } = await client.query<{ request: Buffer; result: Result }>(
    'SELECT request, result FROM edit_request WHERE (key_id, name) = ($1, $2)',
    [keyId, name],
  )
  const [earlier] = rows
  if (earlier && !earlier.request.equals(digest)) {
    throw new EditRefused(
      'IDEMPOTENCY_KEY_REUSED',
      'idempotencyKey: another request was sent with this key; expected a new key for a new request',
    )
  }
  return earlier?.result
}
