const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Verbs that tell of a meeting with whom a later "with" names. */
export const MEETING_VERBS = words(`
  met meet meets discussed discuss discusses discussing conferred confer consulted consult talked talk spoke speak dined lunched
  breakfasted negotiated reviewed conversed golfed huddled parleyed deliberated`)

/** Nouns that tell of a meeting with whom a later "with" names, where the verb of their clause allows it. */
export const MEETING_NOUNS = words(`
  meeting meetings talks discussion discussions conversation conversations consultation consultations negotiations negotiation
  audience interview interviews luncheon lunch dinner breakfast brunch tea conference conferences summit golf views dialogue talk session
  sessions reception roundtable call courtesy exchange encounter visit visits tete-a-tete`)

/** Nouns that tell of a meeting only where "with" follows at once: one makes a visit in somebody's company, too. */
export const CLOSE_NOUNS = words('visit visits call')

/** Verbs whose object is met. */
export const OBJECT_VERBS = words(
  'met meet briefed visited interviewed greeted welcomed received joined saw consulted hosted entertained',
)

/** Verbs of which "by" names whom one met. */
export const BY_VERBS = words('met received greeted welcomed hosted entertained interviewed given joined')

/** Verbs of what one does together with somebody: a companion, if it is one of the traveller's own. */
export const SHARED_VERBS = words(`
  attended co-hosted cohosted hosted co-chaired cochaired chaired led participated joined signed exchanged inaugurated opened
  commemorated toured visited dedicated laid celebrated observed watched held had accompanied played took reviewed appeared
  launched concluded unveiled`)

/** Verbs of what is still to come, or is told of others. */
export const PLAN_VERBS = words(
  'arranged agreed invited proposed planned announced prepared hoped requested made offered urged called scheduled',
)

/** Verbs that inform somebody about something, which may be other meetings. */
export const TELLING_VERBS = words('briefed reported informed testified')

/** Whether a word that begins a clause is a verb. */
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

/** Words that say that a meeting was not, or not in one place. */
export const CALLED_OFF =
  /^(cancelled|canceled|postponed|not|declined|refused|unable|telephone|telephoned|phone|videoconference|video|virtual|virtually)$/

/** Words after which a meeting is told that was at another time or place. */
export const ELSEWHERE = /^(after|following|before|prior|route)$/

/** Words that stand before a clause's verb. */
export const ADVERB =
  /^(also|later|then|briefly|informally|privately|separately|afterwards?|again|subsequently|jointly|had|was|were|individually|but|and|while|to|personally|he|she|first)$/

/** Occasions at which one is with many whom one does not meet, and what one exchanges from afar. */
export const CEREMONY =
  /^(funeral|wedding|inauguration|coronation|memorial|burial|ceremony|ceremonies|mass|parade|letters|messages|telegrams|notes|greetings)$/
