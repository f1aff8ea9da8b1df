/** How GraphQL's tools mark a document with the types of its result and of its variables. It is there for types only. */
export interface DocumentTypeDecoration<Result, Variables> {
  __apiType?: (variables: Variables) => Result
}

/**
 * A GraphQL document: its text, marked with types or not, as of GraphQL Code Generator with `documentMode: 'string'`; or its
 * syntax tree, as of gql.tada, which only a client with the option `print` can send.
 */
export type Document<Result, Variables> = DocumentTypeDecoration<Result, Variables> & (string | Text | SyntaxTree)

// As much of `String` as tells it from other objects.
interface Text {
  trim(): string
  toString(): string
  /** What GraphQL Code Generator says of it: with `persistedDocuments`, its id as `hash`. */
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined
}

interface SyntaxTree {
  readonly kind: string
}

/** Turns a syntax tree into text. */
export type Print = (document: never) => string

/** The text of a document. Throws a TypeError where it is a syntax tree and there is no `print`. */
export function textOf(document: string | Text | SyntaxTree, print: Print | undefined): string {
  if (typeof document === 'string' || !('kind' in document)) return document.toString()
  if (print) return print(document as never)
  throw new TypeError('this document is a syntax tree: give the client `print` of the package graphql as an option')
}

/** The id by which a document can be asked for, where it is known. */
export function idOf(document: string | Text | SyntaxTree): string | undefined {
  const { hash } = (typeof document === 'object' && '__meta__' in document && document.__meta__) || {}
  return typeof hash === 'string' ? hash : undefined
}
