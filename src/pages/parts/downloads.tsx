import type { FC } from 'hono/jsx'
import { useHere } from './here.ts'

/** The sources of a page, for reference managers. */
const BIBLIOGRAPHIES = [
  ['ris', 'RIS'],
  ['bib', 'BibTeX'],
  ['csl.json', 'CSL'],
] as const

/** The page as data: CSV, JSON, its chart as a picture, and GraphiQL with its query. `Layout` shows it at the end of each page. */
export const Downloads: FC = () => {
  const { csv, json, svg, graphiql, record } = useHere()
  if (!json) return null
  return (
    <p class="downloads">
      <span class="soft">This page as data:</span>
      {csv && (
        <a href={csv} download>
          CSV
        </a>
      )}
      <a href={json} type="application/json">
        JSON
      </a>
      {record && (
        <>
          <a href={`${record.name}.jsonld${record.data}`} type="application/ld+json">
            JSON-LD
          </a>
          {BIBLIOGRAPHIES.map(([suffix, name]) => (
            <a href={`${record.name}.${suffix}${record.data}`}>{name}</a>
          ))}
        </>
      )}
      {svg && (
        <>
          <a href={svg} type="image/svg+xml">
            SVG
          </a>
          <button type="button" class="link needs-script" data-picture={svg}>
            PNG
          </button>
        </>
      )}
      {graphiql && <a href={graphiql}>Open in GraphiQL</a>}
    </p>
  )
}
