import { type ActKind, LESSER } from './acts.ts'
import { datedSentences } from './dating.ts'
import { actorOf, articleState, concernsOthers, statesNamed, statesOf } from './states.ts'
import { actsTold, type Told } from './told.ts'
import { type Reading, shorten, writeEvent } from './write-event.ts'

/** Kinds that different words of one article give to one act. */
const SAME_ACT: readonly (readonly ActKind[])[] = [
  ['RELATIONS_ESTABLISHED', 'RELATIONS_RESUMED'],
  ['RELATIONS_SEVERED', 'RELATIONS_INTERRUPTED', 'RELATIONS_ENDED'],
  ['LEGATION_OPENED', 'EMBASSY_OPENED', 'RAISED_TO_EMBASSY'],
]

const isSameAct = (one: ActKind, other: ActKind) =>
  one === other || SAME_ACT.some((kinds) => kinds.includes(one) && kinds.includes(other))

/**
 * Adds the acts that the paragraphs of an entry report besides those of its head. Call it when the heads of all articles are
 * read: an act that an event has already is left to it. Acts whose date or state is open are reported. Returns how many
 * events it added.
 */
export function writeSecondActs(reading: Reading): number {
  const { article, entry, head, year, anomalies } = reading
  let written = 0
  for (const dated of datedSentences(entry.head ? entry.lines : [head], year))
    for (const told of actsTold(dated)) {
      const { kind, clause, date } = told
      if (concernsOthers(article, clause.text)) continue
      const day = firstDay(date ?? year ?? '')
      const act = { kind, words: clause.text }
      const { other } = statesOf(article, act, head.text, clause.text, day)
      if (!other || isTold(reading, told, other)) continue
      const open = whatIsOpen(reading, told, other)
      if (open) {
        anomalies.dropPart('second-act', `“${shorten(clause.text)}” reports ${kind}: ${open}; not imported`)
        continue
      }
      const words = clause.text.slice(0, 1).toUpperCase() + clause.text.slice(1)
      writeEvent(reading, act, { edtf: date as string, sentence: clause, basis: 'act', differs: false }, words, clause)
      written++
    }
  return written
}

const firstDay = (edtf: string) => /\d{4}(?:-\d\d){0,2}/.exec(edtf)?.[0] ?? ''

/** True if an event already records the act: one of the same entry, or of the same state at the same time. */
function isTold({ draft, own }: Reading, { kind, date }: Told, other: string): boolean {
  const day = firstDay(date ?? '')
  return [...draft.relationEvents.values()].some((event) => {
    if (!isSameAct(event.kind, kind)) return false
    const told = firstDay(event.when)
    if (own.has(event.slug)) return told.slice(0, 4) === day.slice(0, 4) || !day
    // A date without a day matches nothing: every text starts with it.
    return event.countries[1] === other && told && day && (told.startsWith(day) || day.startsWith(told))
  })
}

/** Why an act cannot be imported. */
function whatIsOpen(reading: Reading, { kind, clause, date }: Told, other: string): string | undefined {
  const { article, entry, draft, own } = reading
  if (!date) return 'its date is open'
  const day = firstDay(date)
  const events = [...draft.relationEvents.values()]
  const states = events.filter(({ slug }) => own.has(slug)).map(({ countries }) => countries[1])
  if (![articleState(article, day), ...states].includes(other) || (kind === 'RECOGNIZED' && !isState(clause.text)))
    return 'it may be about another state'
  if (/OPENED|RAISED|CLOSED/.test(kind)) {
    const act = { kind, words: clause.text }
    if (/\bin Washington\b/.test(clause.text) || actorOf(act, '', clause.text, other) === other)
      return 'the mission is that of the other state'
    const isOneOfSeveral = entry.lines.some(({ text }) =>
      /\bmaintained (?:its|an?|the) (?:embassy|legation)\b/i.test(text),
    )
    if (kind === 'MISSION_CLOSED' && isOneOfSeveral) return 'another mission remained'
  }
  const near = events.find(
    (event) =>
      isSameAct(event.kind, kind) && event.countries[1] === other && firstDay(event.when).startsWith(day.slice(0, 4)),
  )
  return near && `another entry has it on ${near.when}`
}

/** True if what was recognized is a state or a government, as far as the words name something of a known kind. */
function isState(clause: string): boolean {
  const [, object = clause] = /\brecognized (.*)/.exec(clause) ?? []
  return (
    !LESSER.test(object) &&
    (statesNamed(object).length > 0 ||
      /\b(?:independence|government|republic|kingdom|nation|country|state)\b/i.test(object))
  )
}
