import { label } from '../time/label.ts'

/** What a footnote is made of. */
export interface Referenced {
  readonly exact: string
  readonly title: string
  /** EDTF. */
  readonly published: string
  readonly publisher?: string | null | undefined
  readonly url?: string | null | undefined
}

/**
 * A footnote, in one line: publisher, title, date, the words, the address. The words are the source's own, every one of
 * them, with its own quotation marks where they are around the whole.
 */
export function reference({ exact, title, published, publisher, url }: Referenced): string {
  const document = oneLine([publisher, title, label(published)].filter(Boolean).join(', '))
  const words = oneLine(exact)
  const quoted = /^(“[^“”]*”|"[^"]*"|„[^„“”]*[“”]|«[^«»]*»)$/u.test(words) ? words : `“${words}”`
  if (url) return `${document}: ${quoted} <${url}>.`
  return `${document}: ${quoted}${/[.!?…]["”“»]$/u.test(quoted) ? '' : '.'}`
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

/** Characters of the longest words that an address holds whole. */
const LONGEST_WHOLE = 300

/** How many words tell a place from others, at the begin and at the end of longer ones and around them. */
const TELLING_WORDS = 8

/**
 * An address that opens a page at the words: a text fragment (https://wicg.github.io/scroll-to-text-fragment/), as all
 * current browsers know it, `#:~:text=prefix-,words,-suffix`. Words that are long or go over several paragraphs, which no
 * browser finds whole, are told by how they begin and end.
 */
export function textFragmentUrl(
  url: string,
  { exact, prefix, suffix }: { readonly exact: string; readonly prefix: string | null; readonly suffix: string | null },
): string {
  const words = exact.trim()
  const short = words.length <= LONGEST_WHOLE || wordsOf(words).length < 2 * TELLING_WORDS
  const whole = short && !words.includes('\n')
  const before = lastWords(prefix ?? '', true)
  const after = firstWords(suffix ?? '', true)
  const parts = [
    ...(before ? [`${encode(before)}-`] : []),
    ...(whole ? [encode(words)] : [encode(firstWords(words)), encode(lastWords(words))]),
    ...(after ? [`-${encode(after)}`] : []),
  ]
  // What an address already says to the browser about its text would open it elsewhere.
  const [page] = url.split(':~:', 1) as [string]
  return `${page}${page.includes('#') ? '' : '#'}:~:text=${parts.join(',')}`
}

/** A dash has a meaning in text fragments; what else has one, `encodeURIComponent` knows. */
const encode = (words: string) => encodeURIComponent(oneLine(words)).replaceAll('-', '%2D')

/** The first words of the first paragraph. */
function firstWords(text: string, mayBeCut = false): string {
  const paragraph = text.trim().split('\n', 1)[0] as string
  const words = wordsOf(paragraph)
  const count = telling(words.length, mayBeCut)
  const last = words[count - 1]
  // With what follows a word, if that is the end: a full stop, a closing quotation mark.
  return !last || count === words.length ? paragraph : paragraph.slice(0, last.index + last.segment.length)
}

/** The last words of the last paragraph. */
function lastWords(text: string, mayBeCut = false): string {
  const paragraph = text.trim().split('\n').at(-1) as string
  const words = wordsOf(paragraph)
  const count = telling(words.length, mayBeCut)
  const first = words.at(-count)
  return !first || count === words.length ? paragraph : paragraph.slice(first.index)
}

/**
 * How many of so many words to tell. Of words around an excerpt, the outermost is often cut in two, and a browser looks for
 * whole ones: it is left out where others remain.
 */
const telling = (words: number, mayBeCut: boolean) => Math.min(TELLING_WORDS, mayBeCut && words > 3 ? words - 1 : words)

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/** The words of any script, with their places. */
const wordsOf = (text: string) => [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike)
