import { slugOf } from '../../../people/names.ts'
import { timeSpan } from '../../../time/span.ts'
import type { Anomalies, Ledger } from '../anomalies.ts'
import { countryCode } from '../countries.ts'
import { type TenureEvent, tenureOf } from '../dates.ts'
import { type CitationInput, cite, type Document, rangeOf, textOf } from '../document.ts'
import { type Draft, isCited } from '../draft.ts'
import { child, type Element } from '../xml.ts'
import type { Americans } from './americans.ts'

/** An office, and to whom a chief of mission is accredited. */
export interface Office {
  readonly post: string
  readonly title: string
  readonly citations: CitationInput[]
  readonly accreditedTo?: string
  readonly accreditedToOrganization?: string
}

/** The context of the rows in one file. */
export interface Mission {
  readonly id: string
  readonly kind: 'chief' | 'principal'
  readonly document: Document
  /** The office of a role on a day. Undefined if the role or the mission is not known. */
  office(role: string, day: string, territory: string): Office | undefined
  readonly organization?: string
}

/** The state that all files share. */
interface Reading {
  readonly draft: Draft
  readonly ledger: Ledger
  readonly americans: Americans
  readonly byId: Map<string, string[]>
}

/** Reads the rows of a file: people who served and people who did not. */
export function readMission(mission: Mission, reading: Reading): void {
  const { ledger } = reading
  const { document, kind } = mission
  const lists = [
    [child(document.root, `${kind}s`), false],
    [child(document.root, 'other-nominees'), true],
    [child(document.root, 'other-appointees'), true],
  ] as const
  const known = new Map<string, string>()
  for (const [list, isOther] of lists) {
    for (const [place, element] of (list?.children ?? []).entries()) {
      const id = textOf(document, element, 'id')
      const row = ledger.row(element.name, document.path, id || `${list?.name}[${place + 1}]`)
      if (element.name === 'mission-note') {
        row.refuse('no-fact-of-its-own', 'is a note on the mission; expected the office of a person')
      } else if (element.name !== kind) {
        row.refuse('other-element', `is a <${element.name}>; expected a <${kind}>`)
      } else {
        readOffice({ mission, element, isOther, id: id || `${place + 1}`, row, known }, reading)
      }
    }
  }
}

/** Reports a person who was nominated but never took office. */
const DID_NOT_SERVE =
  /\b(did not (serve|proceed|go|assume)|declined|not commissioned|nomination\b.*\b(withdrawn|not acted|rejected|tabled|returned)|died (while )?(en route|before)|commission cancell?ed|never served)\b/i

/** A row of a file, with the rows before it. */
interface OfficeRow {
  readonly mission: Mission
  readonly element: Element
  /** True for a person who was nominated but is not counted as a holder. */
  readonly isOther: boolean
  readonly id: string
  readonly row: Anomalies
  /** The positions of the file, by the complete content of their rows. */
  readonly known: Map<string, string>
}

function readOffice(given: OfficeRow, reading: Reading): void {
  const { mission, element, isOther, id, row } = given
  const { document } = mission
  const { draft, americans, byId } = reading
  const [personId = '', role = '', ownNote = ''] = ['person-id', 'role-title-id', 'note'].map((name) =>
    textOf(document, element, name),
  )
  const events = eventsOf(document, element)
  const person = americans.people.get(personId)
  const territory = textOf(document, element, 'contemporary-territory-id')
  const entered = events.started.date || events.arrived.date
  const office = mission.office(role, entered || events.appointed.date || events.ended.date, territory)
  if (!person) {
    row.refuse('unknown-person', `names ${personId || 'nobody'}; expected a person in pocom/people`)
  } else if (!office) {
    row.refuse(
      'unknown-mission',
      `is ${role || 'nothing'} of ${mission.id}; expected a country or an office that is known`,
    )
  } else if (!entered && (isOther || (!events.ended.date && DID_NOT_SERVE.test(ownNote)))) {
    row.refuse('did-not-serve', ownNote || 'was nominated but did not serve')
  } else if (!isTwin(given, JSON.stringify([personId, role, events, ownNote]), draft)) {
    if (territory && !countryCode({ id: territory })) {
      row.dropPart('unknown-country', `“${territory}” is not a known country`)
    }
    const { tenure, appointed } = tenureOf(events, row)
    const slug = draft.free('positions', `${mission.kind}-${slugOf(mission.id)}-${slugOf(id)}`)
    const note = noteOf(events, ownNote)
    const { post, title, citations, ...accredited } = office
    draft.positions.set(slug, {
      slug,
      person: person.slug,
      post: post.slice(0, 200),
      title,
      country: 'US',
      ...(mission.organization && { organization: mission.organization }),
      ...accredited,
      ...(appointed && { appointed }),
      tenure,
      ...(note && { note }),
      citations: [cite(document, rangeOf(element)), ...citations],
    })
    given.known.set(JSON.stringify([personId, role, events, ownNote]), slug)
    const namesakes = byId.get(id) ?? []
    if (namesakes.length > 0) row.dropPart('duplicate-id', `${id} is also the ID of another row`)
    byId.set(id, [...namesakes, slug])
    // People are found by the whole time since the appointment, also if no entry on duty is recorded.
    const since = appointed && tenure.startsWith('/') ? `${appointed}${tenure}` : tenure
    americans.offices.push({ person, position: slug, post, title, bounds: timeSpan(since) })
  }
}

/** True if an earlier row has the same content. Its position then also cites this row. */
function isTwin({ mission, element, row, known }: OfficeRow, said: string, draft: Draft): boolean {
  const twin = draft.positions.get(known.get(said) ?? '')
  if (!twin) return false
  const citation = cite(mission.document, rangeOf(element))
  if (!isCited(twin.citations, citation)) {
    draft.positions.set(twin.slug, { ...twin, citations: [...twin.citations, citation] })
  }
  row.dropPart('duplicate-row', `repeats ${twin.slug}`)
  return true
}

function eventsOf(document: Document, row: Element) {
  const event = (name: string): TenureEvent => {
    const element = child(row, name)
    return element
      ? { date: textOf(document, element, 'date'), note: textOf(document, element, 'note') }
      : { date: '', note: '' }
  }
  return { appointed: event('appointed'), arrived: event('arrived'), started: event('started'), ended: event('ended') }
}

/** Notes that only say that the tenure ended. */
const PLAIN = /^(left post on|)$/i

function noteOf(events: Record<string, TenureEvent>, own: string): string {
  const described = Object.values(events).map(({ date, note }) => (PLAIN.test(note) ? '' : sentence(`${note} ${date}`)))
  return [...described, sentence(own)].filter(Boolean).join(' ')
}

const sentence = (text: string) => {
  const trimmed = text.trim()
  return trimmed && !/[.!?]$/.test(trimmed) ? `${trimmed}.` : trimmed
}
