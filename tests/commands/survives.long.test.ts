import { expect, test } from 'vitest'
import { start } from '../program.ts'
import { usePrograms } from './place.ts'

const { empty } = usePrograms('PGlite')

/** An office fails at once, as its day is null, while the relations of a statement's countries are still to fail. */
const ABANDONING = `query ($day: Date = "2020-01-01") {
  search(query: "trade or modi or trump") {
    nodes {
      node {
        ... on Person { positions { heldOn(date: $day) } }
        ... on Statement { countries { relations(first: -1) { id } } }
      }
    }
  }
}`

test('a request of which graphql-js abandons promises that fail later does not end the service', async () => {
  const service = await start((await empty()).env)
  const send = async () => {
    const response = await fetch(service.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ABANDONING, variables: { day: null } }),
    })
    return await response.json()
  }
  const answer = await send()
  expect(answer).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('must not be null') }] })
  expect(await send()).toEqual(answer)
  service.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0, stderr: '' })
})
