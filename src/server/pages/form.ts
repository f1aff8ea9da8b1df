import { readBody } from '../plugins/use-request-limit.ts'
import type { Refusal } from '../refusal.ts'

/** Reads a form that a browser sent, or returns why it is refused. */
export async function readForm(request: Request, longest: number): Promise<URLSearchParams | Refusal> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) return NOT_A_FORM
  const body = await readBody(request, longest).catch(() => undefined)
  return body ? new URLSearchParams(String(body)) : tooLong(longest)
}

const NOT_A_FORM: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'header content-type: expected application/x-www-form-urlencoded',
}

const tooLong = (longest: number): Refusal => ({
  status: 413,
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: `request body: expected at most ${longest} bytes`,
})
