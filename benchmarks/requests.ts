import type { Contestant } from './contestants/index.ts'
import { type QuestionName, questionNames } from './options.ts'
import { type Arguments, MOST_PLACES } from './questions.ts'

/** The bodies of a contestant's requests: the same questions in its own words. */
export type Bodies = Readonly<Record<QuestionName, readonly string[]>>

/** Writes the bodies for a contestant that runs: it is asked for its cursors first. */
export async function bodiesFor({ documents }: Contestant, url: string, args: Arguments): Promise<Bodies> {
  const body = (name: string, variables: unknown) =>
    JSON.stringify({ query: documents[name] ?? '', operationName: name, variables })
  const cursors = await readCursors(url, (after) => body('Places', { after }))
  const variables = { ...args, B: args.B.map((place) => ({ after: cursors[place - 1] })) }
  return Object.fromEntries(
    questionNames.map((name) => [name, variables[name].map((given) => body(name, given))]),
  ) as unknown as Bodies
}

/** The cursors of people in the order of their list, page by page. */
async function readCursors(url: string, body: (after: unknown) => string): Promise<unknown[]> {
  const cursors: unknown[] = []
  while (cursors.length < MOST_PLACES) {
    const { people } = (await ask(url, body(cursors.at(-1) ?? null))) as { people: { edges: { cursor: unknown }[] } }
    if (people.edges.length === 0) break
    cursors.push(...people.edges.map(({ cursor }) => cursor))
  }
  return cursors
}

/** The data of an answer. Throws where there are errors. */
export async function ask(url: string, body: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  const { data, errors } = response.ok ? JSON.parse(text) : { errors: text }
  if (errors || !data) throw new Error(`${url} answered ${body} with ${response.status} ${text.slice(0, 1_000)}`)
  return data
}
