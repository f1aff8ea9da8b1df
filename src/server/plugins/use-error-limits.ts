import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Characters of a message, and how many of its start and of its end are left if it has more. */
const LONGEST_MESSAGE = 250
const START = 120
const END = 80

/** Characters of an alias in a path. */
const LONGEST_NAME = 200
const MOST_LOCATIONS = 10

/** Of a request that was not executed, and of fields that failed. */
const MOST_REQUEST_ERRORS = 20
const MOST_FIELD_ERRORS = 100

/**
 * Bounds the errors of a response. Messages repeat what the client sent, which may have a megabyte, whether they come from
 * graphql-js, from Yoga or from this service; so this is done once, for all of them, just before they are sent.
 */
export function useErrorLimits(): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      const { errors } = result as ExecutionResult
      if (!errors || errors.length === 0) return
      const most = (result as ExecutionResult).data ? MOST_FIELD_ERRORS : MOST_REQUEST_ERRORS
      const limited = errors.slice(0, most).map(shortened)
      if (errors.length > most) {
        const { code, http } = (errors[0] as GraphQLError).extensions
        const message = `${errors.length - most} more errors are not listed`
        limited.push(new GraphQLError(message, { extensions: { code, ...(http !== undefined && { http }) } }))
      }
      setResult({ ...result, errors: limited } as ExecutionResult)
    },
  }
}

function shortened(error: GraphQLError): GraphQLError {
  const { message, path, nodes, source, positions, originalError, extensions } = error
  return new GraphQLError(shorten(message), {
    nodes: nodes?.slice(0, MOST_LOCATIONS) ?? null,
    source: source ?? null,
    positions: positions?.slice(0, MOST_LOCATIONS) ?? null,
    path: path?.map((key) => (typeof key === 'string' ? key.slice(0, LONGEST_NAME) : key)) ?? null,
    originalError: originalError ?? null,
    extensions,
  })
}

/** Leaves the start and the end, since either may say what was expected. */
function shorten(message: string): string {
  if (message.length <= LONGEST_MESSAGE) return message
  return `${message.slice(0, START)}… (${message.length - START - END} more characters) …${message.slice(-END)}`
}
