import { COUNTRIES } from '../../countries/table.ts'
import type { CitationInput, Input } from './document.ts'

/** The records of the bundle in progress, by slug. */
export class Draft {
  readonly people = new Map<string, Input<'people'>>()
  readonly positions = new Map<string, Input<'positions'>>()
  readonly visits = new Map<string, Input<'visits'>>()
  readonly meetings = new Map<string, Input<'meetings'>>()
  readonly relationEvents = new Map<string, Input<'relationEvents'>>()
  readonly organizations = new Map<string, Input<'organizations'>>()
  readonly countries = new Map<string, Input<'countries'>>()
  readonly sources = new Map<string, Input<'sources'>>()

  /** Adds a country to the bundle if ISO has no code for it. The table gives its name, otherwise the row does. */
  country(code: string, written = code.slice(2)): string {
    if (code.startsWith('X-') && !this.countries.has(code)) {
      const name = [...COUNTRIES.values()].find((country) => country.code === code)?.name ?? written
      this.countries.set(code, { code, name: name.replace(/^the (?=[A-Z])/, '') })
    }
    return code
  }

  organization(organization: Input<'organizations'>): string {
    if (!this.organizations.has(organization.slug)) this.organizations.set(organization.slug, organization)
    return organization.slug
  }

  /** An unused slug for a kind of record. If rows share an ID, the later ones get a number. */
  free(kind: 'positions' | 'visits' | 'meetings' | 'relationEvents' | 'people', slug: string): string {
    const wanted = slug.slice(0, 190).replace(/-+$/, '')
    let free = wanted
    for (let n = 2; this[kind].has(free); n++) free = `${wanted}-${n}`
    return free
  }
}

/** True if the citation exists already. A duplicate row is cited separately; the same words are cited once. */
export const isCited = (citations: readonly CitationInput[], { source, start, end }: CitationInput): boolean =>
  citations.some((citation) => citation.source === source && citation.start === start && citation.end === end)
