// A program of somebody who uses the package: the test of the package puts 'bilateral/client' for the path below.
import { createClient, whoMetWhom } from '../../src/client/index.ts'

/** Who met whom between India and the US in a year: one line a meeting. */
export async function meetingsOf(year: number, url: string): Promise<string[]> {
  const client = createClient(url)
  const filter = { between: ['IN', 'US'], during: { from: `${year}-01-01`, to: `${year}-12-31` } }
  const lines: string[] = []
  for await (const { nodes } of client.pages(whoMetWhom, ({ meetings }) => meetings, { filter, first: 2 })) {
    for (const { when, participations, topics, citations } of nodes) {
      const people = participations.map(({ person, position }) => `${person.name} (${position?.title ?? 'no office'})`)
      const about = topics.map(({ name }) => name).join(', ')
      lines.push(`${when.label}: ${people.join(', ')}; ${about}; “${citations[0]?.exact}”`)
    }
  }
  return lines
}
