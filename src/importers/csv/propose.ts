import { basename } from 'node:path'
import { type CountryNames, standardNames } from '../../countries/names.ts'
import { type DateOrder, DateReader } from './dates.ts'
import { decodeSheet } from './decode.ts'
import { readBytes, type SheetKind } from './mapping.ts'
import { slugOf } from './names.ts'
import { readTable, type Table } from './table.ts'
import { clean, show } from './text.ts'
import { Unreadable } from './unreadable.ts'

/** A proposed mapping, and the reason for each of its parts. */
export interface Proposal {
  readonly mapping: Readonly<Record<string, unknown>>
  readonly reasons: readonly string[]
}

/** Number of rows to look at, and the share of values that decides what a column has. */
const SAMPLE = 1_000
const MOST = 0.6

interface Column {
  readonly name: string
  readonly cells: readonly string[]
  readonly values: readonly string[]
  readonly has: 'dates' | 'years' | 'months' | 'countries' | 'text'
}

/** Words in the names of columns. The first column that fits and is free gets the part. */
const WORDS = {
  begin: /\b(start|begin|from|since|entry|entered)/,
  end: /\b(end|until|till|to|left|termination)\b/,
  title: /\b(purpose|subject|reason|agenda|title|topic|description)\b/,
  organization: /\b(organi[sz]ations?|org|company|group|body|name|with|attendees?)\b/,
  person: /\b(ministers?|persons?|visitors?|guests?|officials?|holders?|delegates?|speakers?|leaders?|who)\b/,
  office: /\b(positions?|offices?|posts?|roles?)\b/,
  status: /\b(status|event|type|kind)\b/,
  wikidata: /^(person ?id|item|wikidata|qid)$/,
  key: /\b(id|no|nr|number|key|ref|reference|serial)\b/,
  text: /\b(text|statement|quote|quotation|said|words)\b/,
  signed: /\bsign/,
  inForce: /\bforce\b/,
  parties: /\b(part(y|ies)|countries|states|signatories)\b/,
} as const

/** Proposes a mapping for a sheet from the names and the values of its columns. The editor must check it. */
export async function proposeMapping(file: string): Promise<Proposal> {
  const { text, remarks } = await decodeSheet(file, await readBytes(file), {})
  const table = readTable(file, text, new Set())
  return new Proposing(basename(file), table, remarks).proposal()
}

class Proposing {
  readonly #file: string
  readonly #columns: readonly Column[]
  readonly #used = new Set<Column>()
  readonly #reasons: string[] = []
  readonly #order: DateOrder

  constructor(file: string, { header, rows }: Table, remarks: readonly string[]) {
    this.#file = file
    const cells = rows.slice(0, SAMPLE).flatMap(({ cells }) => (cells instanceof Unreadable ? [] : [cells]))
    const names = standardNames()
    const dates = new DateReader('DMY')
    this.#columns = header.map((name, i) =>
      columnOf(
        name,
        cells.map((row) => (row[i] ?? '').trim()),
        names,
        dates,
      ),
    )
    this.#order = this.#orderOfDates()
    for (const remark of remarks) this.#say(remark)
  }

  proposal(): Proposal {
    const begin = this.#take('begin', 'dates')
    const end = begin && this.#take('end', 'dates')
    const [signed, inForce] = [this.#take('signed', 'dates'), this.#take('inForce', 'dates')]
    const date = begin ?? this.#first('dates')
    const [year, month] = [date ? undefined : this.#first('years'), date ? undefined : this.#first('months')]
    const office = begin && this.#take('office', 'text')
    const title = this.#take('title', 'text')
    const said = this.#take('text', 'text')
    const person = this.#take('person', 'text')
    const organization = this.#take('organization', 'text')
    const country = this.#first('countries')
    const when = this.#whenOf({ date, end, year, month })
    const kind = this.#kindOf({ office, signed, said, person, organization, country, end })
    const fields = this.#fieldsOf(kind, { office, title, person, country, when, said, signed, inForce })
    const participations = ['meetings', 'visits'].includes(kind)
      ? this.#attending(person, organization, country)
      : undefined
    const slug =
      this.#attendeeRows(kind, { date, person, organization, title }) ??
      this.#slugOf([date ?? year, month, country, office, person, organization, title])
    const ditto = [...this.#used].filter(isDitto).map(({ name }) => name)
    if (ditto.length > 0)
      this.#say(
        `ditto: many cells of ${ditto.map(show).join(', ')} are empty below a value; remove this if they mean “not known”`,
      )
    const stem = slugOf(this.#file.replace(/(\.\w+){1,2}$/, '')).slice(0, 50) || 'sheet'
    this.#say('source: write the title, and the date on which the sheet was published')
    return {
      mapping: {
        kind,
        source: { slug: stem, title: this.#file, published: 'XXXX' },
        slug: { prefix: `${stem}-`, ...slug },
        ...(ditto.length > 0 && { ditto }),
        ...(this.#order !== 'EDTF' && { dates: this.#order }),
        fields,
        ...(participations && { participations }),
      },
      reasons: this.#reasons,
    }
  }

  #say(reason: string): void {
    this.#reasons.push(reason)
  }

  #take(word: keyof typeof WORDS, has: Column['has']): Column | undefined {
    return this.#use(
      this.#columns.find(
        (column) => column.has === has && !this.#used.has(column) && WORDS[word].test(wordsOf(column)),
      ),
    )
  }

  #first(has: Column['has']): Column | undefined {
    return this.#use(this.#columns.find((column) => column.has === has && !this.#used.has(column)))
  }

  #use(column: Column | undefined): Column | undefined {
    if (column) this.#used.add(column)
    return column
  }

  #orderOfDates(): DateOrder {
    const values = this.#columns.filter(({ has }) => has === 'dates').flatMap(({ values }) => values)
    const parts = values.flatMap((value) => {
      const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b/.exec(value) ?? []
      return first && second ? [[Number(first), Number(second)] as const] : []
    })
    if (parts.length === 0) return 'EDTF'
    const [isDay, isMonth] = [parts.some(([first]) => first > 12), parts.some(([, second]) => second > 12)]
    if (isDay !== isMonth) {
      this.#say(`dates: ${isDay ? 'DMY' : 'MDY'}, because some dates can only be read so`)
      return isDay ? 'DMY' : 'MDY'
    }
    this.#say('dates: the sheet does not show whether the day or the month comes first; set "dates" to DMY or MDY')
    return 'EDTF'
  }

  #whenOf({
    date,
    end,
    year,
    month,
  }: Readonly<Record<'date' | 'end' | 'year' | 'month', Column | undefined>>): unknown {
    if (date && end) {
      this.#say(`the first and the last day are in ${show(date.name)} and ${show(end.name)}`)
      return { begin: date.name, end: end.name }
    }
    if (date) {
      this.#say(`${show(date.name)} has dates`)
      return date.name
    }
    if (year) {
      this.#say(`${[year, month].flatMap((column) => (column ? show(column.name) : [])).join(' and ')} have the date`)
      return month ? { year: year.name, month: month.name } : { year: year.name }
    }
    this.#say('no column has dates: write the name of one, or {"value": …}, as the date')
    return { value: 'XXXX' }
  }

  #kindOf(
    found: Readonly<
      Record<'office' | 'signed' | 'said' | 'person' | 'organization' | 'country' | 'end', Column | undefined>
    >,
  ): SheetKind {
    const told = (kind: SheetKind, why: string) => {
      this.#say(`kind: ${kind}, because ${why}`)
      return kind
    }
    if (found.office && found.person)
      return told('positions', `it has ${show(found.office.name)} and ${show(found.person.name)}`)
    if (found.signed) return told('agreements', `it has ${show(found.signed.name)}`)
    if (found.said) return told('statements', `it has ${show(found.said.name)}`)
    if (found.country && !found.person && !found.organization) {
      if (found.end) return told('relationEvents', 'it has periods of countries and no people')
      return told('visits', 'it has countries and dates, and no people')
    }
    return told('meetings', 'nothing shows another kind')
  }

  #fieldsOf(kind: SheetKind, found: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const name = (part: string) => (found[part] as Column | undefined)?.name
    const orValue = (part: string, value: string) => {
      const column = name(part)
      if (column === undefined) this.#say(`fields: no column was found for ${part}; ${show(value)} stands for all rows`)
      return column ?? { value }
    }
    const { when } = found
    switch (kind) {
      case 'positions': {
        const wikidata = this.#take('wikidata', 'text')?.name
        return {
          person: name('person'),
          ...(wikidata && { wikidata }),
          title: name('office'),
          country: orValue('country', 'XX'),
          tenure: when,
        }
      }
      case 'agreements': {
        const parties = this.#take('parties', 'text')?.name
        return {
          title: orValue('title', 'Agreement'),
          kind: { value: 'OTHER' },
          parties: parties ? { column: parties, separator: ';' } : orValue('country', 'XX'),
          signed: name('signed'),
          ...(name('inForce') && { inForce: name('inForce') }),
        }
      }
      case 'statements':
        return {
          text: name('said'),
          quotation: { value: 'REPORTED' },
          speakers: orValue('person', 'unknown'),
          said: when,
        }
      case 'relationEvents':
        return {
          title: this.#take('status', 'text')?.name ?? orValue('title', 'Event'),
          kind: { value: 'OTHER' },
          countries: [name('country'), { value: 'XX' }],
          when,
        }
      case 'visits':
        return { to: name('country'), when }
      default:
        return { ...(name('title') && { title: name('title') }), kind: { value: 'OTHER' }, when }
    }
  }

  #attending(person: Column | undefined, organization: Column | undefined, country: Column | undefined) {
    const people = [person, organization].flatMap((column) => {
      if (!column) return []
      const offices = shareOf(column.values, (value) =>
        /^(the )?\S* ?(minister|secretary|president|ambassador|attorney)\b/i.test(value),
      )
      const what = offices > MOST ? 'unnamed' : column === person ? 'person' : 'organization'
      this.#say(`${show(column.name)} has attendees: ${what}; choose between person, organization and unnamed`)
      return [{ [what]: column.name, ...(country && what === 'person' && { country: country.name }) }]
    })
    return people.length > 0 ? people : undefined
  }

  /** For meetings with a row for each attendee: the columns that rows of one meeting share. */
  #attendeeRows(
    kind: SheetKind,
    {
      date,
      person,
      organization,
      title,
    }: Readonly<Record<'date' | 'person' | 'organization' | 'title', Column | undefined>>,
  ) {
    if (kind !== 'meetings' || !date || !person || !organization || !title) return undefined
    const isDay = (value: string) => /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\D+\d{4}/.test(value)
    const shared = [date, person, title]
    if (shareOf(date.values, isDay) < 1 || isUnique(shared) || !isUnique([...shared, organization])) return undefined
    this.#say(
      `slug: several rows have the same ${shared.map(({ name }) => show(name)).join(', ')} and differ in ${show(organization.name)}, so that they are one meeting: check this`,
    )
    return { column: shared.map(({ name }) => name), group: true }
  }

  /** The columns that identify a row: a key, otherwise all that were found. */
  #slugOf(found: readonly (Column | undefined)[]): Record<string, unknown> {
    const keys = this.#columns.filter(
      (column) => WORDS.key.test(wordsOf(column)) && column.values.length === column.cells.length,
    )
    const others = [...new Set(found.flatMap((column) => column ?? []))].filter((column) => column.values.length > 0)
    const unique = keys.find((column) => isUnique([column]))
    const columns = unique ? [unique] : others.length > 0 ? others : this.#columns.slice(0, 1)
    const group = !isUnique(columns)
    this.#say(
      `slug: ${columns.map(({ name }) => show(name)).join(', ')} ${group ? 'do not differ in all rows, so that such rows are one fact: check this' : 'differ from row to row'}`,
    )
    return {
      column: columns.length === 1 ? columns[0]?.name : columns.map(({ name }) => name),
      ...(group && { group }),
    }
  }
}

const wordsOf = ({ name }: Column) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()

const shareOf = <T>(values: readonly T[], test: (value: T) => boolean) =>
  values.length === 0 ? 0 : values.filter(test).length / values.length

function columnOf(name: string, cells: readonly string[], names: CountryNames, dates: DateReader): Column {
  const values = cells.filter((cell) => clean(cell) !== '')
  const isDate = (value: string) => {
    try {
      return dates.read(value) !== undefined
    } catch {
      return false
    }
  }
  const isYear = (value: string) => /^(1[5-9]|20)\d\d$/.test(value)
  const isMonth = (value: string) => !/\d/.test(value) && isDate(`1 ${value} 2000`)
  const isCountry = (value: string) => /^[A-Z]{4,}$|[^A-Z]/.test(value) && names.find(value) !== undefined
  const tests = [
    ['years', isYear],
    ['dates', isDate],
    ['months', isMonth],
    ['countries', isCountry],
  ] as const
  return { name, cells, values, has: tests.find(([, test]) => shareOf(values, test) > MOST)?.[0] ?? 'text' }
}

const isUnique = (columns: readonly Column[]) => {
  const rows = columns[0]?.cells.map((_, i) => slugOf(columns.map(({ cells }) => cells[i]).join(' '))) ?? []
  return new Set(rows).size === rows.length
}

/** True if a column starts with a value and has many empty cells below. */
const isDitto = ({ cells, values }: Column) => cells[0] !== '' && values.length * 2 < cells.length
