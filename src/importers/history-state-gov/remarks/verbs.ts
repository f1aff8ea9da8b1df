const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Verbs for a meeting whose participants follow a later "with". */
export const MEETING_VERBS = words(`
  met meet meets discussed discuss discusses discussing conferred confer consulted consult talked talk spoke speak dined lunched
  breakfasted negotiated reviewed conversed golfed huddled parleyed deliberated`)

/** Nouns for a meeting whose participants follow a later "with", if the verb of the clause allows it. */
export const MEETING_NOUNS = words(`
  meeting meetings talks discussion discussions conversation conversations consultation consultations negotiations negotiation
  audience interview interviews luncheon lunch dinner breakfast brunch tea conference conferences summit golf views dialogue talk session
  sessions reception roundtable call courtesy exchange encounter visit visits tete-a-tete`)

/** Nouns for a meeting only directly before "with", because "a visit … with" can also mean company. */
export const CLOSE_NOUNS = words('visit visits call')

/** Verbs whose object is the person met. */
export const OBJECT_VERBS = words(
  'met meet briefed visited interviewed greeted welcomed received joined saw consulted hosted entertained',
)

/** Verbs after which "by" names the person met. */
export const BY_VERBS = words('met received greeted welcomed hosted entertained interviewed given joined')

/** Verbs for shared activities. A person from the traveller's own country is then a companion. */
export const SHARED_VERBS = words(`
  attended co-hosted cohosted hosted co-chaired cochaired chaired led participated joined signed exchanged inaugurated opened
  commemorated toured visited dedicated laid celebrated observed watched held had accompanied played took reviewed appeared
  launched concluded unveiled`)

/** Verbs for plans and for reports about others. */
export const PLAN_VERBS = words(
  'arranged agreed invited proposed planned announced prepared hoped requested made offered urged called scheduled',
)

/** Verbs for informing somebody, possibly about other meetings. */
export const INFORMING_VERBS = words('briefed reported informed testified')

/** Words that say that several people met as one group. */
export const TOGETHER =
  /^(trilateral|trilaterally|tripartite|quadripartite|quadrilateral|multilateral|three-way|four-way|three-power|four-power|jointly|joint|together|summit)$/

/** Singular nouns for one event, directly before "with": "a luncheon with A and B". */
export const ONE_EVENT =
  /^(meeting|luncheon|lunch|dinner|breakfast|brunch|tea|audience|interview|conversation|discussion|session|reception|roundtable|conference)$/

/** True if a word at the start of a clause is a verb. */
export function isVerb(lower: string): boolean {
  return (
    /^(met|meet|led|left|gave|made|took|held|paid|saw|had|went|spoke|laid|was|were|is|sought|won|sent|began)$/.test(
      lower,
    ) ||
    (/^[a-z-]{2,}ed$/.test(lower) && !/^(united|allied|limited|armed|wounded|retired|advanced|so-called)$/.test(lower))
  )
}

/** Surnames of presidents and vice presidents of the United States, with whom the archive's secretaries travelled. */
export const AMERICANS = words(`
  washington adams jefferson madison monroe jackson buren harrison tyler polk taylor fillmore pierce buchanan lincoln johnson grant hayes
  garfield arthur cleveland mckinley roosevelt taft wilson harding coolidge hoover truman eisenhower kennedy nixon ford carter reagan
  bush clinton obama trump biden harris pence cheney gore quayle mondale rockefeller agnew humphrey barkley wallace`)

/** Words for a meeting that did not happen, or not in one place. */
export const CALLED_OFF =
  /^(cancelled|canceled|postponed|not|declined|refused|unable|telephone|telephoned|phone|videoconference|video|virtual|virtually)$/

/** Words that introduce a meeting at another time or place. */
export const ELSEWHERE = /^(after|following|before|prior|route)$/

/** Words before the verb of a clause. */
export const ADVERB =
  /^(also|later|then|briefly|informally|privately|separately|afterwards?|again|subsequently|jointly|had|was|were|individually|but|and|while|to|personally|he|she|first)$/

/** Events at which many people are present whom the traveller does not meet, and things exchanged over a distance. */
export const CEREMONY =
  /^(funeral|wedding|inauguration|coronation|memorial|burial|ceremony|ceremonies|mass|parade|letters|messages|telegrams|notes|greetings)$/
