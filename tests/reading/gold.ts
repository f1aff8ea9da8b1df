import { readdirSync, readFileSync } from 'node:fs'

/** What a person read in an article: who says which words, and who met whom. */
export interface Gold {
  readonly name: string
  readonly text: string
  readonly published: string | undefined
  readonly statements: readonly GoldStatement[]
  readonly meetings: readonly (readonly string[])[]
}

export interface GoldStatement {
  /** The ranges of what is said, in UTF-16 units. */
  readonly content: readonly { readonly start: number; readonly end: number }[]
  /** Nobody if the text does not name the speaker. */
  readonly speakers: readonly string[]
}

const folder = new URL('articles/', import.meta.url)

/** Articles with an odd number are for tuning, those with an even number only for scoring. */
export const isForTuning = ({ name }: Gold): boolean => Number(name.slice(0, 2)) % 2 === 1

export const readGold = (): Gold[] =>
  readdirSync(folder)
    .sort()
    .map((file) => goldOf(file.replace(/\.txt$/, ''), readFileSync(new URL(file, folder), 'utf8')))

/**
 * An article with its gold: what is said is between ⟦ and ⟧, after the number of the statement. Below `---` are the speakers by
 * number, `?` if nobody is named; who `met` whom; and the day of publication if the text does not have it.
 */
function goldOf(name: string, file: string): Gold {
  const [marked = '', list = ''] = file.split('\n---\n')
  const content = new Map<number, { start: number; end: number }[]>()
  let text = ''
  for (const part of `${marked}\n`.split(/(⟦\d+\||⟧)/)) {
    const number = /^⟦(\d+)\|$/.exec(part)?.[1]
    if (number) content.set(Number(number), [...(content.get(Number(number)) ?? []), { start: text.length, end: -1 }])
    else if (part === '⟧')
      for (const spans of content.values()) for (const span of spans) span.end = span.end < 0 ? text.length : span.end
    else text += part
  }
  const lines = list.trim().split('\n')
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
  const speakersOf = (number: number) =>
    (after(String(number))[0] ?? '?').split(' + ').filter((speaker) => speaker !== '?')
  return {
    name,
    text,
    published: after('published')[0],
    statements: [...content].map(([number, spans]) => ({ content: spans, speakers: speakersOf(number) })),
    meetings: after('met').map((people) => people.split(' + ')),
  }
}
