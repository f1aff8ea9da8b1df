import { GraphQLError } from 'graphql'

/** What the caller of the API can mend. The message says what was expected. */
export const badUserInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })
