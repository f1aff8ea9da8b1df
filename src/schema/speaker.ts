import { branded } from './branded.ts'
import { builder } from './builder.ts'

export const Speaker = builder.unionType('Speaker', {
  description: 'Who speaks, is spoken to, is mentioned, or acts.',
  types: ['Person' as never, 'Organization' as never],
})

type Nested = (query: true, path: [], type: string) => unknown

/** What a list of speakers selects of the rows that join them. */
export const speakerColumns = (nested: Nested) => ({
  person: nested(true, [], 'Person') as never,
  organization: nested(true, [], 'Organization') as never,
})

/** The speaker that a row joins. */
export function speakerOf(row: object) {
  const { person, organization } = row as Record<'person' | 'organization', unknown>
  return branded({ Person: person, Organization: organization })
}
