import { GraphQLError } from 'graphql'

/** An error in a request. The message says where the mistake is, what was expected and what was received. */
export const badUserInput = (message: string) => codedError('BAD_USER_INPUT', message)

/** An error that a client can handle by its code. */
export const codedError = (code: string, message: string) => new GraphQLError(message, { extensions: { code } })

/** Maximum number of characters of a request that an error message repeats. `server/plugins/use-error-limits.ts` shortens long messages. */
const MAX_ECHO = 100

/** A value from a request as JSON for an error message, cut to MAX_ECHO characters. */
export function echo(value: unknown): string {
  const json = JSON.stringify(value)
  if (json.length <= MAX_ECHO) return json
  // A cut between the two halves of a surrogate pair would leave an invalid character.
  return `${json.slice(0, MAX_ECHO - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
