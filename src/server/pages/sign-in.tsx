import type { Context, Hono } from 'hono'
import { closeSession, openSession, SESSION_SECONDS } from '../../access/sessions.ts'
import { failureOf } from '../../database/failure.ts'
import type { Database } from '../../database/open.ts'
import { Failure, isRefusal, Refused } from '../../pages/error-pages.tsx'
import { SignIn } from '../../pages/sign-in.tsx'
import { type Access, COOKIE, isSameOrigin, sessionIn } from '../access.ts'
import type { RequestContext } from '../exchange.ts'
import { type Refusal, responseOf } from '../refusal.ts'
import { readForm } from './form.ts'
import { htmlResponse, problem } from './routes.tsx'

type Env = { Bindings: RequestContext }

/** Maximum number of bytes of the form: a key, and the address of the page to open then. */
const LONGEST_FORM = 20_000

/** Adds the page at which a browser exchanges a key for a cookie. It works without scripts. */
export function addSignIn(routes: Hono<Env>, database: Database, access: Access): void {
  routes.get('/key', async (c) => {
    const { exchange } = c.env
    try {
      await access.identify(c.req.raw, exchange)
    } catch (error) {
      return await unavailable(c, error)
    }
    const { key } = exchange.caller
    const title = key ? 'Signed in' : 'Sign in'
    return await htmlResponse(c, 200, title, 'Sign in with a key.', <SignIn viewer={key} />, NOT_STORED)
  })

  routes.post('/key', async (c) => {
    if (!isSameOrigin(c.req.raw)) {
      const message = 'the form came from a page of another site; open this page, and send its form'
      return await refused(c, { status: 403, code: 'FORBIDDEN', message })
    }
    const form = await readForm(c.req.raw, LONGEST_FORM)
    if (!(form instanceof URLSearchParams)) return responseOf(form)
    try {
      return form.has('leave') ? await signOut(c) : await signIn(c, form.get('key')?.trim() ?? '', form.get('to') ?? '')
    } catch (error) {
      return await unavailable(c, error)
    }
  })

  async function signIn(c: Context<Env>, text: string, to: string): Promise<Response> {
    const found = await access.find('key', text, c.env.exchange)
    if ('status' in found) return await refused(c, found, to)
    c.env.exchange.admitKey(found)
    const secret = await openSession(database, found.id)
    return redirect(c, pathIn(to), cookieOf(c, secret, SESSION_SECONDS))
  }

  async function signOut(c: Context<Env>): Promise<Response> {
    const id = await closeSession(database, sessionIn(c.req.raw) ?? '')
    if (id) access.keys.forget('session', id)
    return redirect(c, '/key', cookieOf(c, '', 0))
  }
}

const NOT_STORED = { 'cache-control': 'no-store' }

/** Relative, because a proxy may serve the service under a path. The dot makes sure that the path is not read as another site. */
const redirect = (c: Context<Env>, path: string, cookie: string): Response =>
  c.body(null, 303, { ...NOT_STORED, location: `.${path}`, 'set-cookie': cookie })

/** Without a path, the cookie is for the path of this page and below, also where a proxy adds a prefix. */
const cookieOf = (c: Context<Env>, value: string, seconds: number): string =>
  `${COOKIE}=${value}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${c.env.exchange.caller.isSecure ? '; Secure' : ''}`

/** A path of this service. Anything else becomes that of the start page. */
const pathIn = (to: string): string => (/^\/(?!\/)[!-[\]-~]*$/.test(to) ? to : '/')

const refused = async (c: Context<Env>, { status, code, message, headers }: Refusal, to = '/') =>
  await problem(
    c,
    status,
    [{ message, extensions: { code } }],
    'Refused',
    <Refused status={isRefusal(status) ? status : 403} messages={[message]} to={pathIn(to)} />,
    headers,
  )

/** The page for a database that is not available. Throws other errors. */
async function unavailable(c: Context<Env>, error: unknown): Promise<Response> {
  if (!failureOf(error)) throw error
  const errors = [{ message: 'the database is not available or too busy', extensions: { code: 'UNAVAILABLE' } }]
  return await problem(c, 503, errors, 'Not available', <Failure status={503} messages={[]} />, { 'retry-after': '5' })
}
