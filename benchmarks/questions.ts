import type { Pool } from 'pg'
import { Random } from './data/random.ts'
import { vocabulary } from './data/words.ts'
import type { QuestionName } from './options.ts'

/** The arguments of a question. They are the same for every contestant, except cursors. */
type Variables = Readonly<Record<string, unknown>>

/** The arguments of each question. Those of B are places in the list of all people, where a page begins. */
export type Arguments = { readonly B: readonly number[] } & Readonly<
  Record<Exclude<QuestionName, 'B'>, readonly Variables[]>
>

/** Number of variants of a question. */
const SETS = 400

/** The most people among whom pages begin: contestants give their cursors page by page. */
export const MOST_PLACES = 30_000

/** Draws the arguments. The same data gives the same arguments. */
export async function drawArguments(pool: Pool): Promise<Arguments> {
  const random = new Random(5)
  const sets = <T>(draw: (i: number) => T) => Array.from({ length: SETS }, (_, i) => draw(i))
  const { rows: meetings } = await pool.query<Variables>(
    `SELECT slug FROM meeting ORDER BY md5(slug || 'A') LIMIT ${SETS}`,
  )
  const { rows: people } = await pool.query<{ count: number }>('SELECT count(*)::int FROM person')
  const places = Math.min(people[0]?.count ?? 0, MOST_PLACES)
  // A pair is drawn as often as it meets: it is that of a meeting of two.
  const { rows: pairs } = await pool.query<{ between: string[] }>(
    `SELECT array_agg(DISTINCT representing_code) AS between
     FROM meeting JOIN participation ON meeting_slug = meeting.slug
     GROUP BY meeting.slug HAVING count(DISTINCT representing_code) = 2 ORDER BY md5(meeting.slug || 'C') LIMIT ${SETS}`,
  )
  return {
    A: meetings,
    B: sets(() => random.between(1, places - 20)),
    C: pairs.map(({ between }) => {
      const year = random.between(1950, 2006)
      return { between, from: `${year}-01-01`, to: `${year + 19}-12-31` }
    }),
    C5000: [{ between: ['GB', 'US'] }],
    D: await searches(pool, random),
    E: pairs.toReversed(),
  }
}

/** Minimum number of statements that a search of D finds. With fewer, the service adds partial matches, which no other contestant has. */
const FEWEST_FOUND = 5

async function searches(pool: Pool, random: Random): Promise<Variables[]> {
  const found: Variables[] = []
  while (found.length < SETS) {
    const drawn = { query: someWords(random, (found.length % 3) + 1) }
    const [count = 0] = await countMatches(pool, { D: [drawn] })
    if (count >= FEWEST_FOUND) found.push(drawn)
  }
  return found
}

/** One word, frequent or rare, or several words so frequent that some statements contain all of them. */
const someWords = (random: Random, count: number) =>
  count === 1
    ? (vocabulary[Math.floor(vocabulary.length * random.next() ** 2)] ?? '')
    : random.some(vocabulary.slice(0, count === 2 ? 400 : 60), count).join(' ')

/** Number of statements that each search of D finds. */
export async function countMatches(pool: Pool, { D }: Pick<Arguments, 'D'>): Promise<number[]> {
  const counts: number[] = []
  for (const { query } of D) {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int FROM search_index WHERE kind = 'STATEMENT' AND vector @@ websearch_to_tsquery('english', $1)`,
      [query],
    )
    counts.push(rows[0]?.count ?? 0)
  }
  return counts
}
