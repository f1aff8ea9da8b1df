import { existsSync } from 'node:fs'
import { access, constants, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ClientBase } from 'pg'
import { findStale } from '../bundle/derived/derive.ts'
import { variables } from '../config/config.ts'
import { CONNECTIONS, type DatabaseConfig } from '../config/database.ts'
import { checkDatabase } from '../database/doctor/database.ts'
import { type Finding, fail, ok, warn } from '../database/doctor/finding.ts'
import { checkServers } from '../database/doctor/servers.ts'
import { remedyFor } from '../database/explain.ts'
import { messageOf, UserError } from '../errors.ts'
import { version } from '../version.ts'
import type { Context } from './context.ts'

export interface DoctorOptions {
  readonly json?: boolean
}

/** Bytes that should be free on the disk of the folder, and that must be. */
const ENOUGH_SPACE = 1e9
const LEAST_SPACE = 1e8

/**
 * Checks the configuration and the database, prints what was found and what to do, and changes nothing. Returns the exit code: 1
 * if something must be done.
 */
export async function examine(
  { config, stdout, openAsFound }: Context,
  env: NodeJS.ProcessEnv,
  { json = false }: DoctorOptions,
): Promise<number> {
  const findings: Finding[] = [...programFindings(env)]
  const { database } = config
  if ('folder' in database) findings.push(...(await folderFindings(resolve(database.folder))))
  if (!('folder' in database) || existsSync(resolve(database.folder, 'pglite'))) {
    findings.push(...(await databaseFindings(openAsFound, database)))
  }
  const lines = findings.map(json ? (finding) => JSON.stringify(finding) : lineOf)
  stdout.write(`${lines.join('\n')}\n`)
  return findings.some(({ level }) => level === 'FAIL') ? 1 : 0
}

const lineOf = ({ level, what, found, remedy }: Finding) =>
  `${level.padEnd(5)} ${what}: ${found}${remedy ? `\n      ${remedy}` : ''}`

function programFindings(env: NodeJS.ProcessEnv): Finding[] {
  const set = variables.filter(({ name }) => env[name]).map(({ name }) => `${name}=${withoutSecrets(env[name] ?? '')}`)
  return [
    ok('program', `bilateral ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`),
    ok('configuration', set.length > 0 ? set.join(' ') : 'no variable is set'),
  ]
}

/** A value without what may be secret in the URLs in it: passwords and parameters. */
const withoutSecrets = (value: string) =>
  value.replaceAll(/([a-z]+:\/\/[^\s:/?#]*)(:[^\s]*)?(@[^\s,?]*)/g, '$1$3').replaceAll(/\?[^\s,]*/g, '?…')

async function folderFindings(folder: string): Promise<Finding[]> {
  const isCreated = existsSync(folder)
  const existing = isCreated ? folder : nearestFolder(folder)
  const findings: Finding[] = []
  try {
    await access(existing, constants.W_OK | constants.X_OK)
    findings.push(ok('folder', isCreated ? `${folder} is writable` : `${folder} will be created by bilateral serve`))
  } catch (error) {
    findings.push(
      fail('folder', `cannot write to ${existing}: ${messageOf(error)}`, 'set BILATERAL_DATA to a folder you own'),
    )
  }
  const { bavail, bsize } = await statfs(existing)
  const free = bavail * bsize
  const found = `${(free / 1e9).toFixed(1)} GB are free`
  const remedy = 'free some space, or set BILATERAL_DATA to a folder on another disk'
  if (free < LEAST_SPACE) findings.push(fail('disk', found, remedy))
  else findings.push(free < ENOUGH_SPACE ? warn('disk', found, remedy) : ok('disk', found))
  return findings
}

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)))

async function databaseFindings(openAsFound: Context['openAsFound'], config: DatabaseConfig): Promise<Finding[]> {
  try {
    const { client, location, close } = await openAsFound()
    try {
      const findings = [ok('database', `connected to ${location}`)]
      const connections = 'url' in config ? (config.connections ?? CONNECTIONS) : undefined
      findings.push(...(await checkDatabase(client, connections)))
      const isCurrent = findings.some(({ what, level }) => what === 'migrations' && level === 'OK')
      const isWritable = !findings.some(({ what, level }) => what === 'write access' && level === 'FAIL')
      if (isCurrent && isWritable) findings.push(await derivedFinding(client))
      if ('url' in config) findings.push(...(await checkServers(config, client)))
      return findings
    } finally {
      await close()
    }
  } catch (error) {
    // The message of a UserError says what to do, if that is known.
    const remedy = error instanceof UserError ? '' : remedyFor(error).replace(/^; /, '')
    return [fail('database', messageOf(error), remedy || 'start the database, or correct its address; then repeat')]
  }
}

async function derivedFinding(client: ClientBase): Promise<Finding> {
  await client.query('BEGIN')
  const stale = await findStale(client).finally(() => client.query('ROLLBACK'))
  if (stale.length === 0) return ok('derived tables', 'follow from the facts')
  return fail(
    'derived tables',
    `stale: ${stale.map(({ table, rows }) => `${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}`).join(', ')}`,
    'stop processes of older versions, and import the files that were imported last again with this version',
  )
}
