import { isTerritory } from '../../../countries/states.ts'
import { nameKey, slugOf } from '../../../people/names.ts'
import { timeSpan } from '../../../time/span.ts'
import type { Anomalies, Ledger } from '../anomalies.ts'
import { countryCode, labelNote } from '../countries.ts'
import { visitDates } from '../dates.ts'
import { type CitationInput, cite, type Document, rangeOf, textOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import { readVisitors, type Titled } from '../people/titles.ts'
import type { American, Americans } from '../pocom/americans.ts'
import { addName } from '../pocom/americans.ts'
import type { Archive } from '../read-folder.ts'
import { child, childrenOf, type Element, type Words, wordsOf } from '../xml.ts'
import { placesOf, placesVisited } from './places.ts'

/** A row about a visit to the United States or a trip abroad. */
export interface Journey {
  readonly kind: 'visit' | 'trip'
  readonly slug: string
  readonly document: Document
  readonly row: Anomalies
  /** The file and the publisher’s ID of the row: `visits/data/1950.xml#2271`. */
  readonly label: string
  readonly from?: string
  readonly to: string
  readonly when: string
  /** The first possible day. */
  readonly day: string
  readonly places: readonly string[]
  readonly notes: readonly string[]
  /** Citations of the row: one for each time that it occurs. */
  readonly citations: CitationInput[]
  /** The remark about the journey, in free text. */
  readonly remark: Words
  /** Visitors that the row names. Their words are in `visitor`. */
  readonly visitors: readonly Titled[]
  readonly visitor: Words
  /** The traveller and the office. */
  readonly traveller?: { readonly person: American; readonly role: string; readonly citation: CitationInput }
}

interface Reading {
  readonly draft: Draft
  readonly ledger: Ledger
  readonly americans: Americans
  /** Journeys by their complete content, to find duplicate rows. */
  readonly known: Map<string, Journey>
  readonly slugs: Map<string, number>
}

/** Reads every row of visits and travels. */
export function readJourneys(archive: Archive, draft: Draft, ledger: Ledger, americans: Americans): Journey[] {
  const reading: Reading = { draft, ledger, americans, known: new Map(), slugs: new Map() }
  const visits = archive.visits.flatMap((document) =>
    childrenOf(document.root, 'visit').flatMap((element, i) => readVisit(document, element, i, reading) ?? []),
  )
  const trips = archive.trips.flatMap((document) =>
    childrenOf(document.root, 'trip').flatMap((element, i) => readTrip(document, element, i, reading) ?? []),
  )
  return [...visits, ...trips]
}

function readVisit(document: Document, element: Element, i: number, reading: Reading): Journey | undefined {
  const id = textOf(document, element, 'id')
  const row = reading.ledger.row('visit', document.path, id || `visit[${i + 1}]`)
  const visitor = wordsOf(document.text, child(element, 'visitor'))
  const visitors = readVisitors(visitor.text)
  const { code: from, note } = placeOf(document, element, 'from', reading.draft)
  if (visitors.length === 0) {
    row.refuse('no-visitor', `names nobody (“${visitor.text}”); expected a visitor`)
    return undefined
  }
  if (!from)
    row.dropPart(
      'unknown-country',
      `is from “${idOf(element, 'from')}”, which is no country that is known; the country is left out`,
    )
  if (from === 'US')
    row.dropPart('unknown-country', 'is from the United States to the United States; the country is left out')
  const known = { visitors, visitor, ...(from && from !== 'US' && { from }) }
  return journey(
    'visit',
    document,
    element,
    id,
    row,
    reading,
    {
      to: 'US',
      places: placesVisited(wordsOf(document.text, child(element, 'description')).text),
      notes: note ? [note] : [],
      ...known,
    },
    'description',
  )
}

function readTrip(document: Document, element: Element, i: number, reading: Reading): Journey | undefined {
  const id = textOf(document, element, 'id')
  const row = reading.ledger.row('trip', document.path, id || `trip[${i + 1}]`)
  const place = placeOf(document, element, 'country', reading.draft)
  const who = element.attributes['who'] ?? ''
  const role = element.attributes['role'] || textOf(document, element, 'role')
  const name = textOf(document, element, 'name')
  const unknown = place.code ? undefined : idOf(element, 'country') || textOf(document, element, 'country')
  if (unknown === '') {
    row.refuse('no-country', 'does not say the country of the trip; expected the id of one')
    return undefined
  }
  if (!slugOf(who) && !name) {
    row.refuse('unknown-person', 'does not say who travelled; expected an attribute `who`')
    return undefined
  }
  if (unknown) {
    row.dropPart('unknown-country', `is to “${unknown}”, which is no country that is known; expected the id of one`)
  }
  const to =
    place.code ??
    reading.draft.country(`X-${slugOf(unknown ?? '') || 'unknown'}`, textOf(document, element, 'country') || unknown)
  const person = travellerOf(who, role, name, element, document, row, reading)
  const citation = cite(
    document,
    [element.start, child(element, 'name')?.end ?? element.innerStart],
    ['person', 'position'],
  )
  const notes = [
    ...(isTerritory(to) ? ['Not to a state: the place is a territory, or belongs to none.'] : []),
    ...(unknown ? [`The source’s place “${unknown}” is in no list of countries here.`] : []),
    ...(place.note ? [place.note] : []),
  ]
  const locale = textOf(document, element, 'locale')
  if (!locale) row.dropPart('empty-locale', 'has no place; the visit has none either')
  const fields = {
    to,
    ...(to !== 'US' && { from: 'US' }),
    places: placesOf(locale),
    notes,
    visitors: [],
    visitor: wordsOf(document.text, undefined),
    traveller: { person, role, citation },
  }
  return journey('trip', document, element, id, row, reading, fields, 'remarks')
}

function journey(
  kind: Journey['kind'],
  document: Document,
  element: Element,
  id: string,
  row: Anomalies,
  { known, slugs }: Reading,
  fields: Pick<Journey, 'to' | 'places' | 'notes' | 'visitors' | 'visitor'> & Partial<Journey>,
  remarkField: string,
): Journey | undefined {
  const remark = wordsOf(document.text, child(element, remarkField))
  const [start, end] = [textOf(document, element, 'start-date'), textOf(document, element, 'end-date')]
  const { person, role } = fields.traveller ?? {}
  const said = JSON.stringify([
    kind,
    fields.to,
    fields.from,
    fields.places,
    fields.visitor.text,
    person?.slug,
    role,
    start,
    end,
    remark.text,
  ])
  const twin = known.get(said)
  const citation = cite(document, rangeOf(element))
  if (twin) {
    row.dropPart('duplicate-row', `repeats ${twin.label}`)
    twin.citations.push(citation)
    return undefined
  }
  if (!remark.text) row.dropPart(`empty-${remarkField}`, `has no ${remarkField}`)
  const { edtf: when, note } = visitDates(start, end, row)
  const { beginOfTheBegin, endOfTheEnd } = timeSpan(when)
  const wanted = `${kind}-${slugOf(id) || `${slugOf(document.path)}-${element.start}`}`
  const count = (slugs.get(wanted) ?? 0) + 1
  slugs.set(wanted, count)
  if (count > 1) row.dropPart('duplicate-id', `${id} is also the ID of another row`)
  const read: Journey = {
    ...fields,
    kind,
    slug: count === 1 ? wanted : `${wanted}-${count}`,
    document,
    row,
    label: `${document.path}#${id}`,
    when,
    day: beginOfTheBegin ?? endOfTheEnd ?? '',
    notes: [...fields.notes, ...(note ? [note] : [])],
    citations: [citation],
    remark,
  }
  known.set(said, read)
  return read
}

const idOf = (element: Element, name: string) => child(element, name)?.attributes['id'] ?? ''

/** The country in a field of a row, and a note if its label names another state than that of the day. */
function placeOf(document: Document, element: Element, name: string, draft: Draft): { code?: string; note?: string } {
  const from = textOf(document, element, 'start-date') || textOf(document, element, 'end-date')
  const mention = { id: idOf(element, name), label: textOf(document, element, name), from }
  const code = countryCode(mention)
  if (!code) return {}
  const note = labelNote(mention, code)
  return { code: draft.country(code), ...(note && { note }) }
}

/**
 * The person who made a trip: the president or the officer with this ID. If one of the two was too young, the ID means the
 * other (`taft-william-howard`). A person who is in neither list is created from the name in the row.
 */
function travellerOf(
  who: string,
  role: string,
  name: string,
  element: Element,
  document: Document,
  row: Anomalies,
  { americans, draft }: Reading,
): American {
  const year = Number(textOf(document, element, 'start-date').slice(0, 4))
  const grown = (person: American | undefined) =>
    person?.birth && year - Number(person.birth) < 25 ? undefined : person
  const president = grown(americans.presidents.get(who))
  const officer = grown(americans.people.get(who))
  const found = role === 'president' ? (president ?? officer) : (officer ?? president)
  if (found) {
    if (name) addName(draft, found.slug, name)
    return found
  }
  const slug = draft.people.has(slugOf(who)) ? `${slugOf(who)}-${role || 'traveller'}` : slugOf(who) || slugOf(name)
  if (!draft.people.has(slug)) draft.people.set(slug, { slug, name: name || who, names: [] })
  row.dropPart(
    'unknown-person',
    `names ${who || 'nobody'}, who is in no list; the person is created from the name in the row`,
  )
  const person = { slug, keys: [nameKey(name || who)], birth: '', death: '' }
  ;(americans.presidents as Map<string, American>).set(who, person)
  return person
}
