import { type BundleInput, records, type Voice } from '../../bundle/format.ts'
import type { CountryNames, Days } from '../../countries/names.ts'
import type { internationalOrganizations } from '../../countries/organizations.ts'
import { countryName } from '../../countries/states.ts'
import { SLUG } from '../../keys.ts'
import { nearest } from '../../nearest.ts'
import { timeSpan } from '../../time/span.ts'
import type { DateReader } from './dates.ts'
import type { Known } from './known.ts'
import type { Cell, DateCell, Mapping, OneDate, SlugCell } from './mapping.ts'
import { type NamedRecords, slugOf } from './names.ts'
import type { SheetPeople } from './people.ts'
import type { Row } from './table.ts'
import { clean, show } from './text.ts'
import { Unreadable } from './unreadable.ts'

/** The state that all rows of a sheet share. */
export interface Sheet {
  readonly mapping: Mapping
  readonly known: Known
  /** The index of each column. */
  readonly columns: ReadonlyMap<string, number>
  readonly people: SheetPeople
  readonly organizations: NamedRecords
  readonly topics: NamedRecords
  readonly countries: CountryNames
  readonly dates: DateReader
}

type International = (typeof internationalOrganizations)[number]

/** What a row names besides its fact. It becomes records if the row becomes a fact. */
export interface NamedInRow {
  readonly people: Parameters<SheetPeople['add']>[0][]
  readonly organizations: string[]
  readonly international: International[]
  readonly topics: string[]
  readonly countries: string[]
}

/** The error values of spreadsheets. */
const FAILED_FORMULA = /^#(REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NUM!|NULL!|SPILL!|CALC!)/

/**
 * Reads the cells of one row. A cell that cannot be read throws Unreadable, which refuses the row. In `attempt` it only adds an
 * anomaly, and the row is imported without the value.
 */
export class RowReading {
  readonly anomalies: Unreadable[] = []
  /** Notes for the readers of the fact. */
  readonly notes = new Set<string>()
  readonly named: NamedInRow = { people: [], organizations: [], international: [], topics: [], countries: [] }
  readonly row: Row
  /** The rows above from which values were taken. */
  readonly above = new Set<Row>()
  readonly #cells: readonly string[]
  readonly #sheet: Sheet
  #days: Days | undefined

  /** `above`: the last row with a value, for each column in which an empty cell means the value above. */
  constructor(row: Row, sheet: Sheet, above: Map<number, { readonly row: Row; readonly text: string }>) {
    if (row.cells instanceof Unreadable) throw row.cells
    if (row.raw.includes('\0')) {
      throw new Unreadable('nul-character', 'found a NUL character; expected text without NUL characters')
    }
    this.row = row
    this.#sheet = sheet
    const cells = [...row.cells]
    for (const name of sheet.mapping.ditto) {
      const index = sheet.columns.get(name) as number
      const text = cells[index] ?? ''
      const last = above.get(index)
      if (!isDitto(text)) above.set(index, { row, text })
      else if (last) {
        cells[index] = last.text
        this.above.add(last.row)
      }
    }
    this.#cells = cells
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

  /** The text of a cell without surrounding white space, or the mapping’s word for it. Undefined if the cell is empty. */
  text(cell: Cell): string | undefined {
    const text = this.#written(cell)
    return (text !== undefined && 'values' in cell && cell.values?.get(clean(text))) || text
  }

  #written(cell: Cell): string | undefined {
    if ('value' in cell) return cell.value
    const text = (this.#cells[this.#sheet.columns.get(cell.column) as number] ?? '').trim()
    if (text.startsWith('=') || FAILED_FORMULA.test(text)) {
      throw new Unreadable('formula', `found ${show(text)}; expected the result of the formula`, cell.column)
    }
    if (clean(text) === '') return undefined
    if (!cell.pattern) return text
    const match = cell.pattern.exec(text)
    const part = (match?.[1] ?? match?.[0] ?? '').trim()
    if (part !== '') return part
    throw new Unreadable(
      'no-match',
      `found ${show(text)}; expected text that matches ${cell.pattern.source}`,
      cell.column,
    )
  }

  /** The text of a required cell. */
  expected(cell: Cell, text = this.text(cell)): string {
    if (text !== undefined) return text
    throw new Unreadable(
      'empty-cell',
      'found an empty cell; expected a value, because the field is required',
      columnOf(cell),
    )
  }

  optional(cell: Cell | undefined): string | undefined {
    return cell && this.attempt(() => this.text(cell))
  }

  /** The value of an enum. */
  word<Word extends string>(cell: Cell, words: readonly Word[]): Word {
    const text = clean(this.expected(cell, this.#written(cell)))
    const values = 'values' in cell ? cell.values : undefined
    const word = words.find((word) => word === (values ? values.get(text) : text.toUpperCase()))
    if (word !== undefined) return word
    const expected = (values?.entries.map(([name]) => name) ?? words).join(', ')
    throw new Unreadable('unknown-value', `found ${show(text)}; expected one of ${expected}`, columnOf(cell))
  }

  /** A date in EDTF. `XXXX`, an unknown date, if the cells are empty. */
  date(cell: DateCell): string {
    const edtf = this.optionalDate(cell)
    if (edtf !== undefined) return edtf
    this.anomalies.push(
      new Unreadable('no-date', 'found no date; imported as XXXX, an unknown date', columnOfDate(cell)),
    )
    return 'XXXX'
  }

  optionalDate(cell: DateCell | undefined): string | undefined {
    if (!cell) return undefined
    try {
      if (!('begin' in cell)) return this.#oneDate(cell)
      const [begin, end] = [cell.begin, cell.end].map((one) =>
        'year' in one ? this.#oneDate(one) : this.#dateText(one),
      )
      return this.#sheet.dates.span(begin, end)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      throw new Unreadable(error.reason, error.message, error.column ?? columnOfDate(cell))
    }
  }

  #oneDate(cell: OneDate): string | undefined {
    const { dates } = this.#sheet
    if ('year' in cell) {
      const [year, month, day] = [cell.year, cell.month, cell.day].map((part) => part && this.text(part))
      return year === undefined ? undefined : dates.join(year, month, day)
    }
    const text = this.#dateText(cell)
    return text === undefined ? undefined : dates.read(text)
  }

  /** Wikidata writes a year like its first day. Then the year is certain, and the day is not. */
  #dateText(cell: Cell): string | undefined {
    const text = this.text(cell)
    const [, year] = /^\+?(\d{4})-01-01T00:00:00Z$/.exec(text ?? '') ?? []
    if (year === undefined) return text
    const message = `found ${show(text as string)}, which Wikidata writes for the day and for the year; imported as the year`
    this.anomalies.push(new Unreadable('day-or-year', message, columnOf(cell)))
    return year
  }

  /** The days of the fact decide what a country’s name means, and who is meant by a person’s name. */
  during(edtf: string): string {
    const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = timeSpan(edtf)
    this.#days = { first: beginOfTheBegin ?? endOfTheBegin, last: endOfTheEnd ?? beginOfTheEnd ?? endOfTheBegin }
    return edtf
  }

  /** The values of a cell without duplicates. */
  list(cell: Cell | undefined): string[] {
    const text = this.optional(cell)
    if (text === undefined || !cell) return []
    return [...new Set(split(text, 'column' in cell ? cell.separator : undefined))]
  }

  /** `cell`: the cell that has the name, for errors. */
  country(name: string, cell?: Cell): string {
    const represented = this.represented(name, cell)
    if (represented.representing !== undefined) return represented.representing
    throw new Unreadable(
      'organization-not-country',
      `found the organization ${show(name)}; expected a country`,
      cell && columnOf(cell),
    )
  }

  /** The country or the organization of states that a name means. */
  represented(name: string, cell?: Cell): { representing?: string; representingOrganization?: string } {
    const { mapping, countries } = this.#sheet
    const listed = mapping.countries.get(name)
    if (listed !== undefined) return { representing: this.#theCountry(listed) }
    const organization = mapping.organizations.get(name)
    if (organization !== undefined) return { representingOrganization: organization }
    const meaning = countries.find(name, this.#days)
    if (meaning && 'organization' in meaning) {
      return { representingOrganization: this.#international(meaning.organization) }
    }
    if (meaning && 'code' in meaning) {
      if (meaning.code !== meaning.named) {
        this.notes.add(`The source says “${clean(name)}”; on that day the state was ${countryName(meaning.code)}.`)
      }
      return { representing: this.#theCountry(meaning.code) }
    }
    const candidates = meaning?.candidates ?? nearest(name, countries.names)
    const hint = candidates.length > 0 ? `; it may mean ${candidates.join(' or ')}` : ''
    throw new Unreadable(
      meaning ? 'ambiguous-country' : 'unknown-country',
      `found the country ${show(name)}${hint}; expected a code such as IN, a name of a country, or a name in "countries" of the mapping`,
      cell && columnOf(cell),
    )
  }

  #theCountry(code: string): string {
    this.named.countries.push(code)
    return code
  }

  #international(organization: International): string {
    this.named.international.push(organization)
    return this.#sheet.organizations.slugOf(organization.name)
  }

  person(name: string, country?: string, wikidataId?: string): string {
    const mention = { name: expectName(name, 'person'), country, days: this.#days, wikidataId }
    const slug = expectSlug(this.#sheet.people.slugOf(mention), name, 'person')
    this.named.people.push(mention)
    return slug
  }

  organization(name: string): string {
    const { mapping, countries, organizations } = this.#sheet
    const listed = mapping.organizations.get(name)
    if (listed !== undefined) return listed
    const meaning = countries.find(name)
    if (meaning && 'organization' in meaning) return this.#international(meaning.organization)
    const slug = expectSlug(organizations.slugOf(expectName(name, 'organization')), name, 'organization')
    this.named.organizations.push(name)
    return slug
  }

  topic(label: string): string {
    const slug = expectSlug(this.#sheet.topics.slugOf(expectName(label, 'topic')), label, 'topic')
    this.named.topics.push(label)
    return slug
  }

  /** An organization if the mapping lists the name as one, otherwise a person. */
  voice(name: string): Voice {
    const organization = this.#sheet.mapping.organizations.get(name)
    return organization === undefined ? { person: this.person(name) } : { organization }
  }

  /** True if the mapping lists a name as that of a person or an organization. */
  isListed(name: string, as: 'people' | 'organizations'): boolean {
    return this.#sheet.mapping[as].has(name)
  }

  /** The results of `read` for the values of a cell, without duplicates. Values that cannot be read are anomalies. */
  each<T>(cell: Cell | undefined, read: (value: string) => T): T[] {
    const values = this.list(cell).flatMap((value) => this.attempt(() => [read(value)]) ?? [])
    return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
  }

  /** The slug of a referenced record. */
  reference(cell: SlugCell | undefined, to: 'meetings' | 'visits'): string | undefined {
    if (!cell) return undefined
    return this.attempt(() => {
      const text = this.text(cell)
      if (text === undefined) return undefined
      const slug = 'prefix' in cell ? `${cell.prefix}${slugOf(text)}` : text
      if (!SLUG.test(slug)) {
        throw new Unreadable('not-a-slug', `found ${show(text)}; expected a slug of a-z, 0-9 and -`, cell.column)
      }
      if (this.#sheet.known[to]?.has(slug) ?? true) return slug
      throw new Unreadable(
        'unknown-reference',
        `found no record of ${to} with the slug ${slug}; imported without it`,
        cell.column,
      )
    })
  }

  /** The note of the fact: that of the sheet, and those of the reading. */
  note(cell: Cell | undefined): string | undefined {
    return [this.optional(cell), ...this.notes].filter(Boolean).join(' ') || undefined
  }
}

export type Citations = NonNullable<BundleInput['meetings']>[number]['citations']

const isDitto = (text: string) => /^(["”″〃]|''|-"-|do\.?|ditto|as above|same( as above)?|idem)?$/i.test(clean(text))

const NAMES = { person: records.people, organization: records.organizations, topic: records.topics }

function expectName(name: string, what: keyof typeof NAMES): string {
  if (/^Q\d+$/.test(clean(name))) {
    throw new Unreadable('no-name', `found the Wikidata item ${show(name)} as the name of a ${what}; expected a name`)
  }
  if (NAMES[what].shape.name.safeParse(name).success) return name
  throw new Unreadable('name-too-long', `found ${show(name)} as the name of a ${what}; expected at most 500 characters`)
}

function expectSlug(slug: string, name: string, what: string): string {
  if (slug !== '') return slug
  throw new Unreadable(
    'no-name',
    `found ${show(name)} as the name of a ${what}; expected a name with letters or digits`,
  )
}

/** The parts of a cell without surrounding white space. */
export function split(text: string, separator: string | undefined): string[] {
  const parts = separator === undefined ? [text] : text.split(separator)
  return parts.map((part) => part.trim()).filter((part) => clean(part) !== '')
}

const columnOf = (cell: Cell) => ('column' in cell ? cell.column : undefined)

function columnOfDate(cell: DateCell): string | undefined {
  if ('begin' in cell) return columnOfDate(cell.begin) ?? columnOfDate(cell.end)
  return 'year' in cell ? columnOf(cell.year) : columnOf(cell)
}
