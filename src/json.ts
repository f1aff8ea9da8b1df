/** A text that is not JSON. The message says what is wrong; `line` and `column` count from 1. */
export class InvalidJson extends Error {
  override name = 'InvalidJson'
  readonly line: number
  readonly column: number

  constructor(text: string, index: number, message: string) {
    super(message)
    const lines = text.slice(0, index).split('\n')
    this.line = lines.length
    this.column = (lines.at(-1) as string).length + 1
  }
}

/**
 * Reads JSON that a person may have written. Throws InvalidJson, also if an object has a key twice: JSON.parse would take the last
 * value and lose the others.
 */
export function parseJson(text: string): unknown {
  const value = parse(text)
  const repeated = repeatedKey(text)
  if (repeated)
    throw new InvalidJson(text, repeated.index, `expected each key of an object once, got ${repeated.key} twice`)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    const what = message.replace(/ in JSON at.*|, (\.\.\.)?".*/s, '')
    throw new InvalidJson(text, positionOf(message, text), `expected JSON: ${what}`)
  }
}

/** The first key that an object of a valid JSON text has twice, as written. */
function repeatedKey(text: string): { key: string; index: number } | undefined {
  /** The keys so far of each object around the place; null for an array. */
  const around: (Set<string> | null)[] = []
  let isKey = false
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '{':
        around.push(new Set())
        isKey = true
        break
      case '[':
        around.push(null)
        isKey = false
        break
      case '}':
      case ']':
        around.pop()
        break
      case ',':
        isKey = around.at(-1) !== null
        break
      case '"': {
        const end = endOfString(text, i)
        if (isKey) {
          const key = text.slice(i, end + 1)
          const name = JSON.parse(key) as string
          const keys = around.at(-1) as Set<string>
          if (keys.has(name)) return { key, index: i }
          keys.add(name)
          isKey = false
        }
        i = end
      }
    }
  }
  return undefined
}

/** The index of the quotation mark that ends a string. */
function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
  }
}

/** Where JSON.parse stopped. Node 20 does not report this for an unexpected token, so search for the shortest text that has one. */
function positionOf(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  if (!message.startsWith('Unexpected token')) return text.length
  let [without, withIt] = [0, text.length]
  while (withIt - without > 1) {
    const middle = (without + withIt) >> 1
    if (hasUnexpectedToken(text.slice(0, middle))) withIt = middle
    else without = middle
  }
  return without
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    return (error as SyntaxError).message.startsWith('Unexpected token')
  }
}
