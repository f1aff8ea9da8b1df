// What the compiler must refuse. Never run.
import { agreementBySlug, type Client, personBySlug, whoMetWhom } from '../../src/client/index.ts'

export async function mistakes(client: Client): Promise<unknown> {
  // @ts-expect-error a variable is missing
  await client.query(personBySlug)
  // @ts-expect-error a variable is misspelt
  await client.query(agreementBySlug, { slag: 'india-us-trade-agreement-2026' })
  // @ts-expect-error there is no such kind of meeting
  await client.query(whoMetWhom, { filter: { kinds: ['DINNER'] } })
  // @ts-expect-error the document asks for no such field
  const { visits } = await client.query(whoMetWhom)
  // @ts-expect-error a person may be missing
  const { name } = (await client.query(personBySlug, { slug: 's-jaishankar' })).person
  // @ts-expect-error a person has no pages
  client.pages(personBySlug, ({ person }) => person, { slug: 's-jaishankar' })
  // @ts-expect-error a number is no document
  await client.query(3)
  return [visits, name]
}
