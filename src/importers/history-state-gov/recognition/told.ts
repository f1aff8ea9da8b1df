import { type ActKind, kindOfDoing } from './acts.ts'
import type { Line } from './article.ts'
import { type DatedSentence, isNotDoneBefore, isOfAnotherAct, isOfPerson } from './dating.ts'

/** An act that a sentence reports with a finite verb. */
export interface Told {
  readonly kind: ActKind
  /** The clause of the act, with its date if it has one. */
  readonly clause: Line
  readonly sentence: Line
  /** The date that the words give to the act, as EDTF. Undefined if they leave it open. */
  readonly date: string | undefined
}

const ADVERBS =
  '(?:(?:also|first|formally|officially|finally|again|then|itself|subsequently|once|temporarily|permanently|thus|mutually|jointly|briefly|fully) )*'
/** A few words between two parts of a clause: no verb, no other clause. */
const FEW =
  '(?:(?! (?:and|but|or|when|while|which|that|who|after|before|to|was|were|had|has|have|would|be|been) )[^;:,]){0,60}?'
/** The same before an object: “established an office in the embassy” establishes no embassy. */
const FEW_BEFORE_OBJECT = FEW.replace('and|', 'and|in|at|with|by|under|from|')
const MISSION =
  '(?:embass(?:y|ies)|legation|(?:diplomatic|American|U\\.S\\.|United States) mission)\\b(?! (?:staff|personnel|operations|building|compound|premises|property|archives|services?|functions))'
const THING = `(?<thing>(?:consular |diplomatic )?(?:relations|ties)\\b|${MISSION})`
const DONE =
  '(?<done>re-?established|re-?opened|resumed|restored|established|opened|closed|severed|broken?(?: off)?|interrupted|suspended|ended|terminated)\\b'
const RAISED = '(?:raised|elevated|upgraded|promoted)'

const tell = (pattern: string) => new RegExp(pattern, 'giu')

/** How a sentence says that something was done to relations or to a mission. */
const DOINGS = [
  // “The embassy in X was closed”
  tell(`\\b${THING}${FEW} (?:was|were) (?:not )?${ADVERBS}${DONE}`),
  // “closed the legation”
  tell(`(?<=[\\p{L}.)’] ${ADVERBS})\\b${DONE}${FEW_BEFORE_OBJECT} ${THING}`),
  // “did not close the legation until July 29”
  tell(`\\bdid not ${ADVERBS}(?<base>(?:re-?)?establish|(?:re-?)?open|resume|close)${FEW_BEFORE_OBJECT} ${THING}`),
  // “The embassy reopened on May 9”
  tell(
    `\\b(?<thing>${MISSION})${FEW} ${ADVERBS}(?<done>re-?opened|opened|closed)(?= (?:on|in|at|as|with|under|its|that|the|for)\\b|[,.;]|$)`,
  ),
]

const RAISINGS = [
  // “The legation was raised to embassy status”, “became an embassy”
  tell(
    `\\b(?:embassy|legation|mission|consulate(?: general)?)\\b${FEW} (?:(?:was|were) ${ADVERBS}${RAISED} (?:to|into)|became)${FEW} embassy\\b`,
  ),
  // “raised its legation to an embassy”
  tell(`(?<=[\\p{L}.)’] ${ADVERBS})\\b${RAISED}${FEW} (?:to|into)${FEW} embass(?:y|ies)\\b`),
]

/** A recognition by the United States of a state or a government. */
const RECOGNITIONS = [
  tell(
    `\\b(?:United States(?: Government)?|U\\.S\\. Government|it) (?:had )?${ADVERBS}recognized (?!that\\b)(?=[^;,.]{0,60}(?:\\b(?:independence|government|republic|kingdom|state|nation|country|union|sovereign)|\\p{Lu}))`,
  ),
  tell(`\\b(?:independence|government|republic|kingdom)\\b${FEW} was ${ADVERBS}recognized by the United States\\b`),
]

/** Words with which another clause starts. */
const CLAUSE =
  /;\s*|(?:,\s+|\s+)(and|but|when|while|whereupon|although|which|who|whom|whose|that|where|because|if|(?:after|before|until)(?=[^,;]*\b(?:was|were|had|\w+ed)\b))\s+(?!(?:(?:the\s+)?(?:end|close|beginning)\s+of|early|late|\w+\s+\d{1,2},|\d{4}\b|(?:very\s+)?(?:same|day|date|time|year|city|post)\b))/gi

interface Clause {
  readonly joint: string
  readonly start: number
  readonly end: number
}

function clausesOf(text: string): Clause[] {
  const joints = Array.from(text.matchAll(CLAUSE), ({ index, 0: { length }, 1: joint = ';' }) => ({
    joint: joint.toLowerCase(),
    end: index,
    start: index + length,
  }))
  const isCondition = /^(?:if|unless)\b/i.test(text)
  return [{ joint: isCondition ? 'if' : '', start: 0 }, ...joints].map(({ joint, start }, at) => ({
    joint,
    start,
    end: joints[at]?.end ?? text.length,
  }))
}

/** The acts that a sentence reports, each with the date of its clause. */
export function actsTold(dated: DatedSentence): Told[] {
  const { sentence } = dated
  const { text } = sentence
  const clauses = clausesOf(text)
  const found = [
    ...DOINGS.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), (match) => ({
        match,
        kind: kindOfDoing(
          match.groups?.['thing'] ?? '',
          match.groups?.['done'] ?? match.groups?.['base']?.replace(/e?$/, 'ed') ?? '',
        ),
      })),
    ),
    ...RAISINGS.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), (match) => ({ match, kind: 'RAISED_TO_EMBASSY' as const })),
    ),
    ...RECOGNITIONS.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), (match) => ({ match, kind: 'RECOGNIZED' as const })),
    ),
  ]
  return found.flatMap(({ match: { index, 0: words }, kind }) => {
    if (!kind || isNotDoneBefore(text.slice(0, index))) return []
    const at = clauses.findLastIndex(({ start }) => start <= index)
    const { end, joint } = clauses[at] as Clause
    // “Diplomatic relations and the American Legation were established”
    const isShared = joint === 'and' && /\bwere\b/.test(words) && !/^\w*\s*(?:relations|ties)/i.test(words)
    const { start } = (isShared && clauses[at - 1]) || (clauses[at] as Clause)
    if (joint === 'if' || (/\bnot\b/.test(words) && !/\buntil\b/.test(text.slice(index)))) return []
    const until = Math.max(end, index + words.length)
    return [
      {
        kind,
        sentence,
        clause: { text: text.slice(start, until).replace(/[\s,;]+$/, ''), start: sentence.start + start },
        date: dateIn(dated, clauses, at, index),
      },
    ]
  })
}

/** The date of a clause: its own, else that of the clause on which it depends or with which it shares it. */
function dateIn(
  { sentence: { text }, dates }: DatedSentence,
  clauses: readonly Clause[],
  at: number,
  verb: number,
): string | undefined {
  const datesOf = (clause: Clause | undefined) =>
    dates.filter(({ date, ...said }) => {
      if (!clause || !date || date.includes('X') || said.start < clause.start || said.start >= clause.end) return false
      const before = text.slice(clause.start, said.start)
      return !isOfAnotherAct(before) && !isOfPerson(before) && !/\b(?:from|through)\s+$/i.test(before)
    })
  const clause = clauses[at] as Clause
  const own = datesOf(clause)
  const nearest = own.find(({ start }) => start >= verb) ?? own.at(-1)
  if (nearest) return nearest.edtf
  const previous = clauses[at - 1]
  if (!previous) return datesOfNext(clause)
  // “when President Roosevelt informed him that the United States recognized”
  const announces = /\b(?:announc|declar|inform|notif|proclaim|stat)\w*/i.test(text.slice(previous.start, previous.end))
  // “until about May 1, when he closed the legation”
  const adjoining = dates.find(({ end }) => end === previous.end)
  if (/^when/.test(clause.joint) && adjoining?.date) return adjoining.edtf
  if (/^when/.test(clause.joint) || (clause.joint === 'that' && announces))
    return dateIn({ sentence: { text, start: 0 }, dates }, clauses, at - 1, previous.start)
  // “On May 1, the United States recognized the state and opened an embassy”
  const shared = datesOf(previous).at(-1)
  if (clause.joint === 'and' && shared && /\w.*\w/.test(text.slice(shared.end, previous.end))) return shared.edtf
  return datesOfNext(clause)

  function datesOfNext({ end }: Clause) {
    const next = clauses[at + 1]
    const isDirect = next && /^(?:and|when)$/.test(next.joint) && !/[,;]/.test(text.slice(end, next.start))
    return isDirect ? datesOf(next)[0]?.edtf : undefined
  }
}
