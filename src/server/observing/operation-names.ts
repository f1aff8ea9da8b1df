import * as pages from '../../generated/pages/graphql.ts'

/** The names of the operations of the pages and of these documents. */
export function operationNames(documents: Iterable<string>): string[] {
  const own = Object.values(pages).filter((document) => document instanceof pages.TypedDocumentString)
  return [...own.map(String), ...documents].flatMap((text) =>
    [...text.matchAll(/\b(?:query|mutation|subscription)\s+(\w+)/g)].map(([, name = '']) => name),
  )
}
