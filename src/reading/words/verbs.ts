const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Verbs of saying: a clause ("said that …", "…, he said") or a quotation tells what is said. */
const SAYING = words(`
  say add note state argue claim insist explain warn stress emphasise emphasize underline underscore reiterate assert maintain
  observe remark declare announce reply respond recall acknowledge admit concede confirm deny reveal report predict suggest indicate
  contend allege affirm reaffirm vow pledge promise swear tell inform remind assure write tweet post comment conclude joke lament
  caution complain charge boast testify disclose believe hope agree urge demand ask call propose recommend repeat elaborate
  clarify signal point highlight express reject dispute dismiss describe welcome voice convey think consider fear regret expect
  quip counter retort answer message repost guarantee estimate determine assess forecast rule order request
  appeal counsel advise notify concur protest object plead mention submit describe characterise characterize mark hint`)

/** Verbs whose object is what is said: "welcomed the deal", "discussed trade". Communiqués and readouts consist of them. */
const WITH_OBJECT = words(`
  stress emphasise emphasize underline underscore reiterate affirm reaffirm welcome praise thank condemn express discuss review highlight
  raise convey commend congratulate urge describe deny announce acknowledge recognise recognize appreciate outline explain note
  voice extend criticise criticize accuse recall reject dismiss denounce hail applaud question address pledge promise demand propose
  blame explore laud salute deplore regret support back endorse exchange offer call label characterise characterize reassure
  caution warn assure advocate oppose dispute confirm report predict claim admit slam decry lament reveal recommend
  mention disclose request predict declare`)

/** Verbs before an infinitive that is what is said: "agreed to meet", "urged Iran to …". */
const WITH_INFINITIVE = words(
  'agree pledge vow promise commit urge offer threaten ask call resolve undertake demand propose swear appeal claim decide encourage press order invite',
)

/** Verbs with the prepositions before what is said: "called for restraint". */
const WITH_PREPOSITION: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    call: 'for on upon',
    speak: 'of about against',
    warn: 'of against about',
    complain: 'about of',
    agree: 'on upon with about',
    commit: 'to',
    talk: 'about of',
    pledge: 'to',
    push: 'for',
    press: 'for on',
    appeal: 'for to',
    insist: 'on upon',
    boast: 'of about',
    object: 'to',
    protest: 'against',
    argue: 'for against',
    elaborate: 'on',
    comment: 'on',
    touch: 'on upon',
    reflect: 'on',
    allude: 'to',
    inquire: 'about',
    thank: 'for',
    praise: 'for',
    accuse: 'of',
    blame: 'for',
    criticise: 'for over',
    criticize: 'for over',
    brief: 'on about',
    remind: 'of',
    assure: 'of',
    ask: 'for about',
    express: 'to',
    caution: 'against',
    hint: 'at',
    exchange: 'on',
    confer: 'on about',
    concur: 'on with',
    congratulate: 'on for',
    consult: 'on about',
  }).map(([verb, prepositions]) => [verb, words(prepositions)]),
)

/** Verbs whose object may be the person spoken to. */
export const ADDRESSED = words(
  'tell inform remind assure warn ask notify advise promise urge convince brief thank congratulate encourage press reassure',
)

/** How a verb stands to what is said. */
export type Frame =
  | 'quotation'
  | 'that'
  | 'clause'
  | 'question'
  | 'around'
  | 'object'
  | 'infinitive'
  | 'preposition'
  | 'colon'

export interface Use {
  readonly lemma: string
  readonly frame: Frame
  readonly preposition?: string | undefined
  readonly isPassive: boolean
  readonly isInfinitive: boolean
  /** After "not", or after a verb of planning or refusing: nothing was said. */
  readonly isUnreal: boolean
}

const MENTAL = words('believe think hope consider fear regret expect')

/** True if the verb, used so, tells what somebody said. */
export function tellsSpeech({ lemma, frame, preposition = '', isPassive, isInfinitive, isUnreal }: Use): boolean {
  if (frame === 'quotation') return !/^(?:be|have|do|include|mean|know|want|need|seem|appear)$/.test(lemma)
  if (isUnreal || isInfinitive) return false
  if (isPassive && !(frame === 'that' || frame === 'infinitive')) return false
  switch (frame) {
    case 'that':
    case 'clause':
    case 'question':
    case 'around':
    case 'colon':
      return SAYING.has(lemma) && !(MENTAL.has(lemma) && frame === 'clause')
    case 'object':
      return WITH_OBJECT.has(lemma)
    case 'infinitive':
      return WITH_INFINITIVE.has(lemma) && !isPassive
    case 'preposition':
      return WITH_PREPOSITION.get(lemma)?.has(preposition) ?? false
  }
}

/** Verbs that can tell what somebody says. Beside a quotation, any verb can. */
export const mayTellSpeech = (lemma: string): boolean =>
  SAYING.has(lemma) || WITH_OBJECT.has(lemma) || WITH_INFINITIVE.has(lemma) || WITH_PREPOSITION.has(lemma)

/** True if what follows the verb is a clause, not an object: "said a deal was near". */
export const needsClause = (lemma: string): boolean => SAYING.has(lemma) && !WITH_OBJECT.has(lemma)

/** A participle after a comma that begins another thing said: "…, adding that". */
export const isContinuation = (word: string): boolean => CONTINUATION.has(word.toLowerCase())

const CONTINUATION = words(`
  adding reaffirming underlining underscoring highlighting reiterating expressing praising criticizing criticising accusing declaring
  urging vowing pledging promising asserting concluding predicting writing tweeting thanking saying noting calling arguing telling
  claiming describing citing referring suggesting explaining warning stressing emphasizing emphasising pointing insisting
  acknowledging recalling according welcoming stating condemning denying rejecting announcing`)
