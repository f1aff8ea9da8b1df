import type { FC } from 'hono/jsx'
import type { Table } from '../page.ts'
import { grouped } from './words.ts'

interface DataTableProps {
  readonly table: Table
  /** What the table shows. Screen readers announce it. */
  readonly caption: string
  /** The words that open the table. Default `Data table`. Charts have one, closed; null shows the table at once. */
  readonly summary?: string | null
}

/** A table of data, for example the one behind a chart. Columns of numbers are aligned to the right. */
export const DataTable: FC<DataTableProps> = ({ table, caption, summary = 'Data table' }) => {
  const isNumber = table.columns.map(
    (_, i) => table.rows.length > 0 && table.rows.every((row) => typeof row[i] === 'number'),
  )
  const body = (
    // Keyboards can scroll only what has the focus.
    <section class="scroll" tabindex={0} aria-label={caption}>
      <table class="data-table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, i) => (
              <th scope="col" class={isNumber[i] ? 'number' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell, i) => (
                <td class={isNumber[i] ? 'number' : undefined} dir="auto">
                  {typeof cell === 'number' && Math.abs(cell) > 9_999 ? grouped(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
  if (summary === null) return body
  return (
    <details class="behind">
      <summary>{summary}</summary>
      {body}
    </details>
  )
}
