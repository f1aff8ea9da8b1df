/** Characters that nobody sees, except the two that join and separate letters in Persian and Indic scripts, and emoji. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Text without invisible characters and surplus white space, with composed letters. */
export const clean = (text: string): string =>
  text.replaceAll(INVISIBLE, '').normalize('NFC').replaceAll(/\s+/g, ' ').trim()

/** Text for a message: cut to 60 characters, with invisible characters escaped. */
export function show(text: string): string {
  const points = Array.from(text.slice(0, 200))
  const quoted = JSON.stringify(points.length > 60 ? `${points.slice(0, 60).join('')}…` : text)
  return quoted.replaceAll(/[\p{Cf}\u2028\u2029]/gu, escaped)
}

const escaped = (character: string) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`
