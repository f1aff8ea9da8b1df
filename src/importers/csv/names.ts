import { sha256 } from '../../evidence/text.ts'
import { lettersOf } from '../../people/known.ts'
import { fold } from '../../search/fold.ts'
import type { KnownRecord } from './known.ts'
import type { NameMap } from './name-map.ts'
import { clean } from './text.ts'

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

/** The first of some slugs that is free. */
export function freeSlug(
  isTaken: (slug: string) => boolean,
  slug: string,
  ...endings: readonly (string | undefined)[]
): string {
  const candidates = [slug, ...endings.flatMap((ending) => (ending ? [`${slug}-${ending}`] : []))]
  for (let n = 2; ; n++) {
    const free = candidates.find((candidate) => !isTaken(candidate))
    if (free !== undefined) return free
    candidates.push(`${candidates.at(-1)?.replace(/-\d+$/, '')}-${n}`)
  }
}

/** A topic or an organization that the sheet names, as a record for the bundle. */
interface Made {
  readonly slug: string
  readonly name: string
  /** Other spellings. */
  readonly names: string[]
}

/**
 * The topics or organizations that the rows name. A name that the mapping lists, or that a record of the database has, refers to that
 * record. For the others, the first spelling is the name, and further spellings of the same letters become additional names.
 */
export class NamedRecords {
  readonly #listed: NameMap<string>
  readonly #source: string
  readonly #known = new Map<string, string>()
  readonly #taken: Set<string>
  readonly #made = new Map<string, Made>()

  constructor(listed: NameMap<string>, known: readonly KnownRecord[], source: string) {
    this.#listed = listed
    this.#source = source
    this.#taken = new Set(known.map(({ slug }) => slug))
    for (const { slug, name, names } of known) {
      for (const letters of [name, ...names].map(lettersOf))
        if (!this.#known.has(letters)) this.#known.set(letters, slug)
    }
  }

  /** The slug of a name. Empty if the name has neither a letter nor a digit. */
  slugOf(name: string): string {
    const letters = lettersOf(name)
    const existing = this.#listed.get(name) ?? this.#known.get(letters) ?? this.#made.get(letters)?.slug
    if (existing !== undefined || letters === '') return existing ?? ''
    return freeSlug((slug) => this.#taken.has(slug), slugOf(name), this.#source)
  }

  /** Adds a name from a row that became a fact, unless it refers to an existing record. */
  add(name: string): void {
    const letters = lettersOf(name)
    if (this.#listed.has(name) || this.#known.has(letters)) return
    const made = this.#made.get(letters)
    const spelling = clean(name)
    if (!made) {
      const slug = this.slugOf(name)
      this.#made.set(letters, { slug, name: spelling, names: [] })
      this.#taken.add(slug)
    } else if (made.name !== spelling && !made.names.includes(spelling)) made.names.push(spelling)
  }

  /** The records for the bundle, in the order of the rows. */
  get records(): readonly Made[] {
    return [...this.#made.values()]
  }
}
