// A program of somebody who writes queries of their own with gql.tada.
import { initGraphQLTada } from 'gql.tada'
import { print } from 'graphql'
import { createClient } from '../../src/client/index.ts'
import type { introspection } from '../../src/generated/client/introspection.ts'

interface Scalars {
  ID: string
  CountryCode: string
  Date: string
  EDTF: string
  URL: string
}

const graphql = initGraphQLTada<{ introspection: introspection; scalars: Scalars }>()

const office = graphql(`
  fragment Office on Position @_unmask {
    title
    tenure { label }
  }
`)

const offices = graphql(
  `
    query Offices($slug: String!) {
      person(slug: $slug) {
        name
        positions { ...Office }
      }
    }
  `,
  [office],
)

/** The offices of a person: one line each. */
export async function officesOf(slug: string, url: string): Promise<string[]> {
  const { person } = await createClient(url, { print }).query(offices, { slug })
  return person?.positions.map(({ title, tenure }) => `${person.name}: ${title}, ${tenure.label}`) ?? []
}
