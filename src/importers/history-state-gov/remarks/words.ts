/** A word or a punctuation mark. */
export interface Word {
  /** As written, without surrounding punctuation. The full stop of an abbreviation is included. */
  readonly text: string
  /** In lower case, with plain apostrophes. */
  readonly lower: string
  readonly start: number
  readonly end: number
  /** `stop` ends a sentence; `mark` is any punctuation without a kind of its own. */
  readonly kind: 'word' | 'comma' | 'semicolon' | 'stop' | 'open' | 'close' | 'mark'
}

/** Abbreviations whose full stop does not end a sentence. */
const ABBREVIATION =
  /^(gen|lt|col|adm|maj|capt|cmdr|brig|dr|mr|mrs|ms|st|jr|sr|sen|gov|amb|prof|rev|hon|sgt|no|vs|ft|mt)\.$/i

/** Initials: "N.", "F.W.", "U.S.S.R.". */
const INITIALS = /^(-?\p{Lu}\.)+$/u

/** Verbs at the start of sentences. With a capital letter they are never part of a name. */
export const BEGINNING =
  /^(Met|Meets?|Left|Also|Returned|Returns|Attend(ed|s)|Sign(ed|s)|Address(ed|es)|Visit(ed|s|ing)|Depart(ed|s)|Arrived|Discuss(ed|es)|Accompan(ied|ies)|Deliver(ed|s)|Stopped|Later|Then|In|On|At|To|With|By|From|For|The|While|After|Afterwards?|Before|Received|Held|Conferred|Briefed|Participated|Traveled|Travelled|Also|Laid|Opened|Dedicated|Announced|Joined|Present|Private|Informal|Was|Were|Further)$/

const OPENING: ReadonlySet<string> = new Set('([{')
const CLOSING: ReadonlySet<string> = new Set(')]}')

function kindOf(mark: string): Word['kind'] {
  if (mark === ',') return 'comma'
  if (mark === ';') return 'semicolon'
  if (mark === '.' || mark === '!' || mark === '?') return 'stop'
  if (OPENING.has(mark)) return 'open'
  return CLOSING.has(mark) ? 'close' : 'mark'
}

/** Words consist of letters and digits; everything around them is punctuation. */
const INNER = /[\p{L}\p{N}&]/u

function isInner(text: string, at: number): boolean {
  const code = text.codePointAt(at)
  // The second half of a surrogate pair counts like the first.
  return code !== undefined && (INNER.test(String.fromCodePoint(code)) || (code >= 0xdc00 && code <= 0xdfff))
}

const wordAt = (text: string, start: number, end: number, kind: Word['kind']): Word => {
  const own = text.slice(start, end)
  return { text: own, lower: own.toLowerCase().replaceAll('’', "'"), start, end, kind }
}

/** Splits characters without spaces into words and marks. Dashes between words are marks. */
function* split(text: string, from: number, to: number): Generator<Word> {
  let start = from
  while (start < to && !isInner(text, start)) {
    // "’Abd" and "'t" start with an apostrophe.
    if (/['’ʿ‘]/.test(text[start] ?? '') && start + 1 < to && isInner(text, start + 1)) break
    yield wordAt(text, start, start + 1, kindOf(text[start] ?? ''))
    start++
  }
  let end = to
  while (end > start && !isInner(text, end - 1)) end--
  if (end === start) return
  const abbreviated = text[end] === '.' && end < to
  const whole = text.slice(start, end + 1)
  if (abbreviated && (INITIALS.test(whole) || ABBREVIATION.test(whole))) end++
  else if (text[end] === '-' && end < to) end++
  const glued = GLUED.exec(text.slice(start, end))?.[0].length ?? 0
  if (glued > 0) yield wordAt(text, start, start + glued, 'word')
  yield wordAt(text, start + glued, end, 'word')
  for (let mark = end; mark < to; mark++) yield wordAt(text, mark, mark + 1, kindOf(text[mark] ?? ''))
}

/** Two words written as one: "MinisterHaidar". */
const GLUED = /^(Minister|President|Chancellor|Secretary)(?=\p{Lu}\p{Ll})/u

/** The words and marks of a text in order. Runs in linear time. */
export function wordsOf(text: string): Word[] {
  const found: Word[] = []
  for (const run of text.matchAll(/[^\s—()[\]{}]+|[—()[\]{}]/gu)) {
    found.push(...split(text, run.index, run.index + run[0].length))
  }
  return found.flatMap((word, at) => {
    const next = found[at + 1]
    // "Met with King Carlos I. Attended": the full stop after a number or an abbreviation can also end the sentence.
    const ends = word.kind === 'word' && word.text.endsWith('.') && (!next || BEGINNING.test(next.text))
    if (!ends) return [word]
    const numeral = /^[IVX]+\.$/.test(word.text)
    // "Hun Sen. Attended": then it does not mark an abbreviation either.
    const whole = numeral || /^(gen|lt|col|adm|maj|sen|gov|amb|no|hon|st)\.$/i.test(word.text)
    const first = whole ? wordAt(text, word.start, word.end - 1, 'word') : word
    return [first, wordAt(text, word.end - (whole ? 1 : 0), word.end, 'stop')]
  })
}
