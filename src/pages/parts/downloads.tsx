import type { Child, FC } from 'hono/jsx'
import { useHere } from './here.ts'

/** The same page as data: CSV, JSON, and GraphiQL with its query. `Layout` shows it at the end of each page. */
export const Downloads: FC<{ children?: Child }> = ({ children }) => {
  const { csv, json, graphiql } = useHere()
  if (!json) return null
  return (
    <p class="downloads">
      <span class="soft">The same as data:</span>
      {csv && (
        <a href={csv} download>
          CSV
        </a>
      )}
      <a href={json} type="application/json">
        JSON
      </a>
      {children}
      {graphiql && <a href={graphiql}>Open in GraphiQL</a>}
    </p>
  )
}
