import { basename } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { type BundleInput, records } from '../../bundle/format.ts'
import { CountryNames } from '../../countries/names.ts'
import { internationalOrganizations } from '../../countries/organizations.ts'
import { countryName } from '../../countries/states.ts'
import { UserError } from '../../errors.ts'
import { codePoints, sha256 } from '../../evidence/text.ts'
import { nearest } from '../../nearest.ts'
import { fold } from '../../search/fold.ts'
import type { Anomaly, ImportedSheet } from '../importer.ts'
import { agreementOf } from './agreements.ts'
import { DateReader } from './dates.ts'
import { decodeSheet } from './decode.ts'
import { type Known, NOTHING_KNOWN } from './known.ts'
import { columnsIn, columnsOf, type Mapping, readBytes, readMapping, refuse, type SheetKind } from './mapping.ts'
import { meetingOf } from './meetings.ts'
import { merge, type SheetFact } from './merge.ts'
import { organizationOf, personOf } from './named-kinds.ts'
import { NamedRecords, slugOf } from './names.ts'
import { SheetPeople } from './people.ts'
import { positionOf } from './positions.ts'
import { type Citations, RowReading, type Sheet } from './reading.ts'
import { relationEventOf } from './relation-events.ts'
import { statementOf } from './statements.ts'
import { indexOf, type Row, readTable, type Table } from './table.ts'
import { show } from './text.ts'
import { Unreadable } from './unreadable.ts'
import { visitOf } from './visits.ts'

interface Options {
  /** The records of the database that the rows may mean. */
  readonly known?: Known
  /** A slug for the source in place of that of the mapping. */
  readonly source?: string | undefined
}

/** Maximum length of the excerpt in a citation, in UTF-16 units. */
const MAX_EXCERPT = 5_000

/**
 * Converts a spreadsheet, CSV or an Excel workbook, to a bundle, with a mapping of its columns (docs/spreadsheets.md). Each row becomes
 * a fact that cites the row, is added to the fact of an earlier row, or is refused. The file itself is the source.
 *
 * Throws a UserError if the mapping is wrong or does not fit the file, or if the file is no spreadsheet.
 *
 * @example
 * const { bundle, anomalies } = await importCsv('embassy-log.csv', 'embassy-log.json')
 */
export async function importCsv(
  file: string,
  mappingFile: string,
  { known = NOTHING_KNOWN, source }: Options = {},
): Promise<ImportedSheet> {
  const given = await readMapping(mappingFile)
  const mapping = source === undefined ? given : { ...given, source: { ...given.source, slug: source } }
  expectReferences(mapping, known, mappingFile)
  const { text, remarks } = await decodeSheet(file, await readBytes(file), mapping)
  const columns = columnsOf(mapping)
  const whole = readTable(file, text, columns, mapping.delimiter)
  const indexes = expectColumns(columns, whole.header, file, mappingFile)
  const rows = whole.rows.filter((row) => !isSkipped(row, mapping, indexes))
  const table = { ...whole, rows }
  const skipped = whole.rows.length - rows.length

  const language = mapping.source.language ?? 'en'
  const international = internationalOrganizations.filter(
    ({ slug }) => !known.organizations.some((one) => one.slug === slug),
  )
  const sheet: Sheet = {
    mapping,
    known,
    columns: indexes,
    people: new SheetPeople(mapping.people, known, mapping.source.slug),
    organizations: new NamedRecords(
      mapping.organizations,
      [...known.organizations, ...international],
      mapping.source.slug,
    ),
    topics: new NamedRecords(mapping.topics, known.topics, mapping.source.slug),
    countries: new CountryNames(known.countries, language),
    dates: new DateReader(mapping.dates, language, mapping.century),
  }
  const skipNote = skipped > 0 ? [new Unreadable('skipped', `rows that the mapping skips: ${skipped}`)] : []
  return new SheetImport(basename(file), sheet, table, [
    ...remarks.map((remark) => new Unreadable('encoding', remark)),
    ...skipNote,
  ]).result()
}

/** The records that a mapping names must exist: the report would otherwise name places of a bundle that nobody sees. */
function expectReferences(mapping: Mapping, known: Known, file: string): void {
  if (known === NOTHING_KNOWN) return
  const slugs = {
    people: new Set([...known.people.map(({ slug }) => slug), ...known.formerPeople]),
    organizations: new Set(known.organizations.map(({ slug }) => slug)),
    topics: new Set(known.topics.map(({ slug }) => slug)),
  }
  const unknown = (path: string, kind: keyof typeof slugs, slug: string | undefined) => {
    if (slug === undefined || slugs[kind].has(slug)) return []
    const guess = nearest(slug, slugs[kind]).join(' or ')
    return [
      {
        path,
        message: `the database has none of the ${kind} with the slug ${show(slug)}${guess && `; did you mean ${guess}?`}`,
      },
    ]
  }
  const problems = [
    ...unknown('source.publisher', 'organizations', mapping.source.publisher),
    ...(['people', 'organizations', 'topics'] as const).flatMap((kind) =>
      mapping[kind].entries.flatMap(([name, slug]) => unknown(`${kind}.${name}`, kind, slug)),
    ),
  ]
  if (problems.length > 0) refuse(file, problems)
}

function expectColumns(
  columns: ReadonlySet<string>,
  header: readonly string[],
  file: string,
  mapping: string,
): Map<string, number> {
  const quote = (names: readonly string[]) => names.map(show).join(', ')
  const missing = [...columns].filter((name) => indexOf(header, name) === undefined)
  if (missing.length > 0) {
    throw new UserError(`${mapping}: ${file} has no column ${quote(missing)}; expected one of ${quote(header)}`)
  }
  const twice = [...columns].filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (twice.length > 0) {
    throw new UserError(
      `${mapping}: ${file} has more than one column ${quote(twice)}; expected columns with different names`,
    )
  }
  return new Map([...columns].map((name) => [name, indexOf(header, name) as number]))
}

/** The record of a row, by the kind of the mapping. */
function recordOf(mapping: Mapping, reading: RowReading, slug: string, citations: Citations) {
  switch (mapping.kind) {
    case 'meetings':
      return meetingOf(mapping, reading, slug, citations)
    case 'visits':
      return visitOf(mapping, reading, slug, citations)
    case 'statements':
      return statementOf(mapping, reading, slug, citations)
    case 'positions':
      return positionOf(mapping, reading, slug, citations)
    case 'agreements':
      return agreementOf(mapping, reading, slug, citations)
    case 'relationEvents':
      return relationEventOf(mapping, reading, slug, citations)
    case 'people':
      return personOf(mapping, reading, slug)
    case 'organizations':
      return organizationOf(mapping, reading, slug)
  }
}

/** One import of a sheet. */
class SheetImport {
  readonly #file: string
  readonly #sheet: Sheet
  readonly #table: Table
  readonly #anomalies: Anomaly[] = []
  readonly #facts = new Map<string, SheetFact>()
  readonly #refused = new Map<Row, Unreadable>()
  readonly #international = new Map<string, (typeof internationalOrganizations)[number]>()
  readonly #countries = new Set<string>()

  constructor(file: string, sheet: Sheet, table: Table, remarks: readonly Unreadable[]) {
    this.#file = file
    this.#sheet = sheet
    this.#table = table
    const { slug, keepText } = sheet.mapping.source
    for (const remark of remarks) this.#report('the file', remark, false)
    if (keepText && table.text.includes('\0')) {
      this.#report(
        slug,
        new Unreadable('text-not-kept', 'found NUL characters in the file; its text is not stored'),
        false,
      )
    }
    const above: ConstructorParameters<typeof RowReading>[2] = new Map()
    for (const row of table.rows) {
      try {
        this.#read(row, above)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        this.#refused.set(row, error)
        this.#report(`line ${row.line}`, error, true)
      }
    }
    for (const { line, reason, message } of table.others)
      this.#report(`line ${line}`, new Unreadable(reason, message), false)
    sheet.people.tellSimilar()
  }

  #report(id: string, { reason, message, column }: Unreadable, refused: boolean): void {
    this.#anomalies.push({ file: this.#file, id, ...(column !== undefined && { column }), reason, message, refused })
  }

  #read(row: Row, above: ConstructorParameters<typeof RowReading>[2]): void {
    const { mapping } = this.#sheet
    const reading = new RowReading(row, this.#sheet, above)
    const slug = slugOfRow(mapping, reading)
    const first = this.#facts.get(slug)
    if (first && !mapping.slug.group) {
      throw new Unreadable(
        'duplicate-slug',
        `found the slug ${slug}, which line ${first.rows[0]?.line} has too; expected a different slug, or "group": true in "slug" if several rows are about one fact`,
      )
    }
    const citations = [...reading.above, row].map((cited) => this.#citationOf(cited))
    const record = expectRecord(mapping, recordOf(mapping, reading, slug, citations))
    this.#expectNewName(slug, record)
    if (first) {
      for (const anomaly of merge(first, record)) reading.anomalies.push(anomaly)
      first.rows.push(row)
    } else this.#facts.set(slug, { record, rows: [row] })
    const { people, organizations, topics, international, countries } = reading.named
    for (const mention of people) this.#sheet.people.add(mention)
    for (const name of organizations) this.#sheet.organizations.add(name)
    for (const label of topics) this.#sheet.topics.add(label)
    for (const organization of international) this.#international.set(organization.slug, organization)
    for (const code of countries) this.#countries.add(code)
    for (const anomaly of reading.anomalies) this.#report(`line ${row.line}`, anomaly, false)
  }

  /** Refuses a person or an organization whose slug belongs to another one: the import would replace that record. */
  #expectNewName(slug: string, record: SheetFact['record']): void {
    const { mapping, known } = this.#sheet
    if (mapping.kind !== 'people' && mapping.kind !== 'organizations') return
    const stored = known[mapping.kind].find((one) => one.slug === slug)
    const names = new Set([stored?.name, ...(stored?.names ?? [])].map((name) => name && slugOf(name)))
    if (!stored || names.has(slugOf(String(record['name'])))) return
    throw new Unreadable(
      'slug-of-another',
      `found the slug ${slug}, which ${show(stored.name)} has; expected a different slug`,
    )
  }

  #citationOf({ start, end, raw }: Row): Citations[number] {
    // A cut between the two halves of a surrogate pair would leave an invalid character.
    const exact = raw.slice(0, MAX_EXCERPT).replace(/[\ud800-\udbff]$/, '')
    return { source: this.#sheet.mapping.source.slug, start, end, exact }
  }

  without(problems: ReadonlyMap<string, string>): ImportedSheet {
    const { kind } = this.#sheet.mapping
    for (const [i, [slug, { rows }]] of [...this.#facts].entries()) {
      const message = problems.get(`${kind}[${i}]`)
      if (message === undefined) continue
      this.#facts.delete(slug)
      for (const row of rows) {
        const error = new Unreadable('refused-by-database', message)
        this.#refused.set(row, error)
        this.#report(`line ${row.line}`, error, true)
      }
    }
    return this.result()
  }

  result(): ImportedSheet {
    const { mapping, people, topics, organizations } = this.#sheet
    const facts = [...this.#facts.values()]
    const read = this.#table.rows.length
    const refused = this.#refused.size
    const lists: Partial<Record<SheetKind, unknown[]>> = {
      organizations: [
        ...this.#international.values(),
        ...organizations.records.map((organization) => ({ ...organization, kind: 'OTHER' })),
      ],
      people: [...people.records],
    }
    lists[mapping.kind] = [...facts.map(({ record }) => record), ...(lists[mapping.kind] ?? [])]
    return {
      bundle: {
        format: 'bilateral-bundle',
        version: 1,
        countries: this.#newCountries(),
        topics: [...topics.records],
        sources: isFactKind(mapping.kind) ? [sourceOf(mapping, this.#table)] : [],
        ...lists,
      } as BundleInput,
      rows: {
        [mapping.kind]: {
          read,
          facts: facts.length,
          ...(mapping.slug.group && { joined: read - facts.length - refused }),
          refused,
        },
      },
      anomalies: this.#anomalies,
      decisions: people.decisions,
      without: (problems) => this.without(problems),
      refusedRows: () => this.refusedRows(),
    }
  }

  /** ISO has no code for these countries, so a database may lack them. */
  #newCountries() {
    const stored = new Set(this.#sheet.known.countries.map(({ code }) => code))
    const codes = [...this.#countries].filter((code) => code.startsWith('X-') && !stored.has(code))
    return codes.map((code) => ({ code, name: countryName(code).replace(/^the (?=[A-Z])/, '') }))
  }

  refusedRows(): string {
    const { header, delimiter } = this.#table
    const rows = [...this.#refused].map(([{ line, raw, cells }, { column = '', message }]) => {
      const own = cells instanceof Unreadable ? [raw] : cells.slice(0, header.length)
      const blank = Array<string>(Math.max(0, header.length - own.length)).fill('')
      return [...own, ...blank, String(line), column, message]
    })
    return stringify([[...header, 'refused line', 'refused column', 'refused because'], ...rows], { delimiter })
  }
}

/** Whether the mapping says that a row is no fact. */
function isSkipped({ cells }: Row, { skip }: Mapping, indexes: ReadonlyMap<string, number>): boolean {
  if (!skip || cells instanceof Unreadable) return false
  const text = fold(cells[indexes.get(skip.column) as number] ?? '').trim()
  return skip.values.some((value) => fold(value).trim() === text)
}

const isFactKind = (kind: SheetKind) => 'citations' in records[kind].shape

function sourceOf({ source }: Mapping, { text }: Table) {
  const { keepText, ...fields } = source
  const isStored = keepText && !text.includes('\0')
  return { ...fields, sha256: sha256(text), length: codePoints(text), text: isStored ? text : undefined }
}

/** The slug of a row: the prefix and the values of its columns. */
function slugOfRow({ slug: { prefix, column } }: Mapping, reading: RowReading): string {
  const own = slugOf(column.map((column) => reading.text({ column }) ?? '').join(' '))
  if (own !== '') return `${prefix}${own}`
  const columns = column.map(show).join(', ')
  throw new Unreadable(
    'no-slug',
    `found neither letters nor digits in ${columns}; expected a value that identifies the row`,
    column[0],
  )
}

/** A record that the format accepts. Anything else is the fault of a cell. */
function expectRecord(mapping: Mapping, record: object): SheetFact['record'] {
  const { success, error } = records[mapping.kind].safeParse(record)
  if (success) return record as SheetFact['record']
  const { path = [], message } = error.issues[0] ?? { message: 'expected other values' }
  const field = (mapping.fields as Record<string, unknown>)[String(path[0])]
  throw new Unreadable('invalid-value', `${path.join('.')}: ${message}`, columnsIn(field)[0])
}
