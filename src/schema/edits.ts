import type { ClientBase } from 'pg'
import { BundleRefused } from '../bundle/problems.ts'
import { type Edited, EditRefused, editData } from '../database/edit.ts'
import { UserError } from '../errors.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { badUserInput, codedError, echo } from './errors.ts'

/** Maximum number of characters of an idempotency key. */
const LONGEST_KEY = 200

/** The arguments of every mutation. */
export const editArgs = builder.args((t) => ({
  dryRun: t.boolean({
    required: true,
    defaultValue: false,
    description: 'Checks everything and returns the result that the change would have, but changes nothing.',
  }),
  idempotencyKey: t.string({
    description: `A name for this request, chosen by the client: at most ${LONGEST_KEY} characters, for example a UUID. If the same request is sent again with it within 24 hours, nothing changes again, and the response has the result of the first request. A different request with it is refused with \`IDEMPOTENCY_KEY_REUSED\`. Dry runs do not use it.`,
  }),
  expectedVersion: t.string({
    description:
      'The `dataVersion` that the client has read. If the data has changed since, nothing is changed, and the request is refused with `CONFLICT`. Default: not checked.',
  }),
}))

interface EditArgs {
  readonly dryRun: boolean
  readonly idempotencyKey?: string | null | undefined
  readonly expectedVersion?: string | null | undefined
}

/** What every mutation returns. */
export interface EditResultData {
  readonly dataVersion: string
  readonly dryRun: boolean
}

export const EditResult = builder.interfaceRef<EditResultData>('EditResult').implement({
  description: 'The result of a change of the data.',
  fields: (t) => ({
    dataVersion: t.exposeString('dataVersion', {
      description:
        'Version of the data after the change, or that a dry run was checked against. A request with the header `x-data-version` of this value reads the change, also from another process.',
    }),
    dryRun: t.exposeBoolean('dryRun', { description: 'Whether the data was only checked, not changed.' }),
  }),
})

/** Makes a change as one transaction. Errors that the caller can fix get a code, except a BundleRefused, whose problems are data. */
export async function edit<Args extends EditArgs, Result>(
  name: string,
  args: Args,
  { database, exchange }: Pick<Context, 'database' | 'exchange'>,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Edited<Result>> {
  exchange.isPersonal = true
  const { idempotencyKey, expectedVersion, dryRun } = args
  for (const [argument, value] of Object.entries(args)) {
    if (typeof value === 'string' && /[\0\p{Cs}]/u.test(value)) {
      throw badUserInput(`\`${argument}\`: expected Unicode text without NUL characters`)
    }
  }
  if (idempotencyKey?.length === 0 || (idempotencyKey?.length ?? 0) > LONGEST_KEY) {
    throw badUserInput(
      `\`idempotencyKey\`: expected 1 to ${LONGEST_KEY} characters, got ${idempotencyKey?.length ?? 0}`,
    )
  }
  if (expectedVersion != null && !/^\d{1,19}$/.test(expectedVersion)) {
    throw badUserInput(`\`expectedVersion\`: expected a \`dataVersion\`, got ${echo(expectedVersion)}`)
  }
  // Execution has checked that there is a key.
  const keyId = exchange.caller.key?.id as string
  try {
    return await editData(database, { keyId, request: [name, args], dryRun, idempotencyKey, expectedVersion }, work)
  } catch (error) {
    if (error instanceof EditRefused) throw codedError(error.code, error.message)
    if (error instanceof UserError && !(error instanceof BundleRefused)) throw badUserInput(error.message)
    throw error
  }
}
