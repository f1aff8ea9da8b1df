import type { Received } from './send.ts'

/** Every status that the documentation names, but those for what a test does not do, such as overload. */
const STATUSES = new Set([
  200, 204, 301, 302, 304, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 417, 422, 429, 431, 500,
])

/** What only the inside of the service knows: stack traces, SQL, libraries, paths. */
const LEAKS = [
  /\n\s+at /,
  /node_modules/,
  /node:internal/,
  /file:\/\//,
  /\bSELECT\b.*\bFROM\b/,
  /syntax error at or near/,
  /relation ".*" does not exist/,
  /postgres(ql)?:\/\//,
  /Prisma|PrismaClient/,
  /\bECONN|\bENOENT|\bEACCES/,
  /TypeError|ReferenceError|RangeError/,
  /undefined is not|Cannot read prop/,
]

/** What is wrong with an answer to a client that may have sent anything. */
export function faultsOf({ status, headers, body }: Received, sent: string): string[] {
  const faults: string[] = []
  if (!STATUSES.has(status) || status >= 500) faults.push(`status ${status}`)
  if (!/^[0-9a-f-]{36}$/.test(String(headers['x-request-id']))) faults.push('no x-request-id')
  if (headers['x-content-type-options'] !== 'nosniff') faults.push('no x-content-type-options')
  // What a client has sent may come back in a message.
  for (const leak of LEAKS) if (leak.test(body) && !leak.test(sent)) faults.push(`leak: ${leak.exec(body)?.[0]}`)
  if (/json/.test(headers['content-type'] ?? '') && body) faults.push(...faultsOfJson(body))
  return faults
}

function faultsOfJson(body: string): string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return ['JSON that cannot be parsed']
  }
  const { errors } = parsed as { errors?: { message?: unknown; extensions?: { code?: unknown } }[] }
  if (errors === undefined) return []
  return errors.flatMap(({ message, extensions }) => {
    if (typeof message !== 'string' || message === '') return ['an error without a message']
    const code = extensions?.code
    if (typeof code !== 'string') return [`an error without a code: ${message}`]
    return code === 'INTERNAL_SERVER_ERROR' ? [`${code}: ${message}`] : []
  })
}
