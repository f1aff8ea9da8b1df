import { slugOf } from '../../../people/names.ts'
import { plain } from '../../../people/romanise.ts'

/** Words of titles before a name, in lower case and without hyphens. */
const TITLE_WORDS = new Set(
  `acting interim provisional transitional former deputy vice first second prime minister minster ministere president elect designate premier
  chancellor federal king queen emperor empress shah sultan amir emir crown hereditary prince princess grand duke duchess
  regent pope general secretary chairman chairwoman chairperson chief head junta member governor foreign external affairs defense defence
  finance interior taoiseach captain supreme leader state counselor councilor council ruler co presidency government
  ambassador high commissioner representative speaker lieutenant brigadier major colonel field marshal admiral
  archbishop sheikh sheik doctor dr lord`.split(/\s+/),
)

/** Ranks and forms of address. After an office they belong to the name; alone they are not an office. */
const RANKS =
  /^(lieutenant|brigadier|major|colonel|field|marshal|admiral|archbishop|sheikh|sheik|doctor|dr|lord|captain|general|viscount|earl)$/

const REIGNING = /^(shah|sultan|amir|emir|king|queen)$/i

/** The complement of an office: "of State", "of the Presidency", "of the Council of Ministers". */
const OF =
  /^\s+of\s+(?:the\s+)?(?:(?:State|Government|Presidency|Council|Ministers|Foreign|External|Affairs|National|Revolutionary|Supreme|Military|Command|Junta|Transitional|Provisional|Sovereign(?:ty)?|Executive|Committee|Party|Defen[cs]e|Interior|Relations|Security|Assembly|Parliament|Senate|Federation|Republic|Union|Board|Peace|Redemption|Salvation|for|and)\b\s*)+/

/** A title and a name, with their range in the text. */
export interface Titled {
  readonly title?: string
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Splits `President Anwar Sadat, Prime Minister Mustafa Khalil` into people, and each into title and name. */
export function readVisitors(text: string): Titled[] {
  const parts: { start: number; end: number }[] = []
  let start = 0
  for (const { index, 0: separator } of text.matchAll(/\s*;\s*|,\s+(?:and\s+)?|\s+(?:and|&)\s+/g)) {
    const end = index + separator.length
    const names = (from: number, to: number) => readTitled(text, from, to).name !== ''
    const after = readTitled(text, end, text.length)
    // "Aquino, 3rd" continues because no title follows; "Premier and Prince Sihanouk" continues because no name precedes.
    if (!names(start, index) || after.name === '' || (!after.title && !separator.includes(';'))) continue
    parts.push({ start, end: index })
    start = end
  }
  parts.push({ start, end: text.length })
  return parts.map((part) => readTitled(text, part.start, part.end)).filter(({ name }) => name !== '')
}

function readTitled(text: string, start: number, end: number): Titled {
  const whole = text.slice(start, end)
  let at = 0
  let officeEnd = 0
  for (;;) {
    const rest = whole.slice(at)
    const of = at > 0 && OF.exec(rest)
    const word = /^(?:\s*(?:[-–&,]|and\b)?\s*)([A-Za-zÀ-ž]+?\.?)(?=[\s\-–,&]|$|(?<=[a-z])(?=[A-Z]))/.exec(rest)
    // "Prime Minister Shah Mahmud Khan": a prime minister is not a monarch, so "Shah" is a name.
    if (
      word &&
      /\b(minister|president|premier|chancellor)\b/i.test(whole.slice(0, at)) &&
      REIGNING.test(word[1] as string)
    )
      break
    if (of) at += of[0].trimEnd().length
    else if (word && TITLE_WORDS.has(plain(word[1] as string).replace('.', ''))) at += word[0].length
    else break
    if (
      of ||
      !RANKS.test(plain(word?.[1] ?? '').replace('.', '')) ||
      /(governor|secretary|captain)[\s-]+(general|regent)$/i.test(whole.slice(0, at))
    )
      officeEnd = at
  }
  // A rank or "Prince" after an office belongs to the name. A rank alone is not an office.
  const title = whole.slice(0, officeEnd).trim()
  const name = whole
    .slice(title ? officeEnd : 0)
    .trim()
    .replace(title ? /^$/ : /^(?:(?:lieutenant|brigadier|major)[ -])?general\s+(?=\S)/i, '')
  const office = /^(.+?)(?:\s*-\s*|\s+(?:and|&)\s+|\s+)Prince$/i.exec(title)
  if (office && !/\b(crown|hereditary|grand)$/i.test(office[1] as string)) {
    return { title: clean(office[1] as string), name: name && `Prince ${name}`, start, end }
  }
  return {
    ...(title && { title: clean(title) }),
    name: title && name === '' ? '' : name.replace(/^[-–,]\s*/, ''),
    start,
    end,
  }
}

const clean = (title: string) =>
  title
    .replace(/\s*-\s*(elect|designate)/i, '-$1')
    .replace(/Minst(er)|Ministere\b/, 'Minister')
    .replaceAll(/\s+/g, ' ')

/** The kind of an office, independent of its title. Holders of one kind in one country succeed each other. */
export interface Office {
  /** `president`, `prime-minister`, `monarch`, `foreign-minister`, or the title itself as a slug. */
  readonly kind: string
  /** Former, elect (not yet in office), acting, or in office. */
  readonly standing: 'former' | 'elect' | 'acting' | 'full'
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\b(deputy|vice|first) (prime minister|premier|chairman of the council)/, 'deputy-prime-minister'],
  [/\bvice president\b/, 'vice-president'],
  [/\b(deputy|vice|assistant|under)\b.*\b(foreign|external|minister|secretary)/, 'deputy'],
  [/\b(crown|hereditary) (prince|princess)|heir/, 'crown-prince'],
  [/\bpope\b/, 'pope'],
  [
    /\bprime minister|\bpremier\b|\bchancellor\b(?!.*exchequer)|\btaoiseach\b|\bpresident of the (council|government)|\bhead of government/,
    'prime-minister',
  ],
  [
    /\bforeign (affairs )?minister|\bforeign (affairs )?secretary|\b(minister|secretary)( of state)? (of|for) (foreign|external)|\bexternal (affairs|relations) minister|secretary (of|for) foreign (relations|affairs)/,
    'foreign-minister',
  ],
  [/\bdefen[cs]e minister|\bminister (of|for) (national )?defen[cs]e|\bdefen[cs]e secretary/, 'defense-minister'],
  [/\bminister\b/, 'minister'],
  [/\bregent\b/, 'regent'],
  [/\bqueen mother\b/, 'queen-mother'],
  [
    /\bking\b|\bqueen\b|\bemperor\b|\bempress\b|\bshah\b|\bsultan\b|\bamir\b|\bemir\b|\bgrand (duke|duchess)\b|^prince$|\bruler\b/,
    'monarch',
  ],
  [/^president\b|\b(chief|head) of state\b|\bchairman of the presidency|^co president/, 'president'],
  [/\bsecretary general of|\bdirector general\b/, 'director'],
  [/\b(general|first) secretary\b|\bparty\b.*\b(secretary|chairman|leader)|^chairman\b|\bchairm[ae]n$/, 'chairman'],
  [/\bsecretary of state\b|^secretary$/, 'secretary-of-state'],
  [/\bambassador\b/, 'ambassador'],
  [/\bspeaker\b/, 'speaker'],
]

/** Reads a title as an office. */
export function officeOf(title: string): Office {
  const words = plain(title)
    .replaceAll(/[^a-z]+/g, ' ')
    .replace(/\bminst?er\b|\bministere\b/, 'minister')
    .trim()
  const standing = /\b(former|ex|deposed|exiled|then)\b/.test(words)
    ? 'former'
    : /\b(elect|designate)\b/.test(words)
      ? 'elect'
      : /\b(acting|interim|provisional)\b/.test(words)
        ? 'acting'
        : 'full'
  const bare = words
    .replaceAll(/\b(former|ex|elect|designate|acting|interim|provisional|transitional)\b/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const kind = KINDS.find(([pattern]) => pattern.test(bare))?.[1] ?? slugOf(bare)
  return { kind: kind || 'none', standing }
}

const LEADERS = new Set(['president', 'prime-minister', 'chairman', 'regent'])
const RULERS = new Set(['monarch', 'crown-prince', 'regent', 'pope'])

export const isLeader = (kind: string): boolean => LEADERS.has(kind)
export const isRuler = (kind: string): boolean => RULERS.has(kind)

/** True if a person often moves from one office to the other, so that family name and country identify them. */
export const areNear = (one: string, other: string): boolean =>
  one === other || (LEADERS.has(one) && LEADERS.has(other)) || (RULERS.has(one) && RULERS.has(other))
