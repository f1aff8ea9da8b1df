import type { Pool } from 'pg'
import { contestants } from './contestants/index.ts'
import { prepareDatabase, withPool } from './databases.ts'
import type { RecallOptions } from './options.ts'
import { countMatches, drawArguments } from './questions.ts'
import { shown, table } from './report/table.ts'
import { ask } from './requests.ts'
import { startServer } from './servers.ts'
import { meanOf } from './statistics.ts'

/** Number of hits that a search of D returns. */
const FIRST = 20

/** One search: its number of words, of matches, and the share of the exact best hits that the service returned. */
interface Search {
  readonly words: number
  readonly matches: number
  readonly recall: number
}

/** Compares the first hits of each search of D with those of a ranking of all matches, and prints the recall. */
export async function recall(server: string, { scale }: RecallOptions): Promise<void> {
  const url = await prepareDatabase(server, scale, false)
  const { program, env, documents } = contestants.bilateral
  const service = await startServer(program, { ...env, DATABASE_URL: url })
  const searches = await withPool(url, async (pool) => {
    const { D } = await drawArguments(pool)
    const matches = await countMatches(pool, { D })
    const measured: Search[] = []
    for (const [i, variables] of D.entries()) {
      const query = variables['query'] as string
      const exact = await bestOfAll(pool, query)
      const body = JSON.stringify({ query: documents['Recall'], operationName: 'Recall', variables })
      const found = new Set(slugsOf(await ask(service.url, body)))
      const recall = exact.filter((slug) => found.has(slug)).length / exact.length
      measured.push({ words: query.split(' ').length, matches: matches[i] as number, recall })
    }
    return measured
  })
  await service.stop()
  process.stdout.write(`Recall of the best ${FIRST} of D at scale ${scale}\n\n${tableOf(searches)}\n`)
}

interface Answer {
  readonly search: { readonly nodes: readonly { readonly node: { readonly slug: string } }[] }
}

const slugsOf = (data: unknown) => (data as Answer).search.nodes.map(({ node }) => node.slug)

/** The best hits by the score of src/search/search.ts, computed for each match. */
async function bestOfAll(pool: Pool, query: string): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT key FROM search_index, websearch_to_tsquery('english', $1) words
     WHERE kind = 'STATEMENT' AND vector @@ words
     ORDER BY round((1 + ts_rank(vector, words))::float8 * 1000000) DESC, key LIMIT ${FIRST}`,
    [query],
  )
  return rows.map(({ key }) => key)
}

function tableOf(searches: readonly Search[]): string {
  const row = (name: string, some: readonly Search[]) => {
    const recalls = some.map(({ recall }) => recall)
    const matches = some.map(({ matches }) => matches)
    return [name, `${some.length}`, shown(meanOf(matches)), `${Math.max(...matches)}`, meanOf(recalls).toFixed(4), Math.min(...recalls).toFixed(2)] // biome-ignore format: one line
  }
  const byWords = [1, 2, 3].map((count) =>
    row(
      `${count}`,
      searches.filter(({ words }) => words === count),
    ),
  )
  const head = ['words', 'searches', 'matches, mean', 'most', 'recall, mean', 'least']
  return table(head, [...byWords, row('all', searches)])
}
