/** Carries the types of a document’s result and variables, as GraphQL tools expect it. It has no value at run time. */
export interface DocumentTypeDecoration<Result, Variables> {
  __apiType?: (variables: Variables) => Result
}

/**
 * A GraphQL document, with or without types. It is text, as GraphQL Code Generator makes it with `documentMode: 'string'`, or a
 * syntax tree, as gql.tada makes it. A syntax tree needs the client option `print`.
 */
export type Document<Result, Variables> = DocumentTypeDecoration<Result, Variables> & (string | Text | SyntaxTree)

// The methods of `String` that distinguish it from other objects.
interface Text {
  trim(): string
  toString(): string
  /** Metadata from GraphQL Code Generator. With `persistedDocuments` it has the document’s ID as `hash`. */
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined
}

interface SyntaxTree {
  readonly kind: string
}

/** Converts a syntax tree to text. */
export type Print = (document: never) => string

/** The text of a document. Throws a TypeError if it is a syntax tree and `print` is missing. */
export function textOf(document: string | Text | SyntaxTree, print: Print | undefined): string {
  if (typeof document === 'string' || !('kind' in document)) return document.toString()
  if (print) return print(document as never)
  throw new TypeError('the document is a syntax tree: pass `print` of the package graphql as an option of createClient')
}

/** The ID of a persisted document, if it has one. */
export function idOf(document: string | Text | SyntaxTree): string | undefined {
  const { hash } = (typeof document === 'object' && '__meta__' in document && document.__meta__) || {}
  return typeof hash === 'string' ? hash : undefined
}
