import { sha256 } from '../../evidence/text.ts'
import { fold } from '../../search/fold.ts'
import type { Decision } from '../importer.ts'

/** Names and headings as they are compared: white space single. */
export const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Characters of the longest slug that is made of a text: with a prefix it is still one. */
const LONGEST = 120

/**
 * A slug made of a text: `S. Jaishankar` gives `s-jaishankar`. What has letters that a slug cannot say, or is too long, ends
 * in a hash of the text, so that two names that differ stay two. Empty where the text has no letter and no digit.
 */
export function slugOf(text: string): string {
  const folded = fold(text)
  const words = folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const slug = words
    .map((word) => word.replaceAll(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('-')
  const isWhole = slug.length <= LONGEST && words.every((word) => /^[a-z0-9]+$/.test(word))
  if (isWhole) return slug
  const hash = sha256(words.join(' ')).slice(0, 10)
  return [slug.slice(0, LONGEST - 11).replace(/-$/, ''), hash].filter((part) => part !== '').join('-')
}

/** Somebody or something that a sheet names and the bundle brings. */
interface Named {
  readonly slug: string
  readonly name: string
  /** Other spellings. */
  readonly names: string[]
}

/**
 * What the rows name, by slug. What the mapping gives a slug is known already: it is referred to, and not brought. Of the
 * rest the first spelling is the name; others that make the same slug are further names of the same.
 */
export class NamedRecords {
  readonly #known: ReadonlyMap<string, string>
  readonly #knownSlugs: ReadonlySet<string>
  readonly #made = new Map<string, Named>()
  readonly #spellings = new Set<string>()
  readonly decisions: Decision[] = []

  constructor(known: ReadonlyMap<string, string>) {
    this.#known = known
    this.#knownSlugs = new Set(known.values())
  }

  /** The slug of a name, which is empty where the name has neither a letter nor a digit. */
  slugOf(name: string): string {
    return this.#known.get(name) ?? slugOf(name)
  }

  /** Brings what a row that became a fact names, unless it is known. */
  add(name: string): void {
    if (this.#known.has(name) || this.#spellings.has(name)) return
    this.#spellings.add(name)
    const slug = slugOf(name)
    const made = this.#made.get(slug)
    if (made) made.names.push(name)
    else if (!this.#knownSlugs.has(slug)) this.#made.set(slug, { slug, name, names: [] })
    const one = made?.name ?? (this.#knownSlugs.has(slug) ? slug : undefined)
    if (one === undefined) return
    this.decisions.push({ one, other: name, same: true, rule: 'same-slug', evidence: `both make the slug ${slug}` })
  }

  /** What the bundle brings, in the order of the rows. */
  get records(): readonly Named[] {
    return [...this.#made.values()]
  }
}
