import type { FC } from 'hono/jsx'
import { SearchForm } from './parts/search-form.tsx'
import { Title } from './parts/section.tsx'

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

/** For a request whose query has an error, such as an unknown day. */
export const BadRequest: FC<{ messages: readonly string[] }> = ({ messages }) => (
  <>
    <Title kind="400" name="The address asks for something that does not exist" isLong />
    <ul class="problems">
      {messages.map((message) => (
        <li dir="auto">{message}</li>
      ))}
    </ul>
    <SearchForm id="search" label="Search for a person, a country, a topic or a quotation" />
  </>
)

/** For a failure of the database, or of the program. */
export const Failure: FC<{ status: number; messages: readonly string[] }> = ({ status, messages }) => (
  <>
    <Title
      kind={String(status)}
      name={status === 503 ? 'The database does not answer' : 'This page failed'}
      isLong
      lede={
        <p>{status === 503 ? 'Nothing is lost. Please try again in a few seconds.' : 'The fault is on our side.'}</p>
      }
    />
    <ul class="problems">
      {messages.map((message) => (
        <li dir="auto">{message}</li>
      ))}
    </ul>
  </>
)
