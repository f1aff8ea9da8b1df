import type { Database } from '../../database/open.ts'
import { SLUG } from '../../keys.ts'
import { decodeGlobalId } from './global-id.ts'

interface NodeId {
  readonly typename: string
  readonly id: string
}

/** For IDs of records that were merged into another: the ID of the other. */
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

/** For slugs or IDs of people who were merged into another: the slug of the other. */
export async function namesNow(database: Database, names: readonly string[]): Promise<Map<string, string>> {
  const ids = names.map((name) => {
    const { typename, id } = SLUG.test(name) ? { typename: 'Person', id: name } : decodeGlobalId(name)
    return { typename, id, name }
  })
  return new Map([...(await idsNow(database, ids))].map(([{ name }, { id }]) => [name, id]))
}
