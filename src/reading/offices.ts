import { countryAt } from '../countries/in-words.ts'
import type { MentionIndex } from './mention-index.ts'
import type { Mention } from './mentions.ts'
import type { Person, Title } from './people.ts'
import type { Sentence } from './sentences.ts'
import { HONORIFICS } from './words/titles.ts'

/** An office that the text gives to a person. */
export interface Office {
  readonly person: Person
  readonly title: string
  /** The code of the country. Undefined if the words do not name it. */
  readonly country: string | undefined
  /** Why the country is a guess. */
  readonly doubt: string | undefined
  readonly at: Title
  /** The words say that the person had it before. */
  readonly isFormer: boolean
}

/** Offices that only one country has. */
const OF_ONE_COUNTRY: readonly (readonly [RegExp, string])[] = [
  [/External Affairs Minister|Minister of External Affairs/, 'IN'],
  [/Secretary of (?:State|the Treasury|Defense)|(?:Treasury|Defense) Secretary/, 'US'],
  [/Chancellor of the Exchequer|Home Secretary/, 'GB'],
  [/Taoiseach|Tánaiste/, 'IE'],
]

/** Words that are titles without being an office of a state. */
const NO_OFFICE =
  /^(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Miss|Madam|Lady|Lord|Reverend|Rev|Professor|Analyst|Economist|Father|Rabbi|Imam|Officials)\.?\s*)+$/
const OFFICE =
  /\b(?:minister|president|premier|chancellor|secretary|ambassador|envoy|adviser|advisor|commissioner|king|queen|emir|amir|sultan|emperor|pope|speaker|governor|taoiseach|spokes\w+|director|chairman|chairwoman|chair|undersecretary|representative|chief|general|senator|mayor|leader|counsell?or|coordinator|negotiator|crown prince|deputy|head)\b/i

/** The offices of a person, one for each title that does not repeat another. */
export function officesOf(person: Person, text: string, sentences: readonly Sentence[], index: MentionIndex): Office[] {
  const found: (Office & { readonly words: string })[] = []
  for (const at of person.titles) {
    const title = at.title.replace(/^(?:the|a|an|his|her|their)\s+/i, '').trim()
    if (NO_OFFICE.test(title) || !OFFICE.test(title)) continue
    const isFormer = /\b(?:former|ex|late|then|outgoing)\b/i.test(title)
    const { country, doubt } = countryOf(at, title, text, sentences, index)
    const words = comparable(title)
    const same = found.findIndex(
      (other) => other.words === words || other.words.includes(words) || words.includes(other.words),
    )
    const known = found[same]
    if (!known) found.push({ person, title: withoutHonorific(title), country, doubt, at, isFormer, words })
    else if (!known.country && country) found[same] = { ...known, country, doubt }
  }
  return found
}

const withoutHonorific = (title: string) => {
  const words = title.split(' ')
  while (words.length > 1 && /^(?:Mr|Mrs|Ms|Dr|Sir)\.?$/.test(words[0] as string)) words.shift()
  return words
    .filter((word, i) => i < words.length - 1 || !HONORIFICS.has(word) || words.length === 1 || OFFICE.test(word))
    .join(' ')
}

/** A title without its country, for comparing. */
function comparable(title: string): string {
  const words = title.replaceAll(/['’]s\b/g, '').split(/\s+/)
  const kept: string[] = []
  for (let i = 0; i < words.length; i++) {
    const country = countryAt(words, i)
    if (country) i += country.length - 1
    else if (!/^(?:of|the|and|for|former)$/i.test(words[i] as string)) kept.push(words[i] as string)
  }
  return kept.join(' ').toLowerCase()
}

function countryOf(
  { mention }: Title,
  title: string,
  text: string,
  sentences: readonly Sentence[],
  index: MentionIndex,
): Pick<Office, 'country' | 'doubt'> {
  const words = title.replaceAll(/['’]s\b/g, '').split(/[\s,]+/)
  for (let i = 0; i < words.length; i++) {
    const country = countryAt(words, i)?.code
    if (country) return { country, doubt: undefined }
  }
  const after = countryAfter(mention, sentences, index)
  if (after) return { country: after, doubt: undefined }
  // "Egypt's Foreign Minister", "French counterpart, Foreign Minister"
  const before = index
    .in(mention.sentence)
    .findLast(({ kind, end, last }) => kind === 'country' && end <= mention.start && mention.first - last <= 4)
  if (before && /^(?:['’]s|s['’])?\s*(?:counterpart,?\s*)?$/.test(text.slice(before.end, mention.start)))
    return { country: before.country, doubt: undefined }
  const one = OF_ONE_COUNTRY.find(([pattern]) => pattern.test(title))
  return one
    ? { country: one[1], doubt: `the words do not name the country; only one has this office` }
    : { country: undefined, doubt: undefined }
}

/** "President X of Y": the country comes after the name. */
function countryAfter(mention: Mention, sentences: readonly Sentence[], index: MentionIndex): string | undefined {
  const items = sentences[mention.sentence]?.items ?? []
  if (items[mention.last + 1]?.text !== 'of') return undefined
  const at = items[mention.last + 2]?.text === 'the' ? mention.last + 3 : mention.last + 2
  return index
    .in(mention.sentence)
    .find(({ kind, first, isNoun }) => kind === 'country' && isNoun && first >= at && first <= at + 2)?.country
}
