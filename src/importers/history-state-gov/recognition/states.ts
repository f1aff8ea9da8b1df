import { countryAt } from '../../../countries/in-words.ts'
import { stateOn } from '../../../countries/states.ts'
import { COUNTRIES } from '../../../countries/table.ts'
import { countryCode } from '../countries.ts'
import type { Act, ActKind } from './acts.ts'
import type { Article } from './article.ts'

/** Adjectives and other names of former states. */
const OTHER_NAMES = `
X-prussia Prussian|X-bavaria Bavarian|X-wurttemberg Wurttemberg|X-sardinia Sardinian;Piedmont-Sardinia|X-tuscany Tuscan
X-genoa Genovese;Genoese|X-papal-states Papal|X-hanover Hanoverian|X-saxony Saxon|X-hanseatic-republics Hanseatic|X-texas Texan
X-brunswick-luneburg Brunswick and Luneburg;Brunswick-Lüneburg|X-north-german-confederation North German Union
X-central-american-federation Federation of Central American States;Federation of the Centre of America|X-hawaii Hawaiian;Sandwich Islands
X-peru-bolivian-confederation Peru-Bolivia Confederation|X-ryukyu Lew Chew|X-congo-free-state Independent State of Congo
X-austria-hungary Austro-Hungarian|X-frankfurt-federal-government German Federation|TR Ottoman Empire;Ottoman
CSHH Czechoslovakian;Czecho-Slovak;Czechoslovak|YDYE Southern Yemen;People’s Democratic Republic of Yemen;PDRY;Aden
YE Yemen Arab Republic;North Yemen;Northern Yemen|TW Taipei;Formosa|VDVN North Vietnam;North Vietnamese
DE German Empire;German Federal Republic;Federal Republic of Germany;German|EG United Arab Republic;UAR
DDDE East German;East Germany;German Democratic Republic;GDR|YUCS Federal Republic of Yugoslavia;FRY
YUCS Kingdom of Serbs, Croats, and Slovenes;Kingdom of the Serbs, Croats, and Slovenes;Kingdom of the Serbs, Croats and Slovenes`

/** Names that the list of present countries has not. The longest comes first. */
const NAMES = [
  ...[...COUNTRIES.values()]
    .filter(({ code }) => code.startsWith('X-') && !['X-korea', 'X-kosovo'].includes(code))
    .map(({ name, code }) => ({ name: name.replace(/^the /, ''), code })),
  ...OTHER_NAMES.trim()
    .split(/[|\n]/)
    .flatMap((entry) => {
      const space = entry.indexOf(' ')
      const code = entry.slice(0, space)
      return entry
        .slice(space + 1)
        .split(';')
        .map((name) => ({ name, code }))
    }),
].sort((a, b) => b.name.length - a.name.length)

const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

/** The codes of the states that words name, in their order. Names that several states share are left out. */
export function statesNamed(words: string): string[] {
  let rest = words.replace(/\b\p{Lu}\p{L}+ City\b/gu, '')
  const found: { at: number; code: string }[] = []
  for (const { name, code } of NAMES) {
    for (let at = rest.indexOf(name); at >= 0; at = rest.indexOf(name, at + 1)) {
      if (isLetter(rest[at - 1]) || isLetter(rest[at + name.length])) continue
      found.push({ at, code })
      rest = rest.slice(0, at) + ' '.repeat(name.length) + rest.slice(at + name.length)
    }
  }
  const tokens = Array.from(rest.matchAll(/\S+/g), ({ index, 0: token }) => ({
    index,
    word: token.replace(/^[“"‘(]+/, '').replace(/(?:[’']s?)?[,;:)”"]*(?:(?<!\b\p{Lu})\.)?$/u, ''),
  }))
  const plain = tokens.map(({ word }) => word)
  for (let at = 0; at < plain.length; at++) {
    const named = countryAt(plain, at)
    if (!named) continue
    if (named.code) found.push({ at: tokens[at]?.index ?? 0, code: tableCode(named.code) })
    at += named.length - 1
  }
  return found.sort((a, b) => a.at - b.at).map(({ code }) => code)
}

/** The list of adjectives has other codes for two states than the table of countries. */
const tableCode = (code: string) => ({ 'X-north-vietnam': 'VDVN', 'X-south-vietnam': 'VN' })[code] ?? code

/** The states of an act. */
export interface States {
  /** The state on the other side of the United States. Undefined if the article's ID is not in the table. */
  readonly other: string | undefined
  /** True if it is not the state of the article. */
  readonly isNamed: boolean
}

/** The state of the article on a day. */
export const articleState = ({ id, label }: Article, day: string): string | undefined =>
  countryCode({ id, label, from: day })

/**
 * The state on the other side of an act: the article's on that day, unless the act's words name only another one. A recognized
 * state is the one that the words name.
 */
export function statesOf(article: Article, act: Act, head: string, sentence: string, day: string): States {
  const own = articleState(article, day)
  const isTreaty = /\b(?:treaty|convention|agreement|declaration)\b/i.test(act.words)
  if (act.kind === 'OTHER' && !isTreaty) return { other: own, isNamed: false }
  const always = articleState(article, '')
  // A head with several dates names only one of the states that were recognized.
  const isSeveral = act.kind === 'RECOGNIZED' && /\d{4} (?:&|and) \d{4}/.test(head)
  const object = objectIn(act.kind, sentence)
  const said = /RELATIONS_(?:SEVERED|INTERRUPTED)/.test(act.kind) ? `${object}; ${subjectIn(sentence)}` : object
  const places = act.kind === 'OTHER' ? [sentence] : isSeveral ? [said, head] : [act.words, said, head]
  for (const words of places) {
    const all = [...new Set(statesNamed(words))].filter((code) => code !== 'US')
    // “recognized the Federation from Spain”: the first one is recognized.
    const named = words === object ? all.slice(0, 1) : all
    if (named.length === 0) continue
    if (act.kind === 'RECOGNIZED' && named.length === 1 && named[0] === always) return { other: always, isNamed: true }
    if (named.some((code) => code === own || code === always)) return { other: own, isNamed: false }
    if (named.length === 1) return { other: stateOn(named[0] as string, day), isNamed: true }
  }
  return { other: own, isNamed: false }
}

/** The words after “recognized” for a recognition, after “relations with” for other acts. */
function objectIn(kind: ActKind, sentence: string): string {
  const before =
    kind === 'RECOGNIZED'
      ? /\brecogni[sz]ed(?: the (?:full )?independence of)?\s+/i
      : /\brelations (?:with|between the United States and)\s+/i
  const [found] = before.exec(sentence) ?? []
  const after = found ? sentence.slice(sentence.indexOf(found) + found.length) : ''
  return /^(?:the )?(?:[^\s,.;]+\s+){0,6}[^\s,.;]+/i.exec(after)?.[0] ?? ''
}

/** The words before “severed relations”. */
function subjectIn(sentence: string): string {
  const [, subject = ''] =
    /(?:^|[,;] |\b(?:that|and|when) )((?:The )?[^,;]{2,60}?) (?:(?:had|was|officials|announced) )*(?:severed|severing|broke|suspended|interrupted|terminated)\b(?: off)?[^.;]{0,30}? relations/i.exec(
      sentence,
    ) ?? []
  return subject
}

/** True if a sentence is about relations with other states only: “broke relations with Germany and Japan”. */
export function concernsOthers(article: Article, sentence: string): boolean {
  const [, partners] = /\brelations with ([^.;]*)/i.exec(sentence) ?? []
  if (!partners || /\b(?:United States|U\.S\.)/.test(sentence)) return false
  const named = statesNamed(partners)
  return named.length > 0 && !named.includes(articleState(article, '') ?? '')
}

/** The state that acted, if the words say so. */
export function actorOf(act: Act, head: string, sentence: string, other: string): string | undefined {
  const { kind, words } = act
  if (/\bmutual\b/i.test(head)) return undefined
  const american = /^(?:limited )?(?:the )?(?:U\.?S\.?|United States|American)\b/i
  if (kind === 'RECOGNIZED') {
    if (/\brecog\w*\s+(?:of |the )*(?:independence of )?(?:the )?(?:U\.S\.|United States)/i.test(words)) return other
    if (
      american.test(words) ||
      /\bThe United States (?:\w+ )?recogni[sz]ed\b|\brecogni[sz]ed by the United States\b|\bUnited States[’'] recognition\b/i.test(
        sentence,
      )
    )
      return 'US'
    return undefined
  }
  if (/SEVERED|INTERRUPTED|ENDED/.test(kind)) {
    const [, by = ''] = /\bby (?:the )?(.+)$/i.exec(words) ?? []
    const subject = subjectIn(sentence)
    const said = statesNamed(
      by || (american.test(words) && /severs|suspends|breaks|interrupts/i.test(words) ? 'United States' : subject),
    )
    const [one, ...more] = new Set(said)
    if (more.length === 0 && one && !/\brelations\b/i.test(subject))
      return one === 'US' || one === other ? one : by ? other : undefined
    return undefined
  }
  if (/OPENED|RAISED|CLOSED/.test(kind)) {
    const [, owner = ''] = /((?:\b\p{Lu}[\p{L}.’'-]*\s+){1,3})(?:legation|embass)/iu.exec(words) ?? []
    const said = statesNamed(owner)
    const [one] = said
    if (said.length === 1 && (one === 'US' || one === other)) return one
    if (
      /\bThe United States (?:also |had )?(?:closed|opened|re-?opened|established|elevated|raised|upgraded)\b|\b(?:American|U\.S\.|United States) (?:embassy|legation)/i.test(
        sentence,
      )
    )
      return 'US'
  }
  return undefined
}
