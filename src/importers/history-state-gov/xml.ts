import { SaxesParser } from 'saxes'
import { messageOf, UserError } from '../../errors.ts'

/** An element, with the half-open ranges of UTF-16 units of the element and of its content. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly start: number
  readonly end: number
  readonly innerStart: number
  readonly innerEnd: number
}

/** Maximum depth of elements, far above that of the publisher's files. */
const MAX_DEPTH = 64

type Open = { -readonly [K in keyof Element]: Element[K] } & { children: Element[] }

/**
 * Parses well-formed XML in UTF-8. A document type declaration is refused, because it can declare entities that expand to huge text.
 * Throws a UserError that names the file, the line and what was expected.
 */
export function readXml(text: string, file: string): Element {
  const parser = new SaxesParser({ fileName: file })
  const refuse = (message: string): never => {
    throw new UserError(`${file}, line ${parser.line}: ${message}`)
  }
  const open: Open[] = []
  let root: Open | undefined
  // `position` is directly after the token of the event.
  let tagStart = 0
  parser.on('error', (error) => {
    refuse(`expected well-formed XML, but ${messageOf(error).replace(/^.*?\d+:\d+: /, '')}`)
  })
  parser.on('doctype', () =>
    refuse('expected XML without a document type declaration, because it can declare entities'),
  )
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && encoding.toUpperCase() !== 'UTF-8') refuse(`expected UTF-8, but the file declares ${encoding}`)
  })
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', parser.position - 1)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= MAX_DEPTH) refuse(`expected elements nested at most ${MAX_DEPTH} deep`)
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

/** The first child element with this name. */
export const child = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name)

/** The child elements with this name. */
export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** Text with collapsed white space, and the position of each of its UTF-16 units in the file. */
export interface Words {
  readonly text: string
  /** The range in the file of the units from `start` to `end`. */
  range(start: number, end: number): readonly [start: number, end: number]
}

const TOKEN = /<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>|<[^>]*>|&(#x[0-9a-fA-F]+|#\d+|\w+);|\s+|[^<&\s]+/gs
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of an element and its descendants, or of another range of a file. */
export function wordsOf(text: string, element: Pick<Element, 'innerStart' | 'innerEnd'> | undefined): Words {
  let said = ''
  let isSpaced = false
  const places: [start: number, end: number][] = []
  const say = (what: string, start: number, end: number) => {
    for (let i = 0; i < what.length; i++)
      places.push(end - start === what.length ? [start + i, start + i + 1] : [start, end])
    said += what
    // Not `said.endsWith(' ')`, which would copy all of the text each time.
    isSpaced = what === '' ? isSpaced : what.endsWith(' ')
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
      if (places.length > 0 && !isSpaced) say(' ', start, end)
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
