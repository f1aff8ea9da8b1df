import type { Voice } from '../../bundle/format.ts'
import { COUNTRY_CODE, SLUG } from '../../keys.ts'
import type { Cell, Mapping, SlugCell } from './mapping.ts'
import { type NamedRecords, slugOf, squeeze } from './names.ts'
import type { Row } from './table.ts'
import { Unreadable } from './unreadable.ts'

/** The state that all rows of a sheet share. */
export interface Sheet<M extends Mapping = Mapping> {
  readonly mapping: M
  /** The index of each column. */
  readonly columns: ReadonlyMap<string, number>
  readonly people: NamedRecords
  readonly topics: NamedRecords
  readonly dateOf: (cell: string) => string
}

/** The error values of spreadsheets. */
const FAILED_FORMULA = /^#(REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NUM!|NULL!|SPILL!|CALC!)/

/**
 * Reads the cells of one row. A cell that cannot be read throws Unreadable, which refuses the row. In `attempt` it only adds an
 * anomaly, and the row is imported without the value.
 */
export class RowReading {
  readonly anomalies: Unreadable[] = []
  /** The people and topics that the row names. They become records if the row becomes a fact. */
  readonly named: { readonly among: NamedRecords; readonly name: string }[] = []
  readonly row: Row
  readonly #cells: readonly string[]
  readonly #sheet: Sheet

  constructor(row: Row, sheet: Sheet) {
    if (row.cells instanceof Unreadable) throw row.cells
    if (row.raw.includes('\0')) {
      throw new Unreadable('nul-character', 'found a NUL character; expected text without NUL characters')
    }
    this.row = row
    this.#cells = row.cells
    this.#sheet = sheet
  }

  /** Returns the result of `read`. If it throws Unreadable, adds an anomaly and returns undefined. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.anomalies.push(error)
      return undefined
    }
  }

  /** The text of a cell without surrounding white space. Undefined if the cell is empty. */
  text(cell: Cell): string | undefined {
    if ('value' in cell) return cell.value
    const text = (this.#cells[this.#sheet.columns.get(cell.column) as number] ?? '').trim()
    if (text.startsWith('=') || FAILED_FORMULA.test(text)) {
      throw new Unreadable('formula', `found ${show(text)} in ${show(cell.column)}; expected the result of the formula`)
    }
    return text === '' ? undefined : text
  }

  /** The text of a required cell. */
  expected(cell: Cell): string {
    const text = this.text(cell)
    if (text !== undefined) return text
    throw new Unreadable(
      'empty-cell',
      `found an empty cell in ${show(columnOf(cell))}; expected a value, because the field is required`,
    )
  }

  optional(cell: Cell | undefined): string | undefined {
    return cell && this.attempt(() => this.text(cell))
  }

  /** The value of an enum. */
  word<Word extends string>(cell: Cell, words: readonly Word[]): Word {
    const text = squeeze(this.expected(cell))
    const values = 'values' in cell ? cell.values : undefined
    const word = words.find((word) => word === (values ? values.get(text) : text.toUpperCase()))
    if (word !== undefined) return word
    const expected = [...(values?.keys() ?? words)].join(', ')
    throw new Unreadable('unknown-value', `found ${show(text)} in ${show(columnOf(cell))}; expected one of ${expected}`)
  }

  /** A date in EDTF. `XXXX`, an unknown date, if the cell is empty. */
  date(cell: Cell): string {
    const text = this.text(cell)
    if (text !== undefined) return this.#sheet.dateOf(text)
    this.anomalies.push(
      new Unreadable('no-date', `found no date in ${show(columnOf(cell))}; imported as XXXX, an unknown date`),
    )
    return 'XXXX'
  }

  /** The values of a cell without duplicates. */
  list(cell: Cell | undefined): string[] {
    const text = this.optional(cell)
    if (text === undefined || !cell) return []
    return [...new Set(split(text, 'column' in cell ? cell.separator : undefined))]
  }

  country(name: string): string {
    const known = this.#sheet.mapping.countries.get(squeeze(name))
    if (known !== undefined) return known
    if (isCountryCode(name)) return name
    throw new Unreadable(
      'unknown-country',
      `found the country ${show(name)}; expected a code such as IN, or a name in "countries" of the mapping`,
    )
  }

  person(name: string): string {
    return this.#slugOf(squeeze(name), this.#sheet.people, 'person')
  }

  topic(label: string): string {
    return this.#slugOf(squeeze(label), this.#sheet.topics, 'topic')
  }

  /** An organization if the mapping lists the name as one, otherwise a person. */
  voice(name: string): Voice {
    const organization = this.#sheet.mapping.organizations.get(squeeze(name))
    return organization === undefined ? { person: this.person(name) } : { organization }
  }

  /** The results of `read` for the values of a cell, without duplicates. Values that cannot be read are anomalies. */
  each<T>(cell: Cell | undefined, read: (value: string) => T): T[] {
    const values = this.list(cell).flatMap((value) => this.attempt(() => [read(value)]) ?? [])
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
  }

  /** The slug of a referenced record. */
  reference(cell: SlugCell | undefined): string | undefined {
    if (!cell) return undefined
    return this.attempt(() => {
      const text = this.text(cell)
      if (text === undefined) return undefined
      const slug = 'prefix' in cell ? `${cell.prefix}${slugOf(text)}` : text
      if (SLUG.test(slug)) return slug
      throw new Unreadable(
        'not-a-slug',
        `found ${show(text)} in ${show(cell.column)}; expected a slug of a-z, 0-9 and -`,
      )
    })
  }

  #slugOf(name: string, among: NamedRecords, what: string): string {
    const slug = among.slugOf(name)
    if (slug === '') {
      throw new Unreadable(
        'no-name',
        `found ${show(name)} as the name of a ${what}; expected a name with letters or digits`,
      )
    }
    this.named.push({ among, name })
    return slug
  }
}

/** The parts of a cell without surrounding white space. */
export function split(text: string, separator: string | undefined): string[] {
  const parts = separator === undefined ? [text] : text.split(separator)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Text for a message, cut to 60 characters. */
export function show(text: string): string {
  const points = Array.from(text.slice(0, 200))
  return JSON.stringify(points.length > 60 ? `${points.slice(0, 60).join('')}…` : text)
}

const columnOf = (cell: Cell) => ('column' in cell ? cell.column : cell.value)

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
/** Codes that are regions in Unicode but not countries in ISO 3166-1. */
const NO_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '))

const isCountryOf = new Map<string, boolean>()

/** True for the two-letter codes of ISO 3166-1, and for all other text that has the form of a country code. */
function isCountryCode(text: string): boolean {
  if (!COUNTRY_CODE.test(text)) return false
  if (!/^[A-Z]{2}$/.test(text)) return true
  const known = isCountryOf.get(text) ?? isCountry(text)
  isCountryOf.set(text, known)
  return known
}

/** A code that Unicode replaces, such as UK by GB, is not a country. */
const isCountry = (code: string) =>
  new Intl.Locale(`und-${code}`).region === code && !NO_COUNTRIES.has(code) && regions.of(code) !== undefined
