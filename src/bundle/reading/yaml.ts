import { LineCounter, parseDocument } from 'yaml'
import { BundleRefused } from '../problems.ts'

/** Maximum number of bytes of a YAML document. The parser takes seconds for more. */
export const LARGEST_YAML = 4 * 1024 * 1024

/** What npm prints before the output of a script: `> bilateral@0.1.0 bilateral`. */
const NPM_BANNER = /^\s*> bilateral@\S+ /

/** The fields whose values are numbers. All other values stay as written: `NO` is Norway, and `2026` a year. */
const NUMBERS = new Set<unknown>(['version', 'start', 'end', 'length'])

/** Reads a YAML document. Throws BundleRefused with the place if it is not YAML, or if an object has a key twice. */
export function parseYaml(text: string): unknown {
  if (isDeep(text)) throw refused('', `more than ${DEEPEST} levels of lists and objects`)
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false })
  const [error] = document.errors
  if (error && NPM_BANNER.test(text))
    throw refused('line 1', 'the file begins with lines of npm; write it with npm run -s')
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw refused(`line ${line}, column ${col}`, error.message)
  }
  try {
    return document.toJS({ reviver: (key, value) => (NUMBERS.has(key) ? numberIn(value) : value) })
  } catch (error) {
    // Too many aliases.
    if (error instanceof ReferenceError) throw refused('', error.message)
    throw error
  }
}

const refused = (path: string, what: string) => new BundleRefused([{ path, message: `expected YAML: ${what}` }])

const numberIn = (value: unknown) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)

const DEEPEST = 100

/** Whether a text may be nested so deeply that the parser would run out of stack, which can end the process. */
function isDeep(text: string): boolean {
  if (new RegExp(`^ *(?:[-?:] +){${DEEPEST}}`, 'm').test(text)) return true
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > DEEPEST) return true
  }
  return false
}
