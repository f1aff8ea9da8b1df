import type { Anomalies, Ledger } from '../anomalies.ts'
import type { Draft } from '../draft.ts'
import { type Act, actsOf, CORRECTED, isNotDone, REPORTED, statedIn } from './acts.ts'
import { type Article, type Entry, type Line, sentencesOf } from './article.ts'
import { datesSaid, type HeadDate, headDate } from './dates-said.ts'
import { dateOf, impossibleDates } from './dating.ts'
import { postIn } from './posts.ts'
import { concernsOthers } from './states.ts'
import { type Reading, shorten, wordsOfEntry, writeEvent } from './write-event.ts'

/** An entry whose head was read, and why the head has no event. An entry without a head or a first act has no reading. */
export interface Read {
  readonly anomalies: Anomalies
  readonly reading?: Reading
  readonly refusal?: readonly [reason: string, message: string]
}

/** Adds the events of an entry's head to the bundle. */
export function readHead(article: Article, entry: Entry, draft: Draft, ledger: Ledger): Read {
  const { path } = article.document
  const anomalies = ledger.row('timeline', path, `${article.id}#${entry.number}`)
  for (const words of impossibleDates([...(entry.head ? [entry.head] : []), ...entry.lines]))
    anomalies.dropPart('no-such-date', `“${words}” is no date of any calendar`)
  const head = entry.head ?? firstDatedAct(entry)
  if (!head) {
    const words = wordsOfEntry(entry)
    const message = words ? `has no head, and no sentence with an act and its date: “${shorten(words)}”` : 'is empty'
    return { anomalies, refusal: ['no-act', message] }
  }
  const dated = entry.head && headDate(head.text)
  const title =
    (entry.head && dated ? head.text.slice(0, dated.start) : head.text).replace(/[\s.,;:]+$/, '') || head.text
  const year = dated?.spans[0]?.from.slice(0, 4)
  const reading = { article, entry, head, title, year, own: new Set<string>(), draft, anomalies }
  if (
    isNotDone(title) ||
    (!dated && entry.lines.some(({ text }) => /\bnever established (?:diplomatic|consular) relations\b/.test(text)))
  )
    return { anomalies, reading, refusal: ['not-done', `says that something was not done: “${shorten(head.text)}”`] }
  const posts = entry.head ? entry.lines.flatMap((line) => postIn(line) ?? []) : []
  for (const { place, edtf, line } of posts) {
    const name = place ? `${title}: ${place}` : `${entry.section}: ${title}`
    writeEvent(reading, { kind: 'OTHER', words: name }, { edtf, sentence: line, basis: 'act', differs: false }, name)
  }
  const isOnePost = posts.some(({ place }) => !place)
  const lines = entry.lines.filter((line) => posts.every((post) => post.line !== line))
  return isOnePost ? { anomalies, reading } : writeActs({ ...reading, entry: { ...entry, lines } }, dated)
}

function writeActs(reading: Reading, dated: HeadDate | undefined): Read {
  const { article, entry, title, head, anomalies } = reading
  const acts = actsReported(reading, dated)
  for (const act of acts) {
    for (const span of dated?.spans ?? [undefined]) {
      if (!span && act.kind === 'OTHER' && entry.head && !isAct(title, entry)) continue
      const lines = entry.head ? entry.lines : [head]
      const isOfOthers = (sentence: string) => concernsOthers(article, sentence)
      // "Limited Recognition of a Committee" has no kind of its own, but is reported in the words of a recognition.
      const isRecognition = act.kind === 'OTHER' && /\brecogni/i.test(title) && span?.from === span?.to
      const date = dateOf(isRecognition ? 'RECOGNIZED' : act.kind, title, span, lines, isOfOthers)
      if (!date) continue
      writeEvent(reading, act, date, title)
    }
  }
  if (reading.own.size > 0) return { anomalies, reading }
  const reason =
    entry.lines.length > 3 ? 'list-of-posts' : acts.some(({ kind }) => kind !== 'OTHER') ? 'no-date' : 'no-act'
  const message = {
    'list-of-posts': 'lists several posts, each with its own dates',
    'no-date': 'names an act without its date',
    'no-act': 'is about a topic and names no act with a date',
  }[reason]
  return { anomalies, reading, refusal: [reason, `${message}: “${shorten(head.text)}”`] }
}

/** The acts of the head. Where the paragraph reports another act than the head, it is the paragraph's, with an anomaly. */
function actsReported({ entry, head, title, anomalies }: Reading, dated: HeadDate | undefined): Act[] {
  if (!entry.head) return [{ kind: statedIn(head.text) ?? 'OTHER', words: title }]
  const named = actsOf(title)
  const sentences = entry.lines.flatMap(sentencesOf)
  const stated = sentences
    .filter(({ text }) => !dated || datesSaid(text).some(({ date }) => date && isInYears(date, dated)))
    .map(({ text }) => statedIn(text))
    .find((kind) => kind !== undefined)
  const [only] = named
  const corrected = only && named.length === 1 ? CORRECTED[only.kind] : undefined
  if (only && stated && corrected?.by.includes(stated) && !sentences.some(({ text }) => corrected.own.test(text))) {
    anomalies.dropPart(
      'kind-differs',
      `the head says “${title}”, the paragraph ${stated}; imported as the paragraph has it`,
    )
    return [{ ...only, kind: stated }]
  }
  if (named.length > 0) return named
  const changes =
    /\b(?:relations|presence|recognition)\b/i.test(title) &&
    !/\b(?:no|treaty|convention|agreement|anniversary|during|conflict)\b/i.test(title)
  if (stated && changes) return [{ kind: stated, words: title }]
  return [{ kind: 'OTHER', words: title }]
}

const isInYears = (date: string, { spans }: HeadDate) =>
  spans.some(({ from, to }) => date.slice(0, 4) >= from.slice(0, 4) && date.slice(0, 4) <= to.slice(0, 4))

/** True if an entry whose head has no date is about one act, not about a topic or several posts. */
const isAct = (title: string, { lines }: Entry) =>
  lines.length <= 3 &&
  /\b(?:appoint|open|establish|first|earliest|arriv|sign|recogn|represent|clos|consulate|legation|embass|mov|visit|recall|withdr|elevat|rais|treaty|convention)\w*/i.test(
    title,
  )

/** For an entry without a head: the first sentence that reports an act on a day, otherwise with any date. */
function firstDatedAct({ lines }: Entry): Line | undefined {
  const reporting = lines.flatMap(sentencesOf).filter(({ text }) => new RegExp(REPORTED.OTHER.verb, 'i').test(text))
  const withDate = (precision: number) =>
    reporting.find(({ text }) =>
      datesSaid(text).some(({ date }) => date && !date.includes('X') && date.length >= precision),
    )
  return withDate(10) ?? withDate(4)
}
