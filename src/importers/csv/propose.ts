import { basename } from 'node:path'
import { records } from '../../bundle/format.ts'
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
/** The share of rows with the same day, minister and purpose from which on they are taken for the attendees of one meeting. */
const FEW = 0.25
/** The share of values with several names from which on a column has lists. */
const SOME = 0.02

const OFFICE =
  /^(the )?(\S+ )*(prime )?(minister|secretary|president|premier|chancellor|ambassador|attorney|leader|whip|commissioner)\b/i
const NAME_AFTER_OFFICE = '^(?:.*, )?(?:The )?(?:Rt Hon )?(.+?)(?: MP)?$'

interface Column {
  readonly name: string
  readonly cells: readonly string[]
  readonly values: readonly string[]
  readonly has: 'dates' | 'years' | 'months' | 'countries' | 'items' | 'text'
}

/** Words in the names of columns. The first column that fits and is free gets the part. */
const WORDS = {
  begin: /\b(start|begin|from|since|entry|entered|departed|arrived)/,
  end: /\b(end|until|till|to|left|departed|returned|return|termination)\b/,
  title: /\b(purpose|subject|reason|agenda|title|topic|description)\b/,
  organization: /\b(organi[sz]ations?|org|company|group|body|name|with|attendees?)\b/,
  person:
    /\b(ministers?|persons?|visitors?|guests?|officials?|holders?|delegates?|speakers?|leaders?|who|item label)\b/,
  traveller: /\b(travell?ers?|visitors?)\b/,
  name: /^name$/,
  places: /\b(city|cities|towns?|places?)\b/,
  sort: /\b(type|kind|sort)\b/,
  office: /\b(positions?|offices?|posts?|roles?)\b/,
  status: /\b(status|event|type|kind)\b/,
  wikidata: /^(person|item|holder|wikidata|qid)\b/,
  represented: /\b(from|nationality|representing|represents|delegation|citizenship|origin|home)\b/,
  host: /\b(host|venue|place|location|where|visited|destination|to|in)\b/,
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
  readonly #century: number | undefined

  constructor(file: string, { header, rows }: Table, remarks: readonly string[]) {
    this.#file = file
    const cells = rows.slice(0, SAMPLE).flatMap(({ cells }) => (cells instanceof Unreadable ? [] : [cells]))
    const names = standardNames()
    const dates = new DateReader('DMY', 'en', 2000)
    this.#columns = header.map((name, i) =>
      columnOf(
        name,
        cells.map((row) => (row[i] ?? '').trim()),
        names,
        dates,
      ),
    )
    this.#order = this.#orderOfDates()
    this.#century = this.#centuryOfDates()
    for (const remark of remarks) this.#say(remark)
  }

  proposal(): Proposal {
    const begin = this.#take('begin', 'dates')
    const end = begin && this.#take('end', 'dates')
    const [signed, inForce] = [this.#take('signed', 'dates'), this.#take('inForce', 'dates')]
    const date = begin ?? this.#first('dates')
    const [year, month] = [date ? undefined : this.#first('years'), date ? undefined : this.#first('months')]
    const office = begin && this.#take('office', 'text')
    const traveller = this.#take('traveller', 'text') ?? (end && this.#take('name', 'text'))
    const title = this.#take('title', 'text')
    const said = this.#take('text', 'text')
    const person = traveller ?? this.#take('person', 'text')
    const organization = this.#take('organization', 'text')
    const represented = this.#take('represented', 'countries')
    const host = this.#take('host', 'countries')
    const country = represented && host ? undefined : this.#first('countries')
    const when = this.#whenOf({ date, end, year, month })
    const anyCountry = host ?? country ?? represented
    const kind = this.#kindOf({ office, signed, said, traveller, person, organization, country: anyCountry, end })
    const fields = this.#fieldsOf(kind, {
      office,
      title,
      person,
      represented,
      host,
      country,
      when,
      said,
      signed,
      inForce,
    })
    const participations = ['meetings', 'visits'].includes(kind)
      ? this.#attending(person, organization, kind === 'meetings' ? represented : undefined)
      : undefined
    const slug =
      this.#attendeeRows(kind, { date, person, organization, title }) ??
      this.#slugOf([date ?? year, month, anyCountry, office, person, organization, title])
    const ditto = [...this.#used].filter(isDitto).map(({ name }) => name)
    if (ditto.length > 0)
      this.#say(
        `ditto: many cells of ${ditto.map(show).join(', ')} are empty below a value; remove this if they mean “not known”`,
      )
    const skip = this.#skipIn(kind, fields['title'])
    const unused = this.#columns.filter((column) => !isNamedIn({ fields, participations, slug, skip }, column.name))
    if (unused.length > 0) this.#say(`not used: ${unused.map(({ name }) => show(name)).join(', ')}`)
    const stem = slugOf(this.#file.replace(/(\.\w+){1,2}$/, '')).slice(0, 50) || 'sheet'
    this.#say('source: write the title, and the date on which the sheet was published')
    return {
      mapping: {
        kind,
        source: { slug: stem, title: this.#file, published: 'XXXX' },
        slug: { prefix: `${stem}-`, ...slug },
        ...(ditto.length > 0 && { ditto }),
        ...skip,
        ...(this.#order !== 'EDTF' && { dates: this.#order }),
        ...(this.#century !== undefined && { century: this.#century }),
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

  #centuryOfDates(): number | undefined {
    const dates = new DateReader('DMY')
    const values = this.#columns.filter(({ has }) => has === 'dates').flatMap(({ values }) => values)
    const short = values.find((value) => reasonOf(() => dates.read(value)) === 'two-digit-year')
    if (short === undefined) return undefined
    this.#say(`century: 2000 for years of two digits, as in ${show(short)}; check this`)
    return 2000
  }

  /** Rows of a table of states that say that there was nothing. */
  #skipIn(kind: SheetKind, title: unknown) {
    const column = this.#columns.find(({ name }) => name === title)
    const none = kind === 'relationEvents' ? column?.values.find((value) => /^none$/i.test(value)) : undefined
    if (!column || none === undefined) return {}
    this.#say(`skip: rows with ${show(none)} in ${show(column.name)}, because nothing happened`)
    return { skip: { column: column.name, values: [none] } }
  }

  #whenOf({
    date,
    end,
    year,
    month,
  }: Readonly<Record<'date' | 'end' | 'year' | 'month', Column | undefined>>): unknown {
    if (date && end) {
      this.#say(`the first and the last day are in ${show(date.name)} and ${show(end.name)}`)
      const last = end.values.toSorted().at(-1) ?? ''
      const share = shareOf(end.values, (value) => value === last)
      if (share > 0.1) {
        const values = JSON.stringify({ [last]: 'present' })
        this.#say(
          `${show(end.name)} is often ${show(last)}; if that means “still so”, write {"column": ${JSON.stringify(end.name)}, "values": ${values}}`,
        )
      }
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
      Record<
        'office' | 'signed' | 'said' | 'traveller' | 'person' | 'organization' | 'country' | 'end',
        Column | undefined
      >
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
    if (found.country && found.traveller && found.end) {
      return told('visits', `it has countries, periods and ${show(found.traveller.name)}`)
    }
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
    const country = () => name('country') ?? name('represented') ?? orValue('country', 'XX')
    switch (kind) {
      case 'positions': {
        const wikidata = this.#take('wikidata', 'items')?.name
        return {
          person: name('person'),
          ...(wikidata && { wikidata }),
          title: name('office'),
          country: country(),
          tenure: when,
        }
      }
      case 'agreements': {
        const parties = this.#take('parties', 'text')?.name
        return {
          title: orValue('title', 'Agreement'),
          kind: { value: 'OTHER' },
          parties: parties ? { column: parties, separator: ';' } : country(),
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
        this.#say('countries: write the code of the other country in place of XX')
        return {
          title: this.#take('status', 'text')?.name ?? orValue('title', 'Event'),
          kind: { value: 'OTHER' },
          countries: [name('country') ?? name('host') ?? name('represented'), { value: 'XX' }],
          when,
        }
      case 'visits': {
        const from = name('represented')
        if (from === undefined)
          this.#say('fields: add "from": {"value": …}, the country of the visitor, if it is known')
        const places = this.#take('places', 'text')?.name
        return {
          ...(from && { from }),
          to: name('host') ?? name('country') ?? from,
          when,
          ...(places && { places }),
          ...this.#kindOfVisit(),
        }
      }
      default: {
        const host = name('host') ?? (name('represented') && name('country'))
        if (name('country') && !host) {
          this.#say(
            `${show(String(name('country')))} has countries: add it as "host" of "fields" if the meetings were there, or as "country" of "participations" if people represent it`,
          )
        }
        return {
          ...(name('title') && { title: name('title') }),
          kind: { value: 'OTHER' },
          when,
          ...(host && { host }),
        }
      }
    }
  }

  /** The kinds of visits, if a column has nothing else. */
  #kindOfVisit() {
    const column = this.#columns.find((one) => !this.#used.has(one) && WORDS.sort.test(wordsOf(one)))
    const kinds = records.visits.shape.kind.unwrap().options
    if (!column?.values.every((value) => kinds.some((kind) => kind === clean(value).toUpperCase()))) return {}
    this.#used.add(column)
    return { kind: column.name }
  }

  #attending(person: Column | undefined, organization: Column | undefined, country: Column | undefined) {
    const people = [person, organization].flatMap((column) => {
      if (!column) return []
      const offices = shareOf(column.values, (value) => OFFICE.test(value) && !value.includes(', '))
      const what = offices > MOST ? 'unnamed' : column === person ? 'person' : 'organization'
      this.#say(`${show(column.name)} has attendees: ${what}; choose between person, organization and unnamed`)
      const isList = shareOf(column.values, (value) => value.includes('; ')) > SOME
      return [
        {
          [what]: column.name,
          ...(what === 'person' && this.#nameAfterOffice(column)),
          ...(isList && { separator: ';' }),
          ...(country && what === 'person' && { country: country.name }),
        },
      ]
    })
    return people.length > 0 ? people : undefined
  }

  /** The part of `Minister for Ferries, The Rt Hon Ada Berg MP` that is the name. */
  #nameAfterOffice({ name, values }: Column) {
    const offices = shareOf(values, (value) => OFFICE.test(value) && value.includes(', '))
    if (offices < MOST) return undefined
    this.#say(`${show(name)} has an office before the name; "pattern" takes the name after the last comma`)
    return { pattern: NAME_AFTER_OFFICE }
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
    const isFew = sharingRows(shared) < FEW
    if (shareOf(date.values, isDay) < 1 || isFew || !isUnique([...shared, organization])) return undefined
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

/** Whether a part of a mapping names a column. */
const isNamedIn = (part: unknown, name: string): boolean =>
  part === name ||
  (typeof part === 'object' && part !== null && Object.values(part).some((one) => isNamedIn(one, name)))

/** Why a cell cannot be read. Undefined if it can. */
function reasonOf(read: () => unknown): string | undefined {
  try {
    read()
  } catch (error) {
    return (error as Unreadable).reason
  }
  return undefined
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
  const isItem = (value: string) => /^(https?:\/\/www\.wikidata\.org\/(entity|wiki)\/)?Q\d+$/.test(value)
  const tests = [
    ['items', isItem],
    ['years', isYear],
    ['dates', isDate],
    ['months', isMonth],
    ['countries', isCountry],
  ] as const
  return { name, cells, values, has: tests.find(([, test]) => shareOf(values, test) > MOST)?.[0] ?? 'text' }
}

/** The share of rows that have the same values as an earlier row. */
const sharingRows = (columns: readonly Column[]) => {
  const rows = columns[0]?.cells.map((_, i) => slugOf(columns.map(({ cells }) => cells[i]).join(' '))) ?? []
  return rows.length === 0 ? 0 : 1 - new Set(rows).size / rows.length
}

const isUnique = (columns: readonly Column[]) => sharingRows(columns) === 0

/** True if a column starts with a value and has many empty cells below. */
const isDitto = ({ cells, values }: Column) => cells[0] !== '' && values.length * 2 < cells.length
