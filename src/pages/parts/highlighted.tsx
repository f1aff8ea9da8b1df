import type { Child } from 'hono/jsx'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** An excerpt of a search, which is escaped HTML with `mark` elements, as text and elements. */
export function highlighted(excerpt: string): Child[] {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((part, i) => {
    const text = unescaped(part)
    return i % 2 === 1 ? <b class="hit">{text}</b> : text
  })
}

/** A text with the words underlined that an excerpt of the same record marks. */
export function withHits(text: string, excerpt: string): Child[] {
  const hits = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, hit = '']) =>
    unescaped(hit).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  )
  if (hits.length === 0) return [text]
  return text
    .split(new RegExp(`(${hits.join('|')})`, 'giu'))
    .map((part, i) => (i % 2 === 1 ? <b class="hit">{part}</b> : part))
}

/** The text of an excerpt. */
export const plain = (excerpt: string): string => unescaped(excerpt.replace(/<\/?mark>/g, ''))

const unescaped = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity)
