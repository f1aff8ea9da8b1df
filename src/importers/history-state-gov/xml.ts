import { SaxesParser } from 'saxes'
import { messageOf, UserError } from '../../errors.ts'

/** An element of a file, with the half-open ranges of UTF-16 units that it and what is between its tags take up in the text. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly start: number
  readonly end: number
  readonly innerStart: number
  readonly innerEnd: number
}

/** Deeper than any file of the publisher by far; what nests deeper is no data. */
const DEEPEST = 64

type Open = { -readonly [K in keyof Element]: Element[K] } & { children: Element[] }

/**
 * Reads a text as XML: well-formed, UTF-8, and without a document type, which is where entities and their bombs are declared.
 * Throws a UserError that names the file, the line, and what was expected.
 */
export function readXml(text: string, file: string): Element {
  const parser = new SaxesParser({ fileName: file })
  const refuse = (message: string): never => {
    throw new UserError(`${file}, line ${parser.line}: ${message}`)
  }
  const open: Open[] = []
  let root: Open | undefined
  // What was read so far ends right after the token that an event is about.
  let tagStart = 0
  parser.on('error', (error) => {
    refuse(`expected well-formed XML, but ${messageOf(error).replace(/^.*?\d+:\d+: /, '')}`)
  })
  parser.on('doctype', () =>
    refuse('expected XML without a document type declaration, as entities can be declared in one'),
  )
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && encoding.toUpperCase() !== 'UTF-8')
      refuse(`expected UTF-8, but the file says that it is ${encoding}`)
  })
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', parser.position - 1)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= DEEPEST) refuse(`expected elements that nest at most ${DEEPEST} deep`)
    const { position } = parser
    const element = {
      name,
      attributes: { ...(attributes as Record<string, string>) },
      children: [],
      start: tagStart,
      end: position,
      innerStart: position,
      innerEnd: position,
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', ({ isSelfClosing }) => {
    const element = open.pop() as Open
    element.end = parser.position
    if (!isSelfClosing) element.innerEnd = text.lastIndexOf('</', parser.position)
  })
  parser.write(text).close()
  return root ?? refuse('expected an element')
}

/** The first child of a name. */
export const child = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name)

/** The children of a name. */
export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** Text as a reader sees it, white space collapsed, and where each of its UTF-16 units stands in the file's text. */
export interface Words {
  readonly text: string
  /** The range of the file's text that the units from `start` to `end` come from. */
  range(start: number, end: number): readonly [start: number, end: number]
}

const TOKEN = /<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>|<[^>]*>|&(#x[0-9a-fA-F]+|#\d+|\w+);|\s+|[^<&\s]+/gs
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What an element says, its descendants' text included. */
export function wordsOf(text: string, element: Element | undefined): Words {
  let said = ''
  const places: [start: number, end: number][] = []
  const say = (what: string, start: number, end: number) => {
    for (let i = 0; i < what.length; i++)
      places.push(end - start === what.length ? [start + i, start + i + 1] : [start, end])
    said += what
  }
  const raw = element ? text.slice(element.innerStart, element.innerEnd) : ''
  const offset = element?.innerStart ?? 0
  for (const { 0: token, 1: cdata, 2: entity, index } of raw.matchAll(TOKEN)) {
    const start = offset + index
    const end = start + token.length
    if (cdata !== undefined) say(cdata.replace(/\s/g, ' '), start + 9, end - 3)
    else if (entity !== undefined) say(decode(entity), start, end)
    else if (token.startsWith('<')) continue
    else if (/^\s/.test(token)) {
      if (said !== '' && !said.endsWith(' ')) say(' ', start, end)
    } else say(token, start, end)
  }
  const trimmed = said.trimEnd()
  return {
    text: trimmed,
    range: (from, to) => [places[from]?.[0] ?? offset, places[to - 1]?.[1] ?? offset],
  }
}

function decode(entity: string): string {
  if (!entity.startsWith('#')) return ENTITIES[entity] ?? ''
  const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
  return String.fromCodePoint(code)
}
