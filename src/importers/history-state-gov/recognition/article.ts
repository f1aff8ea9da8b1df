import { type Document, documentOf } from '../document.ts'
import { type Element, wordsOf } from '../xml.ts'

/** A head, a paragraph or an item of a list, and where it starts in the article's text. */
export interface Line {
  readonly text: string
  readonly start: number
}

/** A `div` of type `timeline`: what the publisher says about one event or one topic. */
export interface Entry {
  /** Its place in the article, from 1. */
  readonly number: number
  /** The head of the section that it is in. */
  readonly section: string
  readonly head: Line | undefined
  readonly lines: readonly Line[]
}

/** An article of the guide to recognition and relations, as the words that a reader sees. */
export interface Article {
  /** The publisher's ID of the country: the name of the file. */
  readonly id: string
  /** The name of the country in the article's short title. */
  readonly label: string
  readonly title: string
  /** Year of the latest date in the header, or `XXXX`. */
  readonly published: string
  /** Its text is the article's words, a line for each head, paragraph and item. */
  readonly document: Document
  readonly entries: readonly Entry[]
}

/** Elements that stand on lines of their own. All others are part of a line. */
const BLOCKS = new Set(
  'TEI text front body back div head p list item figure table row cell listBibl bibl lg l'.split(' '),
)

type OpenEntry = { -readonly [K in keyof Entry]: Entry[K] } & { lines: Line[] }

/** Reads an article. Every word of its body is in exactly one line. */
export function readArticle({ path, text, root }: Document): Article {
  const id = path.replace(/^.*\//, '').replace(/\.xml$/i, '')
  const header = root.children.find(({ name }) => name === 'teiHeader')
  const titles = header ? descendants(header, 'title') : []
  const titleOf = (type: string) =>
    wordsOf(
      text,
      titles.find(({ attributes }) => attributes['type'] === type),
    ).text
  const title = titleOf('complete') || titleOf('short') || id
  const years = wordsOf(text, header).text.match(/\b20\d\d\b/g) ?? []
  const said: string[] = []
  let length = 0
  const entries: OpenEntry[] = []

  const say = (range: Pick<Element, 'innerStart' | 'innerEnd'>): Line | undefined => {
    const words = wordsOf(text, range).text
    if (!words) return undefined
    const line = { text: words, start: length }
    said.push(words)
    length += words.length + 1
    return line
  }
  let section = ''
  const read = (element: Element, entry: OpenEntry | undefined, shown: boolean) => {
    const blocks = element.children.filter(({ name }) => BLOCKS.has(name))
    const isHead = element.name === 'head'
    const add = (range: Pick<Element, 'innerStart' | 'innerEnd'>) => {
      const line = say(range)
      if (line && isHead && !entry && shown) section = line.text
      if (!line || !entry || !shown) return
      if (isHead && !entry.head && entry.lines.length === 0) entry.head = line
      else entry.lines.push(line)
    }
    let from = element.innerStart
    for (const block of blocks) {
      add({ innerStart: from, innerEnd: block.start })
      const isEntry = block.name === 'div' && block.attributes['type'] === 'timeline'
      if (isEntry) entries.push({ number: entries.length + 1, section, head: undefined, lines: [] })
      const owner = isEntry ? entries.at(-1) : block.name === 'div' ? undefined : entry
      // A caption is no part of the entry.
      read(block, owner, block.name === 'div' || (shown && block.name !== 'figure'))
      from = block.end
    }
    add({ innerStart: from, innerEnd: element.innerEnd })
  }
  say(titles.find(({ attributes }) => attributes['type'] === 'complete') ?? { innerStart: 0, innerEnd: 0 })
  for (const child of root.children) if (child !== header) read(child, undefined, true)
  return {
    id,
    label: titleOf('short') || id,
    title,
    published: years.sort().at(-1) ?? 'XXXX',
    document: documentOf(path.replace(/^articles\//, 'rdcr/articles/'), said.join('\n'), root),
    entries,
  }
}

function descendants(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)])
}

/** Words that end with a full stop and do not end a sentence, and words that start one in any case. */
const ABBREVIATED =
  /(?:\b\p{Lu}|\b(?:U\.S|U\.N|D\.C|H\.[ER]|Jr|Sr|Mr|Mrs|Dr|St|Gen|Col|Lt|Adm|Capt|Gov|Sen|Rev|Hon|Messrs|No|Esq|Ala|Mass|Penn|Pa|Va|Conn|vs|ca))\.$/u
const STARTS =
  /^(?:The|On|In|At|By|After|Following|When|While|Although|However|This|That|These|He|She|It|They|A|An|As|Since|With)\b/

/** The sentences of a line. A semicolon ends one too. */
export function sentencesOf({ text, start }: Line): Line[] {
  const sentences: Line[] = []
  let from = 0
  for (const { index, 0: gap } of text.matchAll(/(?<=[.?!][”’"')\]]*)\s+(?=[\p{Lu}“"‘(])|(?<=;)\s+/gu)) {
    const said = text.slice(from, index)
    if (!said.endsWith(';') && ABBREVIATED.test(said.slice(-10)) && !STARTS.test(text.slice(index + gap.length)))
      continue
    sentences.push({ text: said, start: start + from })
    from = index + gap.length
  }
  return [...sentences, { text: text.slice(from), start: start + from }].flatMap(cut)
}

/** Longest sentence that is read as a whole. The publisher's are a quarter of that. */
const LONGEST = 4_000

function cut({ text, start }: Line): Line[] {
  if (text.length <= LONGEST) return [{ text, start }]
  const end = text.lastIndexOf(' ', LONGEST) + 1 || LONGEST
  return [{ text: text.slice(0, end), start }, ...cut({ text: text.slice(end), start: start + end })]
}
