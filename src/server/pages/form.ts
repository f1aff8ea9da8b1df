import { readBody, tooLarge } from '../body.ts'
import type { Refusal } from '../refusal.ts'

/** Reads a form that a browser sent, or returns why it is refused. */
export async function readForm(request: Request, longest: number): Promise<URLSearchParams | Refusal> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) return NOT_A_FORM
  const body = await readBody(request, longest).catch(() => undefined)
  return body ? new URLSearchParams(String(body)) : tooLarge(longest)
}

const NOT_A_FORM: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'header content-type: expected application/x-www-form-urlencoded',
}
