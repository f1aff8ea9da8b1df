import { Parser } from 'htmlparser2'

/** How a document is written. */
export type DocumentForm = 'text' | 'html' | 'markdown'

/** The form of a document, by the ending of its name or by how it begins. */
export function formOf(file: string, content: string): DocumentForm {
  if (/\.html?$/i.test(file) || /^\s*(?:<!doctype html|<html[\s>])/i.test(content.slice(0, 500))) return 'html'
  return /\.(?:md|markdown)$/i.test(file) ? 'markdown' : 'text'
}

/** The plain text of a document, to which offsets refer. */
export function plainTextOf(content: string, form: DocumentForm): string {
  if (form === 'html') return textOfHtml(content)
  return form === 'markdown' ? textOfMarkdown(content) : content
}

const BLOCKS = new Set(
  'address article blockquote br div dd dt figcaption h1 h2 h3 h4 h5 h6 hr li main ol p pre section table td th tr ul title'.split(
    ' ',
  ),
)
const LEFT_OUT = new Set(
  'script style template noscript svg nav header footer aside form button select iframe head'.split(' '),
)

function textOfHtml(html: string): string {
  const parts: string[] = []
  let hidden = 0
  const parser = new Parser({
    onopentagname(name) {
      if (LEFT_OUT.has(name)) hidden++
      if (BLOCKS.has(name)) parts.push('\n')
    },
    ontext(text) {
      if (hidden === 0) parts.push(text.replaceAll(/\s+/g, ' '))
    },
    onclosetag(name) {
      if (LEFT_OUT.has(name) && hidden > 0) hidden--
      if (BLOCKS.has(name)) parts.push('\n')
    },
  })
  parser.end(html)
  return linesOf(parts.join(''))
}

/** Removes the marks of headings, lists, emphasis, links and images. */
function textOfMarkdown(markdown: string): string {
  const inline = markdown
    .replaceAll(/^(?:---|\+\+\+)\n[\s\S]*?\n(?:---|\+\+\+)\n/g, '')
    .replaceAll(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replaceAll(/!\[[^\]\n]{0,1000}\]\([^)\n]{0,2000}\)/g, '')
    .replaceAll(/\[([^\]\n]{0,1000})\]\([^)\n]{0,2000}\)/g, '$1')
    .replaceAll(/<(https?:[^>\s]*)>/g, '$1')
    .replaceAll(/(\*\*|__)(?=\S)([^\n]{0,1000}?\S)\1/g, '$2')
    .replaceAll(/(?<![\p{L}\d*_])([*_])(?=\S)([^*_\n]{0,1000}?\S)\1(?![\p{L}\d])/gu, '$2')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+.!>-])/g, '$1')
  const lines = inline
    .split('\n')
    .map((line) => line.replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+\.\s+)/, '').replace(/^(?:[-*_]\s*){3,}$/, ''))
  return linesOf(lines.join('\n').replaceAll(/([^\n])\n(?=[^\n])/g, '$1 '))
}

/** Without empty lines, and without spaces around lines. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n')
