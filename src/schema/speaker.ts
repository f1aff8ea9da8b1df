import { builder } from './builder.ts'
import { branded } from './ids/branded.ts'
import { whenSettled } from './loading/when-settled.ts'

export const Speaker = builder.unionType('Speaker', {
  description: 'A person or an organization that speaks, is addressed, is mentioned or acts.',
  types: ['Person' as never, 'Organization' as never],
})

type Nested = (query: true, path: [], type: string) => unknown

/** The columns that a list of speakers selects from its joining rows. */
export const speakerColumns = (nested: Nested) =>
  whenSettled([nested(true, [], 'Person'), nested(true, [], 'Organization')], (person, organization) => ({
    person: person as never,
    organization: organization as never,
  }))

/** The speaker to whom a joining row leads. */
export function speakerOf(row: object) {
  const { person, organization } = row as Record<'person' | 'organization', unknown>
  return branded({ Person: person, Organization: organization })
}
