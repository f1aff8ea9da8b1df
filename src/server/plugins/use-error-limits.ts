import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/**
 * Maximum number of characters of a message, of which at most 200 are input. Of a longer message, only the start and the end
 * are sent.
 */
const LONGEST_MESSAGE = 215
const START = 120
const END = 80

/** Maximum number of characters of an alias in a path. */
const LONGEST_NAME = 200
const MOST_LOCATIONS = 10

/** Maximum number of characters of all errors together. */
const LONGEST_LIST = 15_000

/**
 * Limits the size of the errors in a response. Messages of graphql-js, Yoga and this service quote what the client sent, which
 * can be a megabyte. So all errors are shortened in one place, just before they are sent.
 */
export function useErrorLimits(): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      const { errors } = result as ExecutionResult
      if (!errors || errors.length === 0) return
      setResult({ ...result, errors: limited(errors) } as ExecutionResult)
    },
  }
}

function limited(errors: readonly GraphQLError[]): GraphQLError[] {
  const listed: GraphQLError[] = []
  let length = 0
  for (const error of errors) {
    const short = shortened(error)
    length += JSON.stringify(short).length
    if (length > LONGEST_LIST) {
      const message = `${errors.length - listed.length} more errors are not listed`
      listed.push(new GraphQLError(message, { extensions: error.extensions }))
      break
    }
    listed.push(short)
  }
  return listed
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

/** Preserves the start and the end, because either may say what was expected. */
function shorten(message: string): string {
  if (message.length <= LONGEST_MESSAGE) return message
  return `${message.slice(0, START)}… (${message.length - START - END} more characters) …${message.slice(-END)}`
}
