import { z } from 'zod'
import { UserError } from '../errors.ts'
import { type AccessConfig, accessConfig, accessVariables } from './access.ts'
import { type DatabaseConfig, databaseConfig, databaseVariables } from './database.ts'
import { type DraftModel, draftingVariables, draftModelOf } from './drafting.ts'
import { type HttpConfig, httpConfig, httpVariables } from './http.ts'
import { type Limits, limitsOf, limitVariables } from './limits.ts'
import { type ObservingConfig, observingConfig, observingVariables } from './observing.ts'
import { type RateLimit, rateLimitOf, rateLimitVariables } from './rate-limit.ts'

export interface Config extends HttpConfig {
  readonly database: DatabaseConfig
  readonly access: AccessConfig
  readonly observing: ObservingConfig
  readonly limits: Limits
  /** What each caller may use. Undefined if that is not limited. */
  readonly rateLimit: RateLimit | undefined
  /** The language model that helps with drafts. Undefined if none does. */
  readonly draftModel: DraftModel | undefined
}

/** All environment variables of the program. The description of each is its line in `bilateral --help`. */
const environment = z.object({
  ...databaseVariables.shape,
  ...httpVariables.shape,
  ...accessVariables.shape,
  ...observingVariables.shape,
  ...limitVariables.shape,
  ...rateLimitVariables.shape,
  ...draftingVariables.shape,
})

/** Names and descriptions of the environment variables. */
export const variables: readonly { readonly name: string; readonly description: string }[] = Object.entries(
  environment.shape,
).map(([name, { description = '' }]) => ({ name, description }))

/** Reads the configuration from environment variables. Throws a UserError that names the variable and the expected value. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { success, data, error } = environment.safeParse(set)
  if (!success) {
    const [issue] = error.issues
    throw new UserError(`environment variable ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const database = databaseConfig(data)
  const limits = limitsOf(data)
  return {
    database,
    access: accessConfig(data),
    observing: observingConfig(data),
    limits,
    draftModel: draftModelOf(data),
    rateLimit: rateLimitOf(data, { host: data.HOST, database, maxCost: limits.cost }),
    ...httpConfig(data),
  }
}
