import type { Ledger } from '../anomalies.ts'
import type { Draft } from '../draft.ts'
import { type Act, actsOf, CORRECTED, isNotDone, REPORTED, statedIn } from './acts.ts'
import { type Article, type Entry, type Line, sentencesOf } from './article.ts'
import { datesSaid, type HeadDate, headDate } from './dates-said.ts'
import { dateOf, impossibleDates } from './dating.ts'
import { concernsOthers } from './states.ts'
import { type Reading, shorten, wordsOfEntry, writeEvent } from './write-event.ts'

/** Adds the events of an entry to the bundle, or reports why it has none. */
export function readEntry(article: Article, entry: Entry, draft: Draft, ledger: Ledger): void {
  const { path } = article.document
  const anomalies = ledger.row('timeline', path, `${article.id}#${entry.number}`)
  for (const words of impossibleDates([...(entry.head ? [entry.head] : []), ...entry.lines]))
    anomalies.dropPart('no-such-date', `“${words}” is no date of any calendar`)
  const head = entry.head ?? firstDatedAct(entry)
  if (!head) {
    const words = wordsOfEntry(entry)
    anomalies.refuse(
      'no-act',
      words ? `has no head, and no sentence with an act and its date: “${shorten(words)}”` : 'is empty',
    )
    return
  }
  const dated = entry.head && headDate(head.text)
  const title =
    (entry.head && dated ? head.text.slice(0, dated.start) : head.text).replace(/[\s.,;:]+$/, '') || head.text
  const reading = { article, entry, head, title, draft, anomalies }
  if (
    isNotDone(title) ||
    (!dated && entry.lines.some(({ text }) => /\bnever established (?:diplomatic|consular) relations\b/.test(text)))
  ) {
    anomalies.refuse('not-done', `says that something was not done: “${shorten(head.text)}”`)
    return
  }
  const span = spanOfPosts(reading)
  if (!span) writeActs(reading, dated)
  else {
    const act: Act = { kind: 'OTHER', words: title }
    writeEvent(reading, act, { ...span, basis: 'act', differs: false }, `${entry.section}: ${title}`)
  }
}

function writeActs(reading: Reading, dated: HeadDate | undefined): void {
  const { article, entry, title, anomalies, head } = reading
  const acts = actsReported(reading, dated)
  let written = 0
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
      written++
    }
  }
  if (written > 0) return
  const reason =
    entry.lines.length > 3 ? 'list-of-posts' : acts.some(({ kind }) => kind !== 'OTHER') ? 'no-date' : 'no-act'
  const message = {
    'list-of-posts': 'lists several posts, each with its own dates',
    'no-date': 'names an act without its date',
    'no-act': 'is about a topic and names no act with a date',
  }[reason]
  anomalies.refuse(reason, `${message}: “${shorten(head.text)}”`)
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
  !/^consulates\b/i.test(title) &&
  /\b(?:appoint|open|establish|first|earliest|arriv|sign|recogn|represent|clos|consulate|legation|embass|mov|visit|recall|withdr|elevat|rais|treaty|convention)\w*/i.test(
    title,
  )

/** “Earliest Date: August 20, 1880. Latest Date: August 12, 1898”: how long a post existed. */
function spanOfPosts({ entry }: Reading): { edtf: string; sentence: Line } | undefined {
  const [line] = entry.lines
  const [, earliest, latest] = line ? (/^Earliest date:(.*?)Latest date:(.*)/is.exec(line.text) ?? []) : []
  const [from] = datesSaid(earliest ?? '')
  const [to] = datesSaid(latest ?? '')
  return line && from?.date && to?.date && from.date <= to.date
    ? { edtf: `${from.date}/${to.date}`, sentence: line }
    : undefined
}

/** For an entry without a head: the first sentence that reports an act on a day, otherwise with any date. */
function firstDatedAct({ lines }: Entry): Line | undefined {
  const reporting = lines.flatMap(sentencesOf).filter(({ text }) => new RegExp(REPORTED.OTHER.verb, 'i').test(text))
  const withDate = (precision: number) =>
    reporting.find(({ text }) =>
      datesSaid(text).some(({ date }) => date && !date.includes('X') && date.length >= precision),
    )
  return withDate(10) ?? withDate(4)
}
