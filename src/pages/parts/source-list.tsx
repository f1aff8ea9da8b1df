import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { SourceRowFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { A } from './links.tsx'
import { dayOfTime } from './words.ts'

graphql(`
  fragment SourceRow on Source {
    slug
    title
    publisher { name }
    published { edtf label }
    license
    importedAt
  }
`)

/** Sources with their publisher, their date, and when they were added. */
export const SourceList: FC<{ sources: readonly SourceRowFragment[] }> = ({ sources }) => (
  <ul class="rows">
    {sources.map(({ slug, title, publisher, published, importedAt }) => (
      <li>
        <p class="row-name" dir="auto">
          <A to={`sources/${slug}`}>{title}</A>
        </p>
        <p class="soft">
          {publisher && <bdi>{publisher.name}, </bdi>}
          {published.label}
        </p>
        <p class="soft">{importedAt && <>added {dayOfTime(importedAt)}</>}</p>
      </li>
    ))}
  </ul>
)

/** The same as rows. */
export const sourceRows = (sources: readonly SourceRowFragment[]): Table => ({
  columns: ['slug', 'title', 'publisher', 'published', 'license', 'added'],
  rows: sources.map(({ slug, title, publisher, published, license, importedAt }) => [
    slug,
    title,
    publisher?.name ?? null,
    published.edtf,
    license ?? null,
    importedAt ?? null,
  ]),
})
