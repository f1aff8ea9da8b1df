/** What an event was, in the terms of the bundle. */
export type ActKind =
  | 'RECOGNIZED'
  | 'RELATIONS_ESTABLISHED'
  | 'RELATIONS_INTERRUPTED'
  | 'RELATIONS_SEVERED'
  | 'RELATIONS_RESUMED'
  | 'RELATIONS_ENDED'
  | 'LEGATION_OPENED'
  | 'EMBASSY_OPENED'
  | 'RAISED_TO_EMBASSY'
  | 'MISSION_CLOSED'
  | 'CONSULAR_RELATIONS_ESTABLISHED'
  | 'CONSULAR_RELATIONS_ENDED'
  | 'OTHER'

/** An act that a head names, with the part of the head that is about it. */
export interface Act {
  readonly kind: ActKind
  readonly words: string
}

/** What was done. In heads it is before its object as a noun ("Closure of"), or after it as a verb ("Embassy Closed"). */
type Doing = 'establish' | 'resume' | 'raise' | 'close' | 'sever' | 'interrupt' | 'end'

const BEFORE: readonly (readonly [Doing, RegExp])[] = [
  [
    'resume',
    /\b(?:re-?establishment|re-?opening|resumption|restoration|renewal|re-?establishing|resuming|restoring|resumes|restores|reopens|re-?establishes)\b/gi,
  ],
  [
    'establish',
    /(?<!re-?)\b(?:establishment|opening|commencement|inauguration|creation|establishing|establishes|opens)\b/gi,
  ],
  ['raise', /\b(?:elevation|raising|upgrade|upgrading|promotion|elevates|raises|upgrades)\b/gi],
  ['close', /\b(?:closure|closing|closes|shutdown)\b/gi],
  ['sever', /\b(?:severance|severing|severs|break|breaking|breaks|rupture)\b/gi],
  [
    'interrupt',
    /\b(?:interruption|interrupting|interrupts|suspension|suspending|suspends|disruption|disrupting|disrupts)\b/gi,
  ],
  ['end', /\b(?:cessation|termination|terminating|terminates|ending|ends|end of)\b/gi],
]

const AFTER: readonly (readonly [Doing, RegExp])[] = [
  ['resume', /\b(?:re-?established|re-?opened|re-?opens|resumed|restored|renewed|resume)\b/gi],
  ['establish', /(?<!re-?)\b(?:established|opened|opens|commenced|begun|begin|inaugurated)\b/gi],
  ['raise', /\b(?:elevated|raised|upgraded|becomes|became)\b/gi],
  ['close', /\b(?:closed|closes|shut)\b/gi],
  ['sever', /\b(?:severed|broken?)\b/gi],
  ['interrupt', /\b(?:interrupted|suspended|disrupted)\b/gi],
  ['end', /\b(?:ended|terminated|ceased|cease|end)\b/gi],
]

type Thing = 'relations' | 'consular' | 'embassy' | 'legation' | 'mission'

const THINGS: readonly (readonly [Thing, RegExp])[] = [
  ['consular', /\bconsular (?:and commercial )?(?:relations|ties)/gi],
  [
    'relations',
    /\bdiplomatic and \w+ relations\b|(?<!(?:consular|commercial|trade|economic|military|cultural|ambassadorial) )\b(?:relations(?:hip)?|ties)/gi,
  ],
  ['embassy', /\bembass(?:y|ies)\b(?!\s+(?:staff|personnel|operations|building|compound))/gi],
  ['legation', /\blegations?\b/gi],
  ['mission', /\bmissions?\b/gi],
]

const KINDS: Readonly<Record<Thing, Readonly<Partial<Record<Doing, ActKind>>>>> = {
  relations: {
    establish: 'RELATIONS_ESTABLISHED',
    resume: 'RELATIONS_RESUMED',
    sever: 'RELATIONS_SEVERED',
    interrupt: 'RELATIONS_INTERRUPTED',
    end: 'RELATIONS_ENDED',
  },
  consular: {
    establish: 'CONSULAR_RELATIONS_ESTABLISHED',
    end: 'CONSULAR_RELATIONS_ENDED',
    sever: 'CONSULAR_RELATIONS_ENDED',
  },
  embassy: { establish: 'EMBASSY_OPENED', resume: 'EMBASSY_OPENED', close: 'MISSION_CLOSED' },
  legation: { establish: 'LEGATION_OPENED', resume: 'LEGATION_OPENED', close: 'MISSION_CLOSED' },
  mission: { close: 'MISSION_CLOSED', end: 'MISSION_CLOSED' },
}

/** The kind of an act by its object and its verb: “embassy”, “reopened”. */
export function kindOfDoing(object: string, verb: string): ActKind | undefined {
  const thing = THINGS.find(([, pattern]) => object.search(pattern) >= 0)?.[0]
  const doing = AFTER.find(([, pattern]) => verb.search(pattern) >= 0)?.[0]
  return thing && doing && KINDS[thing][doing]
}

/** Heads about something else that use the same words. */
const ABOUT_SOMETHING_ELSE =
  /^(?:(?:the |a |\d{4} )?(?:[\w’'-]+ )?(?:treaty|convention|agreement|declaration|protocol|compact|accord)\b)|\b(?:anniversary|centennial|bicentennial)\b|\b(?:treaty|agreement|convention) signed\b|\b(?:negotiations?|talks|efforts?|attempts?|attempted|propos(?:al|als|ed)|failed|failure|requests?|requested|offers?|plans?|preparations?|discussions?|steps)\b/i

/** Words that say that something was not done. */
const NOT_DONE = /^(?:no|non)\b|\bnever\b|\bnon-?recognition\b|\bnot (?:yet )?(?:recogni[sz]|establish|resum|open)/i

export const isNotDone = (head: string) => NOT_DONE.test(head)

/** A recognition of something that is no state and no government. */
export const LESSER: RegExp =
  /\b(?:legation|embassy|committee|council|consul|consulate|protectorate|authority|belligerency|minister|ambassador|flag)\b/i

/** A mission that became an embassy. */
const RAISED =
  /\b(?:elevat|rais|upgrad|promot|becom|becam|convert)\w*\b(?:(?!\b(?:and|or)\b).)*?\b(?:to|into|of|becomes?|became|an|the)\b(?:(?!\band\b).)*?\bembass(?:y|ies)\b|\blegations?\b[^,;]{0,40}\b(?:to|into)\b[^,;]{0,30}\bembass(?:y|ies)\b/i

interface Word<T> {
  readonly what: T
  readonly start: number
  readonly end: number
}

const wordsIn = <T>(text: string, patterns: readonly (readonly [T, RegExp])[]): Word<T>[] =>
  patterns
    .flatMap(([what, pattern]) =>
      Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({ what, start: index, end: index + length })),
    )
    .sort((a, b) => a.start - b.start)

/** Maximum number of characters of a head. The publisher's have at most some hundred; the patterns take too long for a long text. */
const LONGEST = 1_000

/** The acts that a head without its date names. Empty if it names none that has a kind of its own. */
export function actsOf(head: string): Act[] {
  if (head.length > LONGEST) return []
  if (ABOUT_SOMETHING_ELSE.test(head) || isNotDone(head)) return []
  return head.split(/\s*[;/]\s*/).flatMap(actsOfClause)
}

function actsOfClause(clause: string): Act[] {
  const acts: (Act & { at: number })[] = []
  const recognized = /\b(?:recog\w*tion|recogni[sz](?:es|ed|e))\b/i.exec(clause)
  if (recognized) {
    const words = partAround(clause, recognized.index, recognized.index + recognized[0].length)
    if (
      !LESSER.test(words) &&
      !/\b(?:limited|international|withdr\w+|withh\w+|revo\w+|terminat\w+|denial|refus\w+|delay\w*|loss)\b/i.test(words)
    )
      acts.push({ kind: 'RECOGNIZED', words, at: recognized.index })
  }
  const before = wordsIn(clause, BEFORE)
  const after = wordsIn(clause, AFTER)
  const raised = RAISED.exec(clause)
  if (raised) {
    const [start, end] = [raised.index, raised.index + raised[0].length]
    acts.push({ kind: 'RAISED_TO_EMBASSY', words: partAround(clause, start, end), at: start })
  }
  const isRaised = ({ start }: Word<unknown>) =>
    raised !== null && start >= raised.index - 40 && start < raised.index + raised[0].length
  for (const thing of wordsIn(clause, THINGS)) {
    const next = after.find(({ start }) => start >= thing.end)
    const between = next ? clause.slice(thing.end, next.start) : ''
    const isDirect = next && !/\band\b|,/i.test(between)
    // "Embassy Downgraded, and Relations Established" does not establish the embassy.
    const later = /,/.test(between) ? undefined : next
    const doing = isDirect ? next : (before.findLast(({ end }) => end <= thing.start) ?? later)
    const isPlural =
      /s$/i.test(clause.slice(thing.start, thing.end)) && thing.what !== 'relations' && thing.what !== 'consular'
    // "Establishment of American Legations in the Italian Peninsula" are several acts with different states.
    const kind = doing && !(isPlural && doing.what !== 'close') && KINDS[thing.what][doing.what]
    if (!kind || acts.some((act) => act.kind === kind)) continue
    if (/embassy|legation/.test(thing.what) && isRaised(thing)) continue
    const [start, end] = [Math.min(thing.start, doing.start), Math.max(thing.end, doing.end)]
    acts.push({ kind, words: partAround(clause, start, end), at: thing.start })
  }
  return acts.sort((a, b) => a.at - b.at).map(({ kind, words }) => ({ kind, words }))
}

/** The part of a clause between the “and” before some words and the one after them. */
function partAround(clause: string, start: number, end: number): string {
  const ands = Array.from(
    clause.matchAll(
      /,? and (?=(?:the )?(?:\w+ )?(?:establish|recog|clos|open|re-?|elevat|sever|dissol|interrupt|relations|diplomatic|american|u\.s\.|normal|embassy|legation))/gi,
    ),
  )
  const from = ands.findLast(({ index }) => index < start)
  const to = ands.find(({ index }) => index >= end)
  return clause.slice(from ? from.index + from[0].length : 0, to?.index).trim()
}

/** The verbs and the objects with which a paragraph reports an act. */
export const REPORTED: Readonly<Record<ActKind, { readonly verb: RegExp; readonly object: RegExp }>> = {
  RECOGNIZED: {
    verb: /\brecogni[sz](?:ed|es|ing)\b|\brecognition\b|(?<=\b(?:first|second|nations?|country|countries|did|not)\s+(?:to\s+)?(?:formally\s+|officially\s+)?)recogni[sz]e\b/gi,
    object: /./,
  },
  RELATIONS_ESTABLISHED: {
    verb: /(?<!re-?)\b(?:establish|open|commenc|began|enter|inaugurat|initiat)\w*/gi,
    object: /\brelations\b|\bties\b/i,
  },
  RELATIONS_INTERRUPTED: {
    verb: /\b(?:interrupt|suspend|suspension|disrupt|broke|refrain)\w*/gi,
    object: /\brelations\b|\bties\b/i,
  },
  RELATIONS_SEVERED: { verb: /\b(?:sever|broke|break|brok|suspend|terminat)\w*/gi, object: /\brelations\b|\bties\b/i },
  RELATIONS_RESUMED: {
    verb: /\b(?:resum|re-?establish|restor|renew|re-?open|recommenc)\w*/gi,
    object: /\brelations\b|\bties\b/i,
  },
  RELATIONS_ENDED: {
    verb: /\b(?:ceas|end(?:ed|s|ing)?\b|terminat|sever|abolish|annex|incorporat|absorb|dissol|defunct|clos)\w*/gi,
    object: /./,
  },
  LEGATION_OPENED: {
    verb: /\b(?:establish|open|re-?open|re-?establish|elevat|rais|creat|set up)\w*/gi,
    object: /\b(?:legation|mission)\b/i,
  },
  EMBASSY_OPENED: {
    verb: /\b(?:establish|open|re-?open|re-?establish|elevat|rais|becam|upgrad|convert|transform|inaugurat|re-?designat|resum)\w*/gi,
    object: /\bembass/i,
  },
  RAISED_TO_EMBASSY: {
    verb: /\b(?:elevat|rais|upgrad|becam|promot|convert|transform|establish)\w*/gi,
    object: /\b(?:embass|ambassador)/i,
  },
  MISSION_CLOSED: {
    verb: /\b(?:clos|terminat|ceas|shut)\w*/gi,
    object: /\b(?:embass|legation|mission)/i,
  },
  CONSULAR_RELATIONS_ESTABLISHED: {
    verb: /\b(?:establish|open|commenc|appoint|accept|acknowledg|start|took up)\w*/gi,
    object: /\bconsul/i,
  },
  CONSULAR_RELATIONS_ENDED: { verb: /\b(?:clos|end(?:ed)?\b|terminat|ceas|sever)\w*/gi, object: /\bconsul/i },
  OTHER: {
    verb: /\b(?:sign|conclud|appoint|present|establish|open|clos|mov|relocat|recall|suspend|join|proclaim|announc|receiv|rais|elevat|assassinat|annex|declar|enter|accredit|arriv|depart|left|sent|withdr|terminat|becam|incorporat|dissol|conver|transfer|return|instruct|ceas|adopt|commission|evacuat|resolv|pass)\w*/gi,
    object: /./,
  },
}

/** Heads that a paragraph corrects: what it must not say, and what it says instead. */
export const CORRECTED: Readonly<Partial<Record<ActKind, { readonly own: RegExp; readonly by: readonly ActKind[] }>>> =
  {
    RELATIONS_ENDED: { own: /\b(?:ceased|cessation)\b/i, by: ['RELATIONS_SEVERED', 'RELATIONS_INTERRUPTED'] },
    RELATIONS_INTERRUPTED: { own: /\b(?:interrupt|suspen|disrupt)\w*/i, by: ['RELATIONS_SEVERED'] },
    RECOGNIZED: { own: /\brecogni/i, by: ['RELATIONS_ESTABLISHED', 'RELATIONS_RESUMED'] },
  }

/** Statements in a paragraph that decide alone what happened to the relations. */
const STATED: readonly (readonly [RegExp, readonly (readonly [RegExp, ActKind])[]])[] = [
  [
    /\b(?:diplomatic|normal|formal|full) relations (?:between .{1,80} )?(?:were|had been|was) (?:first |formally |fully )*([\w-]+)/i,
    [
      [/^establish/i, 'RELATIONS_ESTABLISHED'],
      [/^(?:sever|broken)/i, 'RELATIONS_SEVERED'],
      [/^(?:interrupt|suspend)/i, 'RELATIONS_INTERRUPTED'],
      [/^(?:resum|restor|re-?establish)/i, 'RELATIONS_RESUMED'],
    ],
  ],
  [
    /\b(established|severed|severing|broke off|broke|interrupted|suspended|resumed|restored|re-?established) (?:full |formal |normal |its |all )*(?:diplomatic )?relations (?:with|between)\b/i,
    [
      [/^establish/i, 'RELATIONS_ESTABLISHED'],
      [/^(?:sever|broke)/i, 'RELATIONS_SEVERED'],
      [/^(?:interrupt|suspend)/i, 'RELATIONS_INTERRUPTED'],
      [/^(?:resum|restor|re-?establish)/i, 'RELATIONS_RESUMED'],
    ],
  ],
  [/\b(?:constituted|was) the (severance) of relations\b/i, [[/^sever/i, 'RELATIONS_SEVERED']]],
  [
    /\bestablished (?:its|a|the|an) (?:first )?(legation|embassy)\b/i,
    [
      [/^leg/i, 'LEGATION_OPENED'],
      [/^emb/i, 'EMBASSY_OPENED'],
    ],
  ],
]

/** What a sentence states about relations with the United States. */
export function statedIn(sentence: string): ActKind | undefined {
  for (const [statement, kinds] of STATED) {
    const [, done] = statement.exec(sentence) ?? []
    const kind = done && kinds.find(([word]) => word.test(done))?.[1]
    if (
      kind &&
      (/\b(?:United States|U\.S\.)/.test(sentence) || /^(?:Full |Normal )?diplomatic relations/i.test(sentence))
    )
      return kind
  }
  return undefined
}
