import type { Ledger } from '../anomalies.ts'
import { type Document, type Input, sourceOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import { type Article, readArticle } from './article.ts'
import { type Read, readHead } from './read-entry.ts'
import { writeSecondActs } from './second-acts.ts'

/**
 * Reads the guide to recognition, diplomatic and consular relations: an article a country. Each entry of a timeline becomes an
 * event for each act that its head names and for each other act that its paragraphs report, or a reported anomaly. Returns the articles, which are the sources.
 */
export function readRecognition(documents: readonly Document[], draft: Draft, ledger: Ledger): Article[] {
  const read: Read[] = []
  const articles = documents.flatMap((document) => {
    const article = readArticle(document)
    if (!article.document.text) {
      ledger.row('article', document.path, article.id).refuse('no-act', 'has no words')
      return []
    }
    read.push(...article.entries.map((entry) => readHead(article, entry, draft, ledger)))
    return [article]
  })
  // When all heads are read, it is known which acts have an entry of their own.
  for (const { anomalies, reading, refusal } of read) {
    const added = reading ? writeSecondActs(reading) : 0
    if (refusal && added === 0) anomalies.refuse(...refusal)
  }
  return articles
}

/** The source of an article: its words on the publisher's page. */
export const articleSource = ({ id, title, published, document }: Article): Input<'sources'> =>
  sourceOf(document, { title, url: `https://history.state.gov/countries/${encodeURIComponent(id)}`, published })
