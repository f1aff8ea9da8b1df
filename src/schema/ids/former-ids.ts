import type { Database } from '../../database/open.ts'
import { SLUG } from '../../keys.ts'
import { decodeGlobalId } from './global-id.ts'

export interface NodeId {
  readonly typename: string
  readonly id: string
}

/** Of ids that lead to no record, those whose record was merged into another, as that one's. */
export async function idsNow<Id extends NodeId>({ prisma }: Database, ids: readonly Id[]): Promise<Map<Id, NodeId>> {
  const people = ids.filter(({ typename }) => typename === 'Person')
  if (people.length === 0) return new Map()
  const aliases = await prisma.personAlias.findMany({ where: { slug: { in: people.map(({ id }) => id) } } })
  const slugOf = new Map(aliases.map(({ slug, personSlug }) => [slug, personSlug]))
  return new Map(
    people.flatMap((one) => {
      const slug = slugOf.get(one.id)
      return slug === undefined ? [] : [[one, { typename: 'Person', id: slug }] as const]
    }),
  )
}

/** Of names of people, slugs or ids, those whose record was merged into another, each with that one's slug. */
export async function namesNow(database: Database, names: readonly string[]): Promise<Map<string, string>> {
  const ids = names.map((name) => {
    const { typename, id } = SLUG.test(name) ? { typename: 'Person', id: name } : decodeGlobalId(name)
    return { typename, id, name }
  })
  return new Map([...(await idsNow(database, ids))].map(([{ name }, { id }]) => [name, id]))
}
