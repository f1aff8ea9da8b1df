import type { Child, FC } from 'hono/jsx'
import { Downloads } from './downloads.tsx'
import { type Here, HereContext, useHere } from './here.ts'
import { A } from './links.tsx'
import { SearchForm } from './search-form.tsx'
import { Signs } from './signs.tsx'

/** URLs of the style sheet, the script and the icon, relative to the site’s root. */
export interface Assets {
  readonly style: string
  readonly script: string
  readonly icon: string
}

interface LayoutProps {
  readonly here: Here
  readonly assets: Assets
  readonly title: string
  readonly description: string
  /** The words of the search, on the page of its results. */
  readonly search?: string
  /** Tags of the head, as names and contents. */
  readonly tags?: readonly (readonly [name: string, content: string])[]
  readonly children?: Child
}

/** What all pages share: head, masthead with the search, `main`, and foot. */
export const Layout: FC<LayoutProps> = ({ here, assets, title, description, search, tags = [], children }) => (
  <HereContext.Provider value={here}>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <meta name="description" content={description} />
        {here.json && <link rel="canonical" href={here.url} />}
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:type" content="website" />
        <meta property="og:url" content={here.url} />
        <meta property="og:site_name" content="bilateral" />
        {here.json && <link rel="alternate" type="application/json" href={here.json} />}
        {here.record && (
          <link rel="alternate" type="application/ld+json" href={`${here.record.name}.jsonld${here.record.data}`} />
        )}
        {tags.map(([name, content]) => (
          <meta name={name} content={content} />
        ))}
        {here.csv && <link rel="alternate" type="text/csv" href={here.csv} />}
        <link rel="icon" type="image/svg+xml" href={here.root + assets.icon} />
        <link rel="stylesheet" href={here.root + assets.style} />
        <script type="module" src={here.root + assets.script} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Signs />
        <Masthead search={search} />
        <main id="main" class="wrap" tabindex={-1}>
          {children}
          <div data-part="downloads">
            <Downloads />
          </div>
        </main>
        <Foot url={here.url + (here.search ?? '')} />
      </body>
    </html>
  </HereContext.Provider>
)

/** The lists of all records, by path. */
const LISTS = [
  ['relations', 'Relations'],
  ['people', 'People'],
  ['topics', 'Topics'],
  ['sources', 'Sources'],
] as const

/** Pages that have a larger search themselves. */
const WITH_SEARCH = ['/', '/search']

const Masthead: FC<{ search: string | undefined }> = ({ search }) => {
  const { pathname } = new URL(useHere().url)
  return (
    <header class="masthead">
      <div class="wrap">
        <A to="" class="logo">
          <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
            <rect x="1" y="1" width="7" height="7" class="fill-a" />
            <rect x="10" y="10" width="7" height="7" class="fill-b" />
            <path d="M1 13.5h5M12 4.5h5" class="line-n" />
          </svg>
          bilateral
        </A>
        {!WITH_SEARCH.includes(pathname) && (
          <SearchForm
            id="masthead-search"
            value={search}
            label="Search"
            isLabelHidden
            placeholder="Person, country, topic or quotation"
          />
        )}
        <nav aria-label="Main">
          {LISTS.map(([path, name]) => (
            <A to={path} aria-current={currentOf(`/${path}`, pathname)}>
              {name}
            </A>
          ))}
          <A to="check" aria-current={currentOf('/check', pathname)}>
            Check
          </A>
          <A to="draft" aria-current={currentOf('/draft', pathname)}>
            Draft
          </A>
          <A to="graphql">GraphiQL</A>
        </nav>
      </div>
    </header>
  )
}

/** Whether a page is a list, or below it. */
const currentOf = (list: string, path: string) =>
  path === list ? 'page' : path.startsWith(`${list}/`) ? 'true' : undefined

const Foot: FC<{ url: string }> = ({ url }) => (
  <footer class="foot">
    <div class="wrap">
      <div>
        <h2>Whose words</h2>
        <p>
          <span class="serif">This typeface</span> is for words of a source, exactly. <mark>This background</mark> marks
          the words that a citation rests on. Everything else is in the words of the editors.
        </p>
      </div>
      <div>
        <h2>How to read uncertainty</h2>
        <p>
          A date is as precise as its source. A filled mark is certain, a hatched one possible; what fades or is dotted
          is not known.
        </p>
      </div>
      <div>
        <h2>This address</h2>
        <p class="address" data-part="address">
          {url}
        </p>
        <p class="soft">It does not change. Cite it, or the footnotes in the evidence.</p>
      </div>
    </div>
  </footer>
)
