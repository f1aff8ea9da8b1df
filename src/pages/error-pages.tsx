import type { FC } from 'hono/jsx'
import { A } from './parts/links.tsx'
import { SearchForm } from './parts/search-form.tsx'
import { Title } from './parts/section.tsx'
import { counted } from './parts/words.ts'
import { SignInForm } from './sign-in.tsx'

/** For an address that has no page. */
export const NotFound: FC<{ path: string }> = ({ path }) => (
  <>
    <Title
      kind="404"
      name="Nothing is recorded here"
      isLong
      lede={
        <p>
          No page has the address <code dir="auto">{path}</code>. Addresses do not change, so it may have a typing
          error.
        </p>
      }
    />
    <SearchForm id="search" label="Search for a person, a country, a topic or a quotation" />
  </>
)

const Messages: FC<{ messages: readonly string[] }> = ({ messages }) => (
  <ul class="problems">
    {messages.map((message) => (
      <li dir="auto">{message}</li>
    ))}
  </ul>
)

/** For a request whose query has an error, such as an unknown day. */
export const BadRequest: FC<{ status: number; messages: readonly string[] }> = ({ status, messages }) => (
  <>
    <Title kind={String(status)} name="The address asks for something that does not exist" isLong />
    <Messages messages={messages} />
    <SearchForm id="search" label="Search for a person, a country, a topic or a quotation" />
  </>
)

const REFUSALS = {
  401: { name: 'This page is not public', lede: 'The service shows it only to those whom it knows.' },
  403: { name: 'You may not see this page', lede: 'The service knows who you are, but does not show you this.' },
  429: { name: 'Too many requests', lede: 'More requests came from you than the service allows.' },
}

/** Whether a status has a page of its own that says who may see the page, or when. */
export const isRefusal = (status: number): status is keyof typeof REFUSALS => status in REFUSALS

interface RefusedProps {
  readonly status: keyof typeof REFUSALS
  readonly messages: readonly string[]
  /** The path that was refused, to open it after signing in. */
  readonly to: string
  /** Seconds after which the client may try again. Default: not known. */
  readonly seconds?: number | undefined
}

/** For a request that the service or a plugin refuses, whatever it asks for. */
export const Refused: FC<RefusedProps> = ({ status, messages, to, seconds }) => {
  const { name, lede } = REFUSALS[status]
  return (
    <>
      <Title
        kind={String(status)}
        name={name}
        isLong
        lede={
          <p>
            {lede} {seconds !== undefined && `Please try again in ${counted(seconds, 'second')}.`}
          </p>
        }
      />
      <Messages messages={messages} />
      {status === 401 && <SignInForm to={to} />}
      {status === 401 && (
        <p class="soft">
          If you have signed in and came here from another site, <A to={to.slice(1)}>open this page again</A>: the
          browser does not say who you are when another site leads here.
        </p>
      )}
    </>
  )
}

/** For a failure of the database, or of the program. */
export const Failure: FC<{ status: number; messages: readonly string[] }> = ({ status, messages }) => (
  <>
    <Title
      kind={String(status)}
      name={status === 503 ? 'This page is not available now' : 'This page failed'}
      isLong
      lede={
        <p>{status === 503 ? 'Nothing is lost. Please try again in a few seconds.' : 'The fault is on our side.'}</p>
      }
    />
    <Messages messages={messages} />
  </>
)
