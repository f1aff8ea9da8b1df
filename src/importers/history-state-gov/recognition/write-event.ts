import { slugOf } from '../../../people/names.ts'
import type { Anomalies } from '../anomalies.ts'
import { labelNote } from '../countries.ts'
import { cite } from '../document.ts'
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

/** Adds an event to the bundle. */
export function writeEvent(reading: Reading, act: Act, date: ActDate, title: string): void {
  const { article, entry, head, draft, anomalies } = reading
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
  const year = day.slice(0, 4)
  const kind =
    act.kind === 'OTHER' ? slugOf(title).slice(0, 100).replace(/-+$/, '') : slugOf(act.kind.replaceAll('_', ' '))
  const slug = draft.free('relationEvents', `rdcr-${slugOf(article.id)}-${kind}-${year}`)
  const rangeOf = ({ start, text }: Line) => [start, start + text.length] as const
  const described = wordsOfEntry(entry)
  draft.relationEvents.set(slug, {
    slug,
    kind: act.kind,
    title: shorten(title, MAX_TITLE),
    countries: ['US', other],
    ...(by && { by }),
    when: edtf,
    ...(described && { description: described }),
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations: [
      cite(article.document, rangeOf(head)),
      ...(sentence && sentence.start !== head.start ? [cite(article.document, rangeOf(sentence))] : []),
    ],
  })
}
