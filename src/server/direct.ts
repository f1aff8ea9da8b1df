import { type DocumentNode, type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Execute } from '../execution/executing.ts'

/** Characters of documents that are known, of which each takes some 100 bytes, parsed. */
const ROOM = 500_000
const MOST_ACCEPTED = 100
const LONGEST_ACCEPTED = 500

/** The body of a request that asks for an operation, and for nothing else. */
interface Question {
  readonly query: string
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>> | null
}

/** Where the direct way leads. */
export interface Direct {
  /** The name of the operation, if it has one. */
  readonly operation: string | undefined
  /** Of the answer, if it is a whole one. */
  readonly contentType: string
  readonly execute: () => Promise<ExecutionResult>
}

export interface DirectOptions {
  readonly execute: Execute
  /** The schema, and the context of a request. */
  readonly argsOf: () => Pick<ExecutionArgs, 'schema' | 'contextValue'>
}

/**
 * The way from the text of a question to its result past the server's layers, which take longer than most questions. It leads
 * where the server was before: to documents that it found valid, and to media types that it chose for an `accept`. All else is
 * the server's to answer.
 */
export class DirectWay {
  readonly #options: DirectOptions
  readonly #valid = new LRUCache<string, DocumentNode>({ maxSize: ROOM, sizeCalculation: (_, text) => text.length + 1 })
  readonly #contentTypes = new LRUCache<string, string>({ max: MOST_ACCEPTED })

  constructor(options: DirectOptions) {
    this.#options = options
  }

  /** Told of a document that the server found valid. */
  foundValid(document: DocumentNode): void {
    const text = document.loc?.source.body
    if (text !== undefined) this.#valid.set(text, document)
  }

  /** Told of the media type of a result that the server sent to whoever accepts this. */
  sent(contentType: string, accept: string): void {
    if (accept.length <= LONGEST_ACCEPTED && !this.#contentTypes.has(accept))
      this.#contentTypes.set(accept, contentType)
  }

  /** Where it leads from the body of a request, in JSON; undefined where that is the server's to answer. */
  find(body: string, accept: string): Direct | undefined {
    const contentType = this.#contentTypes.get(accept)
    const question = contentType === undefined ? undefined : questionIn(body)
    const document = question && this.#valid.get(question.query)
    if (!contentType || !document) return undefined
    const { operationName, variables } = question
    const operation = getOperationAST(document, operationName)
    const args = { ...this.#options.argsOf(), document, operationName, variableValues: variables }
    if (!operation) return undefined
    return { operation: operation.name?.value, contentType, execute: async () => await this.#options.execute(args) }
  }
}

function questionIn(body: string): Question | undefined {
  const question = parse(body)
  if (!isObject(question)) return undefined
  const { query, operationName, variables, ...others } = question
  const asks =
    typeof query === 'string' &&
    (isNone(operationName) || typeof operationName === 'string') &&
    (isNone(variables) || isObject(variables)) &&
    Object.values(others).every(isNone)
  return asks ? ({ query, operationName, variables } as Question) : undefined
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const isNone = (value: unknown) => value === null || value === undefined

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
