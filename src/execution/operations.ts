import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { SharedSelections } from '../schema/loading/selection.ts'
import { type ScopedField, scopedFieldsOf } from './required-scopes.ts'
import type { OperationPlan } from './run.ts'
import { sizeOf } from './size.ts'

/** Maximum number of fields (`size.ts`) of an operation that is planned. */
const MAX_PLANNED_FIELDS = 1_000
/** Maximum number of plans of an operation whose variables decide which fields are skipped or included. */
const MAX_PLANS = 16

/**
 * Estimates of memory, in bytes. The tokens of a document, including comments, stay in memory with it; the rest is for the
 * nodes.
 */
const BYTES_PER_TOKEN = 300
const BYTES_PER_PLANNED_FIELD = 500
const BYTES_PER_OPERATION = 20_000

/** One operation of a valid document: its plans, and what its executions share. */
export class Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly node: OperationDefinitionNode
  readonly selections: SharedSelections
  /** The variables that decide which fields are skipped or included. Each combination of their values has its own plan. */
  readonly conditions: readonly string[]
  /** The fields that need a scope. */
  readonly scopedFields: readonly ScopedField[]
  /** Plans by the values of the conditions. Undefined if graphql-js executes the operation. */
  plans: LRUCache<string, OperationPlan> | undefined
  /** Its cost, if that does not depend on the variables. */
  fixedCost: number | undefined
  /** Whether it was executed before. */
  wasExecuted = false
  readonly #planBytes: number

  constructor(schema: GraphQLSchema, document: DocumentNode, node: OperationDefinitionNode) {
    this.schema = schema
    this.document = document
    this.node = node
    this.selections = new SharedSelections(document)
    this.conditions = conditionsIn(document)
    this.scopedFields = scopedFieldsOf(schema, document, node)
    const maxPlans = Math.min(2 ** this.conditions.length, MAX_PLANS)
    const fields = sizeOf(schema, document, node, MAX_PLANNED_FIELDS)
    const isPlanned = node.operation === 'query' && fields <= MAX_PLANNED_FIELDS
    if (isPlanned) this.plans = new LRUCache({ max: maxPlans })
    this.#planBytes = isPlanned ? fields * maxPlans * BYTES_PER_PLANNED_FIELD : 0
  }

  /** Estimated memory, in bytes. It grows with the selections. */
  get bytes(): number {
    return BYTES_PER_OPERATION + this.#planBytes + this.selections.bytes
  }
}

/** A parsed document, with those of its operations that were executed, by name. */
interface Known {
  readonly document: DocumentNode
  readonly operations: Map<string | undefined, Operation>
  readonly documentBytes: number
  /** Estimated memory when it was put into the cache, in bytes. */
  bytes: number
}

/**
 * The documents and operations that clients sent, by the text of the document. Bounded by an estimate of their memory, in bytes. Yoga uses it as the
 * cache of its parser.
 */
export class Operations {
  readonly #known: LRUCache<string, Known>

  constructor(maxBytes: number) {
    this.#known = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes })
  }

  get(text: string): DocumentNode | undefined {
    return this.#known.get(text)?.document
  }

  set(text: string, document: DocumentNode): void {
    this.#known.set(text, knownOf(text, document))
  }

  /** The operation that a request names, if its document is known. */
  find(text: string, name: string | null | undefined): OperationDefinitionNode | undefined {
    const document = this.#known.peek(text)?.document
    return document && (getOperationAST(document, name) ?? undefined)
  }

  /** The operation to execute. Undefined if the document does not have it. */
  of({ schema, document, operationName }: ExecutionArgs): Operation | undefined {
    const node = getOperationAST(document, operationName)
    if (!node) return undefined
    const text = this.#keyOf(document)
    const known = this.#known.get(text) ?? knownOf(text, document)
    const name = node.name?.value
    let operation = known.operations.get(name)
    if (operation?.schema !== schema) {
      operation = new Operation(schema, known.document, getOperationAST(known.document, name) ?? node)
      known.operations.set(name, operation)
    }
    this.#weighAgain(text, known)
    return operation
  }

  /** Puts an entry into the cache with its present size, if that is another one than before. */
  #weighAgain(text: string, known: Known): void {
    let bytes = known.documentBytes
    for (const operation of known.operations.values()) bytes += operation.bytes
    if (bytes === known.bytes) return
    known.bytes = bytes
    this.#known.delete(text)
    this.#known.set(text, known)
  }

  /**
   * The key of a document: the text that the parser read. If a plugin has copied or changed the document since, the key also
   * contains its current text, so that neither the parser nor another document finds this entry.
   */
  #keyOf(document: DocumentNode): string {
    const text = document.loc?.source.body
    const isAsParsed = text !== undefined && this.#known.peek(text)?.document === document
    return isAsParsed ? text : `${text}\n#\n${print(document)}`
  }
}

function knownOf(text: string, document: DocumentNode): Known {
  let bytes = 2 * text.length
  for (let token = document.loc?.startToken ?? null; token; token = token.next) bytes += BYTES_PER_TOKEN
  return { document, operations: new Map(), documentBytes: bytes, bytes }
}

function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive: {
      enter(directive) {
        for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
      },
    },
  })
  return [...names]
}
