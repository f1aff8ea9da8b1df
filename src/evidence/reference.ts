import { label } from '../time/label.ts'

/** The parts of a footnote. */
interface Referenced {
  readonly exact: string
  readonly title: string
  /** EDTF. */
  readonly published: string
  readonly publisher?: string | null | undefined
  readonly url?: string | null | undefined
}

/**
 * A footnote in one line: publisher, title, date, words, URL. The words are unchanged; their own quotation marks are used if they
 * surround all of them.
 */
export function reference({ exact, title, published, publisher, url }: Referenced): string {
  const document = oneLine([publisher, title, label(published)].filter(Boolean).join(', '))
  const words = oneLine(exact)
  const quoted = /^(“[^“”]*”|"[^"]*"|„[^„“”]*[“”]|«[^«»]*»)$/u.test(words) ? words : `“${words}”`
  if (url) return `${document}: ${quoted} <${url}>.`
  return `${document}: ${quoted}${/[.!?…]["”“»]$/u.test(quoted) ? '' : '.'}`
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

/** Maximum number of characters of words that a URL contains in full. */
const LONGEST_WHOLE = 300

/** Number of words that identify a place in a text: at the start and the end of a long passage, and around it. */
const IDENTIFYING_WORDS = 8

/** Number of words to find, so that `wordsToUse` counts as if it knew all. */
const ENOUGH_WORDS = IDENTIFYING_WORDS + 1

/**
 * A URL that opens a page at the words, with a text fragment (https://wicg.github.io/scroll-to-text-fragment/), which all
 * current browsers support: `#:~:text=prefix-,words,-suffix`. Browsers do not find words across paragraphs. For words in
 * several paragraphs, and for long passages, the fragment contains only the start and the end.
 */
export function textFragmentUrl(
  url: string,
  { exact, prefix, suffix }: { readonly exact: string; readonly prefix: string | null; readonly suffix: string | null },
): string {
  const words = exact.trim()
  const short = words.length <= LONGEST_WHOLE || wordsOf(words, 2 * IDENTIFYING_WORDS).length < 2 * IDENTIFYING_WORDS
  const whole = short && !words.includes('\n')
  const before = lastWords(prefix ?? '', true)
  const after = firstWords(suffix ?? '', true)
  const parts = [
    ...(before ? [`${encode(before)}-`] : []),
    ...(whole ? [encode(words)] : [encode(firstWords(words)), encode(lastWords(words))]),
    ...(after ? [`-${encode(after)}`] : []),
  ]
  // Remove another text fragment of the URL.
  const [page] = url.split(':~:', 1) as [string]
  return `${page}${page.includes('#') ? '' : '#'}:~:text=${parts.join(',')}`
}

/** Encodes a dash as well, which has a meaning in text fragments. */
const encode = (words: string) => encodeURIComponent(oneLine(words)).replaceAll('-', '%2D')

/** The first words of the first paragraph. */
function firstWords(text: string, mayBeCut = false): string {
  const paragraph = text.trim().split('\n', 1)[0] as string
  const words = wordsOf(paragraph, ENOUGH_WORDS)
  const count = wordsToUse(words.length, mayBeCut)
  const last = words[count - 1]
  // If the paragraph ends here, include its closing punctuation.
  return !last || count === words.length ? paragraph : paragraph.slice(0, last.index + last.segment.length)
}

/** The last words of the last paragraph. */
function lastWords(text: string, mayBeCut = false): string {
  const paragraph = text.trim().split('\n').at(-1) as string
  // Space separates words in every script, so a part that starts after it has the same words.
  const start = paragraph.lastIndexOf(' ', paragraph.length - LONGEST_WHOLE) + 1
  const tail = wordsOf(paragraph.slice(start))
  const words = tail.length < ENOUGH_WORDS && start > 0 ? wordsOf(paragraph) : tail
  const count = wordsToUse(words.length, mayBeCut)
  const first = words.at(-count)
  if (!first || count === words.length) return paragraph
  return paragraph.slice(words === tail ? start + first.index : first.index)
}

/**
 * Number of words to use. Prefix and suffix often begin or end within a word, but browsers only find whole words, so the outermost
 * word is left out if others remain.
 */
const wordsToUse = (words: number, mayBeCut: boolean) =>
  Math.min(IDENTIFYING_WORDS, mayBeCut && words > 3 ? words - 1 : words)

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/** The first words of a text in any script, with their positions. To find them takes 20 µs for 32 characters. */
function wordsOf(text: string, most = Number.POSITIVE_INFINITY): Intl.SegmentData[] {
  const words: Intl.SegmentData[] = []
  for (const segment of segmenter.segment(text)) {
    if (segment.isWordLike && words.push(segment) === most) break
  }
  return words
}
