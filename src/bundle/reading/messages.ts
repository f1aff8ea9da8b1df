import type { z } from 'zod'
import { nearest } from '../../nearest.ts'
import type { Problem } from '../problems.ts'
import { within } from '../records.ts'

/** Words that people use for a field, with the fields that they may mean. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  country: ['representing', 'countries', 'to', 'host'],
  state: ['representing', 'countries'],
  date: ['when', 'said', 'published', 'tenure'],
  day: ['when', 'said'],
  start: ['when', 'tenure'],
  name: ['title', 'person'],
  location: ['place', 'places'],
  city: ['place', 'places'],
  participants: ['participations'],
  attendees: ['participations'],
  speaker: ['speakers'],
  quote: ['quoted', 'text', 'exact'],
  words: ['exact', 'quoted'],
  source: ['citations'],
  sources: ['citations'],
  id: ['slug', 'code'],
  type: ['kind'],
  office: ['position', 'title'],
  language: ['language'],
  persons: ['people'],
  hash: ['sha256'],
} // biome-ignore format: a table

/** Maximum number of characters of a value in a message. */
const MOST_SHOWN = 100

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', array: 'a list', object: 'an object', boolean: 'true or false',
} // biome-ignore format: a table

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : shown(value)
}

/** The messages of Zod in the words of editors. The format's own messages take precedence. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = TYPES[issue.expected] ?? issue.expected
      return issue.input === undefined
        ? `missing; expected ${expected}`
        : `expected ${expected}, got ${typeOf(issue.input)}`
    }
    case 'invalid_value': {
      const values = issue.values.map(String)
      const expected = values.length === 1 ? shown(issue.values[0]) : `one of ${values.join(', ')}`
      if (issue.input === undefined) return `missing; expected ${expected}`
      const guess = typeof issue.input === 'string' ? nearest(issue.input.toUpperCase(), values)[0] : undefined
      return `expected ${expected}, got ${shown(issue.input)}${guess ? `; did you mean ${guess}?` : ''}`
    }
    case 'too_big': {
      const what = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' elements' : ''
      const got = typeof issue.input === 'string' ? `, got ${issue.input.length}` : ''
      return `expected at most ${issue.maximum}${what}${got}`
    }
    case 'too_small': {
      if (issue.origin === 'string') return 'expected text, got an empty string'
      return `expected at least ${issue.minimum}${issue.origin === 'array' ? ' element' : ''}`
    }
    case 'unrecognized_keys': {
      const shape = (issue.inst as z.ZodObject | undefined)?.shape ?? {}
      const free = Object.keys(shape).filter((key) => !(key in (issue.input as object)))
      // One message for each key: `problemsIn` splits them.
      return issue.keys.map((key) => unknownKey(key, free)).join('\n')
    }
  }
  return undefined
}

function unknownKey(key: string, free: readonly string[]): string {
  const meant = (Object.hasOwn(MEANT, key) ? (MEANT[key] ?? []) : []).filter((name) => free.includes(name))
  const guesses = meant.length > 0 ? meant : nearest(key, free)
  const guess = guesses.map((name) => `\`${name}\``).join(' or ')
  return `unknown key ${shown(key)}${guess ? `; did you mean ${guess}?` : ''}`
}

/** Maximum number of unknown keys to report at one place. */
const MOST_KEYS = 10

/** Reads a value in a format: the result, or each problem with its path below `path`. */
export function readAs<T extends z.ZodType>(
  format: T,
  value: unknown,
  path = '',
): { readonly data: z.output<T> } | { readonly problems: readonly Problem[] } {
  const { success, data, error } = format.safeParse(value, { error: inWords })
  if (success) return { data }
  const problems = error.issues.flatMap(({ code, path: keys, message }) => {
    const messages = code === 'unrecognized_keys' ? message.split('\n').slice(0, MOST_KEYS) : [message]
    return messages.map((message) => ({ path: within(path, keys), message }))
  })
  return { problems }
}
