import type { Server } from '../api/ask.ts'

/** What a browser accepts. */
export const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

export const getFrom = async (server: Server, path: string, headers: Record<string, string> = BROWSER) =>
  await server.fetch(`http://localhost${path}`, { headers })

/** The text that a page shows, without tags. */
export const textOf = (html: string) =>
  html
    .replace(/<(head|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
