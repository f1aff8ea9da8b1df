import { slugOf } from '../../../people/names.ts'
import type { Anomalies } from '../anomalies.ts'
import { labelNote } from '../countries.ts'
import { cite, type Input } from '../document.ts'
import type { Draft } from '../draft.ts'
import type { Act } from './acts.ts'
import type { Article, Entry, Line } from './article.ts'
import type { ActDate } from './dating.ts'
import { actorOf, statesOf } from './states.ts'

/** An entry being read. */
export interface Reading {
  readonly article: Article
  readonly entry: Entry
  /** The head, or the sentence that stands for it. */
  readonly head: Line
  /** The head without its date. */
  readonly title: string
  /** The year of the head, for dates without a year. */
  readonly year: string | undefined
  /** The slugs of the events that the entry has so far. */
  readonly own: Set<string>
  readonly draft: Draft
  readonly anomalies: Anomalies
}

export const wordsOfEntry = ({ lines }: Entry): string => lines.map(({ text }) => text).join(' ')

export const shorten = (words: string, length = 120): string =>
  words.length > length ? `${words.slice(0, length).replace(/\s+\S*$/, '')}…` : words

const MAX_TITLE = 300

/** The note for a date that is not that of the act itself. */
const BASES = {
  mission: 'No words of the entry give the act itself a date; the date is that of the opening of the mission.',
  report:
    'No words of the entry give the act itself a date; the date is that of the credentials, the appointment or the announcement that it reports.',
} as const

/** Adds an event to the bundle. It cites the head and the sentence that gives the date, or only the given words. */
export function writeEvent(reading: Reading, act: Act, date: ActDate, title: string, only?: Line): void {
  const { article, entry, head, draft, own, anomalies } = reading
  const { edtf, sentence } = date
  const said = sentence?.text ?? ''
  const day = /\d{4}(?:-\d\d){0,2}/.exec(edtf)?.[0] ?? ''
  const { other: code, isNamed } = statesOf(article, act, head.text, said, day)
  if (!code)
    anomalies.dropPart('unknown-country', `the article is about “${article.label}”, which is no country that is known`)
  const other = draft.country(code ?? `X-${slugOf(article.id)}`, code ? undefined : article.label)
  const by = actorOf(act, head.text, said, other)
  const notes: string[] = []
  if (date.differs) {
    const note = `The head of the entry is “${shorten(head.text)}”; the paragraph gives another date, which is used here.`
    anomalies.dropPart(
      'date-differs',
      `the head says “${shorten(head.text)}”, the paragraph ${edtf}; imported as the paragraph has it`,
    )
    notes.push(note)
  } else if (sentence && act.kind !== 'OTHER' && date.basis !== 'act') notes.push(BASES[date.basis])
  const label = isNamed ? undefined : labelNote({ id: article.id, label: article.label, from: day }, other)
  if (label) notes.push(label)
  const lines = only ? [only] : [head, ...(sentence && sentence.start !== head.start ? [sentence] : [])]
  const citations = lines.map((line) => cite(article.document, [line.start, line.start + line.text.length]))
  const description = wordsOfEntry(entry)
  const event: RelationEvent = {
    slug: slugOfEvent(article, act, title, day),
    kind: act.kind,
    title: shorten(title, MAX_TITLE),
    countries: ['US', other],
    ...(by && { by }),
    when: edtf,
    ...(description && { description }),
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations,
  }
  const same = act.kind === 'OTHER' ? undefined : sameEvent(draft, event)
  const slug = same?.slug ?? draft.free('relationEvents', event.slug)
  draft.relationEvents.set(slug, same ? { ...same, citations: [...same.citations, ...citations] } : { ...event, slug })
  own.add(slug)
}

type RelationEvent = Input<'relationEvents'>

/** The event as the article about another country has it: the recognition of Italy is in five of them. */
const sameEvent = (draft: Draft, { kind, countries, when, by, citations }: RelationEvent): RelationEvent | undefined =>
  [...draft.relationEvents.values()].find(
    (other) =>
      other.kind === kind &&
      other.when === when &&
      other.countries.join() === countries.join() &&
      other.by === by &&
      other.citations.every(({ source }) => source !== citations[0]?.source),
  )

/** The article, the kind or for others the title, and the year. */
function slugOfEvent({ id }: Article, { kind }: Act, title: string, day: string): string {
  const name = kind === 'OTHER' ? slugOf(title).slice(0, 100).replace(/-+$/, '') : slugOf(kind.replaceAll('_', ' '))
  return `rdcr-${slugOf(id)}-${name}-${day.slice(0, 4)}`
}
