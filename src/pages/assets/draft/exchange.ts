import type { BundleInput } from '../../../bundle/format.ts'
import { type Draft, FACT_KINDS } from './draft.ts'

/** Saves a value as a file of JSON. */
export function download(name: string, value: unknown): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Reads a draft that `download` has saved. Undefined if the file is no draft. */
export async function openFile(file: File): Promise<Draft | undefined> {
  try {
    const { text, bundle, accepted } = JSON.parse(await file.text())
    const isDraft = typeof text === 'string' && bundle?.format === 'bilateral-bundle' && Array.isArray(accepted)
    return isDraft ? { text, bundle, accepted } : undefined
  } catch {
    return undefined
  }
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string }[]
}

async function ask<Data>(query: string, variables: object): Promise<Answer<Data>> {
  try {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return await response.json()
  } catch {
    return { errors: [{ message: 'The service did not answer. Try again.' }] }
  }
}

export interface KnownPerson {
  readonly slug: string
  readonly name: string
}

/** The people in the database whose names begin like the words. */
export async function peopleNamed(words: string): Promise<readonly KnownPerson[]> {
  if (words.trim().length < 2) return []
  const { data } = await ask<{ people: { nodes: KnownPerson[] } }>(
    'query DraftPeople($search: String!) { people(first: 8, filter: { search: $search }) { nodes { slug name } } }',
    { search: `${words.trim()}*` },
  )
  return data?.people.nodes ?? []
}

export interface Imported {
  readonly message: string
  readonly problems: readonly { readonly path: string; readonly message: string }[]
  readonly links: readonly { readonly path: string; readonly name: string }[]
}

const IMPORT = `mutation ImportDraft($bundle: Bundle!, $idempotencyKey: String) {
  importBundle(bundle: $bundle, idempotencyKey: $idempotencyKey) { outcome problems { path message } }
}`

/** Imports a bundle: all of it, or nothing. */
export async function importBundle(bundle: BundleInput): Promise<Imported> {
  const { data, errors } = await ask<{ importBundle: { outcome: string; problems: Imported['problems'] } }>(IMPORT, {
    bundle,
    idempotencyKey: crypto.randomUUID(),
  })
  if (errors || !data) return { message: errors?.[0]?.message ?? 'The import failed.', problems: [], links: [] }
  const { outcome, problems } = data.importBundle
  if (outcome !== 'LOADED') return { message: 'Nothing was imported, because of these problems:', problems, links: [] }
  const [source] = bundle.sources ?? []
  const links = FACT_KINDS.flatMap((kind) => {
    const list = bundle[kind] ?? []
    return kind === 'positions' ? [] : list.slice(0, 3).map(({ slug }) => ({ path: `${kind}/${slug}`, name: slug }))
  })
  return {
    message: 'All facts are imported.',
    problems: [],
    links: source ? [{ path: `sources/${source.slug}`, name: source.title }, ...links] : links,
  }
}
