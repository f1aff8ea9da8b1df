import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type Source,
  type SourceLocation,
  visit,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { LRUCache } from 'lru-cache'
import { Selections } from '../schema/selection.ts'
import { sizeOf } from './size.ts'

/** Executes an operation of a valid document. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** Compiling takes longer than executing a few times, so an operation is compiled when it comes again … */
const COMES_AGAIN = 2
/** … and is small (`size.ts`): the time is that of its size, and so is the memory, of which there is enough for so many. */
const LARGEST = 200
const ROOM = 10_000

/**
 * Executes by the reference implementation what comes once, and compiles what comes again: a compiled operation completes
 * its fields in a third of the time. Both give fields in the order of the question, as the specification wants it and as
 * Yoga's own executor does not.
 */
export function compiling(): Execute {
  const times = new WeakMap<OperationDefinitionNode, number>()
  const compiled = new LRUCache<OperationDefinitionNode, Compiled>({
    maxSize: ROOM,
    sizeCalculation: ({ size }) => size,
    // Where more operations take turns than there is room for, compiling them each time would take longer than executing.
    dispose(_, operation, reason) {
      if (reason === 'evict') times.delete(operation)
    },
  })

  function compiledOf(args: ExecutionArgs, operation: OperationDefinitionNode): Compiled | undefined {
    const found = compiled.get(operation)
    if (found) return found
    const came = (times.get(operation) ?? 0) + 1
    times.set(operation, came)
    if (came <= COMES_AGAIN) return undefined
    const made = compile(args, operation)
    compiled.set(operation, made)
    return made
  }

  return (args) => {
    const operation = getOperationAST(args.document, args.operationName)
    const { query } = (operation && compiledOf(args, operation)) ?? {}
    const context = args.contextValue as { selections: Selections }
    const selections = new Selections(args.document, { mustBeWhole: query !== undefined })
    context.selections = selections
    if (!operation || !query) return execute(args) as ExecutionResult | Promise<ExecutionResult>
    const result = query(args.rootValue, context, args.variableValues)
    return result instanceof Promise ? result.then(checked) : checked(result)

    function checked(result: ExecutionResult) {
      if (selections.areWhole)
        return result.errors ? { ...result, errors: placed(result.errors, args.document) } : result
      // It may be whole with other variables; but whoever asks so once does so again.
      compiled.set(operation as OperationDefinitionNode, LEFT)
      context.selections = new Selections(args.document)
      return execute(args) as ExecutionResult | Promise<ExecutionResult>
    }
  }
}

/** An operation as a function, if it is one, and its size. */
interface Compiled {
  readonly query?: CompiledQuery['query']
  readonly size: number
}

/** Left to the reference implementation. */
const LEFT: Compiled = { size: 1 }

/** What loads records by their ids, of any type, is never whole (`schema/builder.ts`). */
const BY_ID = new Set(['node', 'nodes'])

function compile({ schema, document }: ExecutionArgs, operation: OperationDefinitionNode): Compiled {
  const asksById = operation.selectionSet.selections.some((one) => one.kind === Kind.FIELD && BY_ID.has(one.name.value))
  if (asksById || isConditional(document)) return LEFT
  const size = sizeOf(schema, document, operation, LARGEST)
  if (size > LARGEST) return LEFT
  const compiled = compileQuery(schema, document, operation.name?.value)
  return isCompiledQuery(compiled) ? { query: compiled.query, size } : LEFT
}

/**
 * Whether a document has both fragments that are spread and fields that are skipped or included: graphql-jit 0.8.9 takes a
 * condition of one spread for one of all.
 */
function isConditional(document: DocumentNode): boolean {
  let spreads = false
  let conditions = false
  visit(document, {
    FragmentSpread() {
      spreads = true
    },
    Directive() {
      conditions = true
    },
  })
  return spreads && conditions
}

/** Errors of compiled operations have the places of their fields as lines and columns, which whoever wraps an error leaves out. */
function placed(errors: readonly GraphQLError[], { loc }: DocumentNode): GraphQLError[] {
  return errors.map(({ message, locations, path, originalError, extensions }) => {
    const source = loc?.source ?? null
    const positions = source && locations ? locations.map((place) => positionOf(source, place)) : null
    return new GraphQLError(message, {
      path: path ?? null,
      originalError: originalError ?? null,
      extensions,
      source,
      positions,
    })
  })
}

function positionOf({ body }: Source, { line, column }: SourceLocation): number {
  const ends = /\r\n|[\n\r]/g
  for (let passed = 1; passed < line; passed++) ends.exec(body)
  return ends.lastIndex + column - 1
}
