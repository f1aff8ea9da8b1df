import { type DocumentNode, GraphQLError, Kind, type ParseOptions, parse, type Source, visit } from 'graphql'

/** Limits of a document. They are checked before validation, whose time grows with the square of some of these numbers. */
const DOCUMENT_LIMITS = {
  /** Length in UTF-16 code units, including comments, because they stay in memory with the document. */
  length: 100_000,
  /** Number of tokens, without comments. */
  tokens: 2_000,
  aliases: 300,
  fragments: 100,
  /** Number of fields with the same name in the response, anywhere in the document. */
  sameFields: 300,
} as const

/** Limits of the variables of a request. */
const VARIABLE_LIMITS = { values: 10_000, depth: 20 } as const

/** Maximum number of errors about a document. */
export const MAX_VALIDATION_ERRORS = 20

const tooComplex = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } })

/** Parses a document. Throws TOO_COMPLEX if it exceeds a limit, and any error of `parse`. */
export function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  const { length } = typeof source === 'string' ? source : source.body
  if (length > DOCUMENT_LIMITS.length) throw over('characters', length, DOCUMENT_LIMITS.length)
  const document = parseTokens(source, options)
  checkDocument(document)
  return document
}

function parseTokens(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: DOCUMENT_LIMITS.tokens })
  } catch (error) {
    if (!(error as Error).message.includes('tokens. Parsing aborted')) throw error
    throw tooComplex(`the document has more than ${DOCUMENT_LIMITS.tokens} tokens`)
  }
}

function checkDocument(document: DocumentNode): void {
  let aliases = 0
  let fragments = 0
  const sameFields = new Map<string, number>()
  visit(document, {
    [Kind.FRAGMENT_DEFINITION]: () => {
      fragments += 1
    },
    [Kind.FIELD]: ({ name, alias }) => {
      if (alias) aliases += 1
      const key = alias?.value ?? name.value
      sameFields.set(key, (sameFields.get(key) ?? 0) + 1)
    },
  })
  if (aliases > DOCUMENT_LIMITS.aliases) throw over('aliases', aliases, DOCUMENT_LIMITS.aliases)
  if (fragments > DOCUMENT_LIMITS.fragments) throw over('fragments', fragments, DOCUMENT_LIMITS.fragments)
  const most = Math.max(0, ...sameFields.values())
  if (most > DOCUMENT_LIMITS.sameFields) throw over('fields of one name', most, DOCUMENT_LIMITS.sameFields)
}

const over = (what: string, count: number, limit: number) =>
  tooComplex(`the document has ${count} ${what}; expected at most ${limit}`)

/** Checks the number of values in the variables and how deeply they are nested, without recursion. Throws TOO_COMPLEX. */
export function checkVariables(variables: unknown): void {
  let level: unknown[] = [variables]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > VARIABLE_LIMITS.depth) {
      throw tooComplex(`the variables are nested deeper than ${VARIABLE_LIMITS.depth} levels`)
    }
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      const values = Object.values(value)
      count += values.length
      if (count > VARIABLE_LIMITS.values) {
        throw tooComplex(`the variables have more than ${VARIABLE_LIMITS.values} values`)
      }
      for (const one of values) if (typeof one === 'object' && one !== null) next.push(one)
    }
    level = next
  }
}
