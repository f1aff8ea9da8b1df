import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  type Source,
  visit,
} from 'graphql'
import type { Limits } from '../config/limits.ts'
import { fragmentsIn } from './document.ts'

const tooComplex = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } })

/**
 * Creates a parser that throws TOO_COMPLEX if a document exceeds a limit, and any error of `parse`. The limits are checked
 * before validation, whose time grows with the square of some of these numbers.
 */
export const parserWithin =
  (limits: Limits) =>
  (source: string | Source, options?: ParseOptions): DocumentNode => {
    const document = parseTokens(source, limits.tokens, options)
    checkDocument(document, limits)
    return document
  }

function parseTokens(source: string | Source, maxTokens: number, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens })
  } catch (error) {
    if (!(error as Error).message.includes('tokens. Parsing aborted')) throw error
    throw tooComplex(`the document has more than ${maxTokens} tokens`)
  }
}

function checkDocument(document: DocumentNode, limits: Limits): void {
  let fragments = 0
  const sameFields = new Map<string, number>()
  visit(document, {
    [Kind.FRAGMENT_DEFINITION]: () => {
      fragments += 1
    },
    [Kind.FIELD]: ({ name, alias }) => {
      const key = alias?.value ?? name.value
      sameFields.set(key, (sameFields.get(key) ?? 0) + 1)
    },
  })
  if (fragments > limits.fragments) throw over('fragments', fragments, limits.fragments)
  const most = Math.max(0, ...sameFields.values())
  if (most > limits.sameFields) throw over('fields of one name', most, limits.sameFields)
  const { depth, aliases, directives } = countsOf(document)
  if (depth > limits.depth) {
    throw tooComplex(`the document nests fields ${depth} levels deep; expected at most ${limits.depth}`)
  }
  if (aliases > limits.aliases) throw over('aliases', aliases, limits.aliases)
  if (directives > limits.directives) throw over('directives', directives, limits.directives)
}

const over = (what: string, count: number, limit: number) =>
  tooComplex(`the document has ${count} ${what}; expected at most ${limit}`)

interface Counts {
  depth: number
  aliases: number
  directives: number
}

/**
 * Levels of fields, aliases and directives of all operations of a document, with fragments expanded. Each fragment is counted
 * once, however often it is spread, so the time does not grow with the numbers. Fragments that form a circle count as empty
 * within themselves; validation refuses them.
 */
function countsOf(document: DocumentNode): Counts {
  const fragments = fragmentsIn(document)
  const known = new Map<string, Counts>()

  function ofFragment(name: string): Counts {
    const found = known.get(name)
    if (found) return found
    const counts: Counts = { depth: 0, aliases: 0, directives: 0 }
    known.set(name, counts)
    const fragment = fragments[name]
    if (fragment) addSelections(counts, fragment.selectionSet, 0)
    counts.directives += fragment?.directives?.length ?? 0
    return counts
  }

  function addSelections(counts: Counts, { selections }: SelectionSetNode, above: number): void {
    for (const selection of selections) {
      counts.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) counts.aliases += 1
        counts.depth = Math.max(counts.depth, above + 1)
        if (selection.selectionSet) addSelections(counts, selection.selectionSet, above + 1)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        addSelections(counts, selection.selectionSet, above)
      } else {
        const { depth, aliases, directives } = ofFragment(selection.name.value)
        counts.depth = Math.max(counts.depth, above + depth)
        counts.aliases += aliases
        counts.directives += directives
      }
    }
  }

  const all: Counts = { depth: 0, aliases: 0, directives: 0 }
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue
    all.directives += directivesOf(operation)
    addSelections(all, operation.selectionSet, 0)
  }
  return all
}

const directivesOf = ({ directives = [], variableDefinitions = [] }: OperationDefinitionNode) =>
  variableDefinitions.reduce((sum, variable) => sum + (variable.directives?.length ?? 0), directives.length)

/** Checks the number of values in the variables and how deeply they are nested, without recursion. Throws TOO_COMPLEX. */
export function checkVariables(variables: unknown, limits: Limits): void {
  let level: unknown[] = [variables]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.variableDepth) {
      throw tooComplex(`the variables are nested deeper than ${limits.variableDepth} levels`)
    }
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      const values = Object.values(value)
      count += values.length
      if (count > limits.variables) {
        throw tooComplex(`the variables have more than ${limits.variables} values`)
      }
      for (const one of values) if (typeof one === 'object' && one !== null) next.push(one)
    }
    level = next
  }
}
