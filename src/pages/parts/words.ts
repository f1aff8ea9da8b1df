const numbers = new Intl.NumberFormat('en-US')

/** A number with its thousands apart: `12,345`. */
export const grouped = (number: number): string => numbers.format(number)

/** `1 passage`, `2 passages`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

/** How much of a list a page shows: `2 meetings`, or `50 of 123 meetings`. */
export function partOf({ nodes, totalCount }: { nodes: readonly unknown[]; totalCount: number }, one: string): string {
  return `${nodes.length < totalCount ? `${nodes.length} of ` : ''}${counted(totalCount, one)}`
}

/** An enum value or a field in lower-case words: `IN_NEGOTIATION` and `inNegotiation` become `in negotiation`. */
export const worded = (name: string): string =>
  (/[a-z]/.test(name) ? name.replace(/[A-Z]/g, ' $&') : name).replaceAll('_', ' ').toLowerCase()

/** The same with a capital first letter. */
export const titled = (name: string): string => capital(worded(name))

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** The label of a date as words within a sentence: `one day of 1–4 February 2026`. */
export const datedWords = (label: string): string => label.replace(/^some time: /, 'one day of ')

// To create a format takes a tenth of a millisecond.
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The day of a time or a date, in UTC: `5 February 2026`. */
export const dayOfTime = (time: string): string => days.format(new Date(time))

/** A text for a title or a description: at most `length` characters, cut between words. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/\s+\S*$/, '')}…`

/** Fields whose names say little by themselves. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  accreditedToOrganization: 'accredited to',
  attested: 'days in office',
  by: 'who acted',
  quotation: 'kind of quotation',
  quoted: 'the quoted words',
  said: 'when it was said',
  tenure: 'time in office',
  text: 'what was said',
  when: 'date',
}

/** A field of a fact in plain words. */
export const fieldName = (field: string): string => FIELD_NAMES[field] ?? worded(field)

/** Names of states that English uses with an article: unions, kingdoms, republics and islands. */
export const withArticle = (name: string): string =>
  /^(United|Soviet Union|Union of|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Vatican|Holy See)|Republic$|Emirates$|Islands$/.test(
    name,
  )
    ? `the ${name}`
    : name
