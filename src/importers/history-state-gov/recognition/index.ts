import type { Ledger } from '../anomalies.ts'
import { type Document, type Input, sourceOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import { type Article, readArticle } from './article.ts'
import { readEntry } from './read-entry.ts'

/**
 * Reads the guide to recognition, diplomatic and consular relations: an article a country. Each entry of a timeline becomes an
 * event for each act that its head names, or a reported anomaly. Returns the articles, which are the sources.
 */
export function readRecognition(documents: readonly Document[], draft: Draft, ledger: Ledger): Article[] {
  return documents.flatMap((document) => {
    const article = readArticle(document)
    if (!article.document.text) {
      ledger.row('article', document.path, article.id).refuse('no-act', 'has no words')
      return []
    }
    for (const entry of article.entries) readEntry(article, entry, draft, ledger)
    return [article]
  })
}

/** The source of an article: its words on the publisher's page. */
export const articleSource = ({ id, title, published, document }: Article): Input<'sources'> =>
  sourceOf(document, { title, url: `https://history.state.gov/countries/${encodeURIComponent(id)}`, published })
