import type { Child, FC } from 'hono/jsx'

/** A large part of a page, with a heading and a note beside it. */
export const Section: FC<{ title: string; id?: string; note?: Child; children?: Child }> = ({
  title,
  id,
  note,
  children,
}) => (
  <section id={id}>
    <div class="head">
      <h2>{title}</h2>
      {note && <p>{note}</p>}
    </div>
    {children}
  </section>
)

/** The name of a page, what kind of thing it is, one or two sentences about it, and a short note beside them. */
export const Title: FC<{ kind: Child; name: Child; isLong?: boolean; lede?: Child; aside?: Child }> = ({
  kind,
  name,
  isLong,
  lede,
  aside,
}) => (
  <div class="title">
    <p class="kicker">{kind}</p>
    <h1 class={isLong ? 'long' : undefined} dir="auto">
      {name}
    </h1>
    {lede && <div class="lede">{lede}</div>}
    {aside && <div class="aside">{aside}</div>}
  </div>
)

/** A link to the next or the previous page of a list. `query` replaces the query of the URL. */
export const PageLink: FC<{ query: URLSearchParams; rel: 'next' | 'prev'; children?: Child }> = ({
  query,
  rel,
  children,
}) => (
  <p class="page-link">
    <a href={`?${query}`} rel={rel}>
      {children}
    </a>
  </p>
)
