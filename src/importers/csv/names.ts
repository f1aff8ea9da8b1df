import { sha256 } from '../../evidence/text.ts'
import { fold } from '../../search/fold.ts'
import type { Decision } from '../importer.ts'

/** Normalizes white space, for comparing names and headings. */
export const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Maximum length of a slug made from text. It leaves room for a prefix. */
const MAX_SLUG = 120

/**
 * Makes a slug from text: `S. Jaishankar` gives `s-jaishankar`. If the text is too long or has letters that a slug cannot contain,
 * the slug ends in a hash, so that different names get different slugs. Empty if the text has no letter and no digit.
 */
export function slugOf(text: string): string {
  const folded = fold(text)
  const words = folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const slug = words
    .map((word) => word.replaceAll(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('-')
  const isWhole = slug.length <= MAX_SLUG && words.every((word) => /^[a-z0-9]+$/.test(word))
  if (isWhole) return slug
  const hash = sha256(words.join(' ')).slice(0, 10)
  return [slug.slice(0, MAX_SLUG - 11).replace(/-$/, ''), hash].filter((part) => part !== '').join('-')
}

/** A person or a topic that the sheet names, as a record for the bundle. */
interface Named {
  readonly slug: string
  readonly name: string
  /** Other spellings. */
  readonly names: string[]
}

/**
 * The people or topics that the rows name, by slug. Names that the mapping lists refer to existing records and are not imported.
 * For the others, the first spelling is the name, and further spellings with the same slug become additional names.
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

  /** The slug of a name. Empty if the name has neither a letter nor a digit. */
  slugOf(name: string): string {
    return this.#known.get(name) ?? slugOf(name)
  }

  /** Adds a name from a row that became a fact, unless the mapping lists it. */
  add(name: string): void {
    if (this.#known.has(name) || this.#spellings.has(name)) return
    this.#spellings.add(name)
    const slug = slugOf(name)
    const made = this.#made.get(slug)
    if (made) made.names.push(name)
    else if (!this.#knownSlugs.has(slug)) this.#made.set(slug, { slug, name, names: [] })
    const one = made?.name ?? (this.#knownSlugs.has(slug) ? slug : undefined)
    if (one === undefined) return
    this.decisions.push({ one, other: name, same: true, rule: 'same-slug', evidence: `both have the slug ${slug}` })
  }

  /** The records for the bundle, in the order of the rows. */
  get records(): readonly Named[] {
    return [...this.#made.values()]
  }
}
