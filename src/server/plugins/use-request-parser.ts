import type { GraphQLParams, Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { badRequest, errorOf, INCOMPLETE, type Refusal, responseOf } from '../refusal.ts'

const RECEIVED = new Set(['application/json', 'application/graphql+json'])
const SENT = ['application/json', 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed']

/** The types of the parameters. Each may also be missing or null. */
const PARAMETERS = {
  query: 'string',
  operationName: 'string',
  variables: 'object',
  extensions: 'object',
  documentId: 'string',
} as const

/**
 * Replaces Yoga's parsers, which report some mistakes of clients as internal errors and treat media types as case-sensitive.
 * Refuses HTML forms, because a page of another site can send them without a preflight request.
 */
export function useRequestParser(): Plugin {
  return {
    onRequestParse({ request, setRequestParser, endResponse }) {
      const accept = request.headers.get('accept')
      if (accept) {
        const types = knownTypes(accept)
        // Yoga would check this only after it executed the operation, and would respond without a body.
        if (types.length === 0) return endResponse(responseOf(NOT_ACCEPTABLE))
        // Yoga ignores q, and prefers the types that it reads first.
        if (/;\s*q=/i.test(accept)) request.headers.set('accept', types.join(', '))
      }
      if (request.method === 'GET') return setRequestParser(parseUrl)
      if (!isJson(request.headers.get('content-type'))) throw errorOf(NOT_JSON)
      if ((request.headers.get('content-encoding') ?? 'identity').toLowerCase() !== 'identity') throw errorOf(ENCODED)
      setRequestParser(parseBody)
    },
  }
}

const NOT_ACCEPTABLE: Refusal = {
  status: 406,
  code: 'NOT_ACCEPTABLE',
  message: 'header accept: expected application/graphql-response+json or application/json, in UTF-8',
}
const NOT_JSON: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'header content-type: expected application/json, in UTF-8',
}
const ENCODED: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'header content-encoding: expected none, because compressed requests are not supported',
}

/** The media type and the parameters of an entry of a header, in lower case. */
const partsOf = (entry: string) =>
  entry
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())

const isUtf8 = (parameters: readonly string[]) =>
  parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter))

function isJson(contentType: string | null): boolean {
  const [type = '', ...parameters] = partsOf(contentType ?? '')
  return RECEIVED.has(type) && isUtf8(parameters)
}

/** The types by header. Most clients send the same one with each request. */
const typesByAccept = new LRUCache<string, readonly string[]>({
  max: 100,
  maxSize: 100_000,
  sizeCalculation: (_, { length }) => length + 1,
})

function knownTypes(accept: string): readonly string[] {
  const found = typesByAccept.get(accept)
  if (found) return found
  const types = acceptedTypes(accept)
  typesByAccept.set(accept, types)
  return types
}

/** The types of responses that an Accept header allows, the preferred first. */
function acceptedTypes(accept: string): string[] {
  const ranges = accept
    .split(',')
    .map((entry, place) => {
      const [range = '', ...parameters] = partsOf(entry)
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return { range, place, isUtf8: isUtf8(parameters), quality: q === undefined ? 1 : Number(q.slice(2)) || 0 }
    })
    .filter((entry) => entry.isUtf8)
  return SENT.flatMap((type) => {
    // The most specific range decides.
    const deciding = [type, `${type.split('/')[0]}/*`, '*/*']
      .map((pattern) => ranges.find(({ range }) => range === pattern))
      .find((entry) => entry !== undefined)
    return deciding && deciding.quality > 0 ? { type, ...deciding } : []
  })
    .toSorted((one, other) => other.quality - one.quality || one.place - other.place)
    .map(({ type }) => type)
}

function parseUrl({ url }: Request): GraphQLParams {
  const search = url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''
  const given = new URLSearchParams(search)
  const params: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(PARAMETERS)) {
    const text = given.get(name)
    // Some clients send `variables=` if they have no variables. An empty document id is treated as an unknown id.
    if (text === null || (text === '' && name !== 'documentId')) continue
    params[name] = type === 'object' ? parseJson(text, `parameter ${name}`) : text
  }
  return checked(params)
}

async function parseBody(request: Request): Promise<GraphQLParams> {
  const text = await request.text().catch(() => {
    throw errorOf(INCOMPLETE)
  })
  const body = parseJson(text, 'request body')
  if (Array.isArray(body)) {
    const message = 'request body: expected one JSON object, got an array; batched requests are not supported'
    throw errorOf(badRequest(message))
  }
  if (!isObject(body)) throw errorOf(badRequest(`request body: expected a JSON object, got ${typeOf(body)}`))
  return checked(body)
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw errorOf(badRequest(`${place}: expected JSON: ${(error as Error).message}`))
  }
}

function checked(params: Record<string, unknown>): GraphQLParams {
  // Some clients send an empty name for a document with one operation.
  if (params['operationName'] === '') delete params['operationName']
  for (const [name, value] of Object.entries(params)) {
    if (value === null) continue
    if (!Object.hasOwn(PARAMETERS, name)) {
      const names = Object.keys(PARAMETERS).join(', ')
      throw errorOf(badRequest(`request body: expected the parameters ${names}; got ${JSON.stringify(name)}`))
    }
    const type = PARAMETERS[name as keyof typeof PARAMETERS]
    if (typeOf(value) !== type) {
      const expected = type === 'object' ? 'an object' : 'a string'
      throw errorOf(badRequest(`parameter ${name}: expected ${expected}, got ${typeOf(value)}`))
    }
  }
  return params
}

const isObject = (value: unknown): value is Record<string, unknown> => typeOf(value) === 'object'

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
