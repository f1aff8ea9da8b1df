import type { MentionIndex } from './mention-index.ts'
import type { Person } from './people.ts'
import type { Sentence } from './sentences.ts'
import type { Span } from './span.ts'

/** An agreement that the text says something about, with the stages that it names. */
export interface Agreement {
  /** As in the text: "trade agreement". */
  readonly title: string
  readonly kind: 'DEAL' | 'TREATY' | 'MEMORANDUM' | 'OTHER'
  readonly parties: readonly string[]
  readonly stages: readonly Stage[]
}

interface Stage extends Span {
  readonly status: 'ANNOUNCED' | 'IN_NEGOTIATION' | 'SIGNED' | 'IN_FORCE' | 'ENDED'
  readonly sentence: Sentence
  readonly by: readonly Person[]
}

const NOUN =
  /\b((?:\p{Lu}[\p{L}–-]+ |\p{Ll}[\p{L}-]+ |free[- ]){0,2}?)(agreement|deal|treaty|accord|pact|memorandum of understanding|MoU|convention|protocol)(?![\p{L}])/gu

/** The stage words, the further along first. */
const STAGES: readonly (readonly [Stage['status'], RegExp])[] = [
  ['ENDED', /\b(?:terminated|withdrew from|abrogated|denounced|expired|suspended)\b/i],
  ['IN_FORCE', /\b(?:entered into force|came into force|took effect|in force|ratified)\b/i],
  ['SIGNED', /\b(?:signed|signing|initialled|inked|concluded)\b/i],
  ['ANNOUNCED', /\b(?:announced|announcement|unveiled|clinched|reached|struck|sealed)\b/i],
  ['IN_NEGOTIATION', /\b(?:negotiat\w+|final stages?|talks on|finali[sz]ed?|working (?:on|towards?)|close to)\b/i],
]
const NOT_YET =
  /\b(?:will|would|to|could|may|might|should|not|hop\w+|expect\w+|plan\w+|if|until|before|once|soon|towards?)\s+(?:[\p{L}-]+\s+){0,3}$/iu

/** How far from the noun a stage word may be. */
const NEAR = 60

/** The agreements between two countries or more. */
export function agreementsIn(
  text: string,
  sentences: readonly Sentence[],
  index: MentionIndex,
  countries: readonly string[],
): Agreement[] {
  const found = new Map<
    string,
    { title: string; kind: Agreement['kind']; parties: readonly string[]; stages: Stage[] }
  >()
  for (const sentence of sentences) {
    const words = text.slice(sentence.start, sentence.end)
    for (const match of words.matchAll(NOUN)) {
      const [, adjectives = '', noun = ''] = match
      const stage = stageNear(words, match.index, match.index + match[0].length)
      if (!stage) continue
      const here = index
        .in(sentence.index)
        .flatMap(({ kind, country }) => (kind === 'country' && country ? [country] : []))
      const parties = [...new Set(here)].length > 1 ? [...new Set(here)].slice(0, 2) : countries.slice(0, 2)
      if (parties.length < 2) continue
      const key = noun.toLowerCase().replace(/deal|agreement|pact|accord/, 'agreement')
      const agreement = found.get(key) ?? { title: titleOf(adjectives, noun), kind: kindOf(noun), parties, stages: [] }
      found.set(key, agreement)
      if (agreement.stages.some(({ status }) => status === stage.status)) continue
      const by = announcers(sentence, stage, index)
      agreement.stages.push({
        status: stage.status,
        sentence,
        start: sentence.start + stage.start,
        end: sentence.start + stage.end,
        by,
      })
    }
  }
  return [...found.values()]
}

const titleOf = (adjectives: string, noun: string) => {
  const kept = adjectives
    .trim()
    .split(/\s+/)
    .filter(
      (word) =>
        /^(?:\p{Lu}|free|trade|defen[cs]e|peace|nuclear|security|border|energy|tax|investment|water|fisheries|visa|aviation|extradition|economic|interim|bilateral|framework|grain|climate|minerals|labou?r|cultural)/u.test(
          word,
        ) && !/^(?:The|A|An|This|That|Their|In|On)$/.test(word),
    )
  return [...kept, noun].join(' ')
}

function kindOf(noun: string): Agreement['kind'] {
  if (/^(?:treaty|convention|protocol)$/i.test(noun)) return 'TREATY'
  if (/^(?:memorandum|mou)/i.test(noun)) return 'MEMORANDUM'
  return /^(?:agreement|deal|pact|accord)$/i.test(noun) ? 'DEAL' : 'OTHER'
}

function stageNear(words: string, start: number, end: number) {
  const from = Math.max(0, start - NEAR)
  const near = words.slice(from, end + NEAR)
  for (const [status, pattern] of STAGES) {
    const match = pattern.exec(near)
    if (!match || NOT_YET.test(near.slice(0, match.index))) continue
    const at = from + match.index
    return { status, start: Math.min(start, at), end: Math.max(end, at + match[0].length) }
  }
  return undefined
}

/** "announced by A and B" */
function announcers(
  sentence: Sentence,
  { status }: { readonly status: Stage['status'] },
  index: MentionIndex,
): Person[] {
  if (status !== 'ANNOUNCED' && status !== 'SIGNED') return []
  const by = sentence.items.find(
    ({ text }, i) => text === 'by' && /^announce|sign/.test(sentence.items[i - 1]?.lemma ?? ''),
  )
  const named = by ? index.named(sentence.index, { start: by.end, end: Math.min(sentence.end, by.end + 2 * NEAR) }) : []
  return [...new Set(named.map((mention) => index.person(mention) as Person))].slice(0, 2)
}
