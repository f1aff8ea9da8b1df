import { type Likeness, likeness, type NameKey } from '../../../people/names.ts'
import type { Decision } from '../../importer.ts'
import { CAREER, isMisspelt, type Link, linkOf, MISSPELT } from './link.ts'
import type { Mention } from './mention.ts'
import { isRuler } from './titles.ts'
import { isCommon, isGivenName, isPartOf, sideOf } from './watersheds.ts'

interface Cluster {
  readonly mentions: Mention[]
  /** Different names that identify a person on their own. */
  readonly full: NameKey[]
  /** The lists in which the mentions occur. */
  readonly lists: Set<string>
}

interface Edge extends Link {
  readonly one: Mention
  readonly other: Mention
}

/**
 * Groups mentions of the same person. Each mention starts as a group of its own. A rule of `link.ts` merges two groups, best
 * evidence first: the same full name, a part of it, another spelling, and finally a family name alone.
 *
 * - People are compared only within a country (or its successors) or an organization.
 * - All full names in a group must agree with each other, so a son is never merged through a name that could also be the father's.
 * - A shorter name that fits several people is merged with none, unless one of them is named within a year and no other within
 *   three times that period.
 *
 * Returns the groups, each in the order of its mentions, and every decision: which mentions were merged by which rule, and which
 * ones share a name but were not merged.
 */
export function matchPeople(mentions: readonly Mention[], decisions: Decision[]): Mention[][] {
  const families = new Map<string, Mention[]>()
  for (const mention of mentions) {
    const members = families.get(mention.family)
    if (members) members.push(mention)
    else families.set(mention.family, [mention])
  }
  const clusters = [...families].flatMap(([family, members]) => matchFamily(family, members, decisions))
  return joinAcross(clusters, decisions)
}

/** Number of years within which a namesake in another scope of comparison is the same person. */
const ACROSS = 10

/**
 * Joins the people of no known country, and those of organizations, with people of a country:
 *
 * - by a full name, if one country within ten years has it: "NATO Secretary General Jens Stoltenberg" was a prime minister;
 * - by an uncommon family name with one namesake among the host's people within six years: "General Musharraf", in Pakistan;
 * - by an uncommon family name, if within ten years only one leader or minister of all countries has it: "Quartet
 *   Representative Tony Blair".
 *
 * Also joins a leader of a state with the namesake in a larger state that it was a part of: Shevardnadze of the Soviet Union and
 * of Georgia.
 */
function joinAcross(clusters: readonly Mention[][], decisions: Decision[]): Mention[][] {
  const isPlaced = ([first]: readonly Mention[]) => /^([A-Z]{2}|[A-Z]{4}|X-.*)$/.test(first?.family ?? '')
  const byName = new Map<string, Mention[][]>()
  const byFamily = new Map<string, Mention[][]>()
  const add = (map: Map<string, Mention[][]>, key: string, cluster: Mention[]) =>
    map.set(key, [...(map.get(key) ?? []), cluster])
  for (const cluster of clusters) {
    if (!isPlaced(cluster)) continue
    for (const letters of new Set(cluster.map(({ key }) => key.letters))) add(byName, letters, cluster)
    const words = new Set(cluster.map(({ key }) => key.words.at(-1) ?? ''))
    for (const word of words) add(byFamily, word, cluster)
    const families = new Set(cluster.map(({ family, key }) => `${family} ${key.words.at(-1)}`))
    for (const family of families) add(byFamily, family, cluster)
  }
  const gone = new Set<Mention[]>()
  const join = (cluster: Mention[], [first, ...more]: readonly Namesake[]) => {
    if (!first || more.some(({ candidate }) => candidate !== first.candidate)) return
    const { mention, candidate, close, rule } = first
    const lists = new Set(candidate.map(({ list }) => list))
    if (candidate === cluster || gone.has(candidate) || cluster.some(({ list }) => list && lists.has(list))) return
    const evidence = `${close.family}; ${mention.office.kind} and ${close.office.kind}; ${mention.day} and ${close.day}`
    decisions.push(decisionOf(mention, close, true, rule, evidence))
    candidate.push(...cluster)
    gone.add(cluster)
  }
  const near = (mention: Mention, candidates: readonly Mention[][] | undefined, years: number, rule: string) =>
    (candidates ?? []).flatMap((candidate): Namesake[] => {
      const close = candidate.find((held) => Math.abs(Date.parse(held.day) - Date.parse(mention.day)) < years * YEAR)
      return close ? [{ mention, candidate, close, rule }] : []
    })
  for (const cluster of clusters) {
    if (isPlaced(cluster)) continue
    const found = cluster.flatMap((mention) => {
      const { key, hint } = mention
      const word = key.words.at(-1) ?? ''
      const full = key.words.length > 1 && !key.words.every(isCommon)
      const hinted = hint && !isCommon(word) && word.length > 3 ? byFamily.get(`${hint} ${word}`) : undefined
      const [years, candidates] = full ? [ACROSS, byName.get(key.letters) ?? hinted] : [6, hinted]
      return near(mention, candidates, years, 'only-namesake-in-a-country')
    })
    if (found.length > 0) join(cluster, found)
    else join(cluster, cluster.flatMap(anywhere))
  }
  for (const cluster of clusters) {
    const [part] = cluster
    if (!part?.country || !isPlaced(cluster)) continue
    const word = part.key.words.at(-1) ?? ''
    const whole = byFamily
      .get(word)
      ?.filter((other) => other.some(({ country }) => isPartOf(part.country ?? '', country ?? '')))
    if (word.length > 6)
      join(
        cluster,
        near(
          part,
          whole?.filter((other) => agree(cluster, other)),
          ACROSS,
          'minister-of-the-larger-state',
        ),
      )
  }
  return clusters.filter((cluster) => !gone.has(cluster))

  function anywhere(mention: Mention): Namesake[] {
    const word = mention.key.words.at(-1) ?? ''
    if (word.length < 4 || isCommon(word) || isGivenName(word) || mention.office.kind === 'none') return []
    const found = near(mention, byFamily.get(word), ACROSS, 'only-namesake-of-all')
    const isLikely = ({ close, candidate }: Namesake) => CAREER.test(close.office.kind) && agree([mention], candidate)
    return found.every(isLikely) ? found : []
  }
}

interface Namesake {
  readonly mention: Mention
  readonly candidate: Mention[]
  readonly close: Mention
  readonly rule: string
}

/** True if no full names of two groups differ. */
const agree = (one: readonly Mention[], other: readonly Mention[]): boolean =>
  one.every(({ key }) =>
    other.every(
      (held) => key.words.length < 2 || held.key.words.length < 2 || likeness(key, held.key, held.family) !== undefined,
    ),
  )

/** Rules for full names that do not agree, and for those that agree but for some letters. */
const SLIPS = new Set(['given-and-family-name', 'rare-given-name'])
const MISSPELLINGS = new Set([MISSPELT, 'other-spelling'])

const YEAR = 365.25 * 24 * 3_600_000

function matchFamily(family: string, mentions: readonly Mention[], decisions: Decision[]): Mention[][] {
  const clusterOf = new Map<Mention, Cluster>(
    mentions.map((mention) => [
      mention,
      {
        mentions: [mention],
        full: identifies(mention) ? [mention.key] : [],
        lists: new Set(mention.list ? [mention.list] : []),
      },
    ]),
  )
  const at = (mention: Mention) => clusterOf.get(mention) as Cluster
  const agree = cachedLikeness(family)
  const edges = edgesAmong(family, mentions, agree)
  const edgesOf = new Map<Mention, Edge[]>()
  for (const edge of edges) {
    for (const end of [edge.one, edge.other]) edgesOf.set(end, [...(edgesOf.get(end) ?? []), edge])
  }
  // "Recep Erdogan" and "Tayyip Erdogan" agree if a full name contains both.
  const agreeBy = (one: NameKey, other: NameKey, all: readonly NameKey[]) =>
    agree(one, other) !== undefined ||
    all.some(({ words }, i) => {
      const longer = words.length > one.words.length && words.length > other.words.length
      return longer && agree(one, all[i] as NameKey) === 'part' && agree(other, all[i] as NameKey) === 'part'
    })
  const consistent = (one: Cluster, other: Cluster, rule = '') => {
    const all = [...one.full, ...other.full]
    const isSlip = SLIPS.has(rule)
    const agreeOrSlip = (key: NameKey, otherKey: NameKey) =>
      isSlip || agreeBy(key, otherKey, all) || (MISSPELLINGS.has(rule) && isMisspelt(key, otherKey))
    // "Hassan al Bolkiah" agrees with all that "Hassanal Bolkiah" agrees with.
    const written = ({ full }: Cluster, { letters }: NameKey) => full.filter((key) => key.letters === letters)
    return one.full.every((key) =>
      other.full.every((otherKey) =>
        written(one, key).some((a) => written(other, otherKey).some((b) => agreeOrSlip(a, b))),
      ),
    )
  }
  const apart = (one: Cluster, other: Cluster) => [...one.lists].some((list) => other.lists.has(list))

  for (const edge of edges) {
    const [one, other] = [at(edge.one), at(edge.other)]
    if (one === other || !consistent(one, other, edge.rule)) continue
    if (apart(one, other)) {
      decisions.push(decisionOf(edge.one, edge.other, false, 'named-apart', `${evidenceOf(edge)}; one row names both`))
      continue
    }
    const rival = rivalOf(edge, edgesOf, at, consistent)
    if (rival) {
      decisions.push(
        decisionOf(edge.one, edge.other, false, 'several-fit', `${evidenceOf(edge)}; but ${label(rival)} fits as well`),
      )
      continue
    }
    decisions.push(decisionOf(edge.one, edge.other, true, edge.rule, evidenceOf(edge)))
    const [larger, smaller] = one.mentions.length >= other.mentions.length ? [one, other] : [other, one]
    larger.mentions.push(...smaller.mentions)
    for (const key of smaller.full) if (!larger.full.some((held) => sameKey(held, key))) larger.full.push(key)
    for (const list of smaller.lists) larger.lists.add(list)
    for (const mention of smaller.mentions) clusterOf.set(mention, larger)
  }
  const clusters = [...new Set(mentions.map(at))]
  tellNearMisses(clusters, agree, decisions)
  const place = new Map(mentions.map((mention, i) => [mention, i]))
  return clusters.map(({ mentions }) => mentions.sort((a, b) => (place.get(a) as number) - (place.get(b) as number)))
}

/** True if a name identifies a person on its own: it has two words, or is the name of a monarch. */
const identifies = ({ key, office }: Mention) => key.words.length > 1 || isRuler(office.kind)

const sameKey = (a: NameKey, b: NameKey) => a.ordinal === b.ordinal && a.words.join(' ') === b.words.join(' ')

type Agree = (one: NameKey, other: NameKey) => Likeness | undefined

function cachedLikeness(family: string): Agree {
  const cache = new Map<string, Likeness | undefined>()
  return (one, other) => {
    const key = `${one.words.join(' ')} ${one.ordinal}|${other.words.join(' ')} ${other.ordinal}`
    if (!cache.has(key)) cache.set(key, likeness(one, other, family))
    return cache.get(key)
  }
}

function edgesAmong(family: string, mentions: readonly Mention[], agree: Agree): Edge[] {
  const edges: Edge[] = []
  const holders = new Map<string, Mention[]>()
  for (const mention of mentions)
    holders.set(mention.office.kind, [...(holders.get(mention.office.kind) ?? []), mention])
  // True if nobody with a different family name is named in the office between the two.
  const isAloneBetween = (one: Mention, other: Mention) => {
    const [from, to] = one.day < other.day ? [one.day, other.day] : [other.day, one.day]
    const words = new Set([...one.key.words, ...other.key.words])
    return !(holders.get(one.office.kind) ?? []).some(
      ({ day, key }) => day >= from && day <= to && !key.words.some((word) => words.has(word)),
    )
  }
  const isSole = soleNames(family, mentions, agree)
  for (const [i, one] of mentions.entries()) {
    for (let j = i + 1; j < mentions.length; j++) {
      const other = mentions[j] as Mention
      const link = linkOf(one, other, family, agree(one.key, other.key), {
        isAloneBetween: () => isAloneBetween(one, other),
        isSole,
      })
      if (link) edges.push({ ...link, one, other })
    }
  }
  return edges.sort((a, b) => a.rank - b.rank || a.years - b.years)
}

/** Whether all full names with a family name, on one side of its watersheds, agree with each other. */
function soleNames(family: string, mentions: readonly Mention[], agree: Agree): (word: string, day: string) => boolean {
  const answers = new Map<string, boolean>()
  return (word, day) => {
    const side = sideOf(family, word, day)
    const key = `${word} ${side}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const full = mentions.filter(
      (mention) =>
        mention.key.words.length > 1 && mention.key.words.includes(word) && sideOf(family, word, mention.day) === side,
    )
    const keys = [...new Map(full.map((mention) => [mention.key.letters, mention.key])).values()]
    const sole = keys.every((one, i) => keys.slice(i + 1).every((other) => agree(one, other) || isMisspelt(one, other)))
    answers.set(key, sole)
    return sole
  }
}

/** Another person whom the shorter name of an edge fits about as well. */
function rivalOf(
  { one, other, years, rule }: Edge,
  edgesOf: ReadonlyMap<Mention, readonly Edge[]>,
  at: (mention: Mention) => Cluster,
  consistent: (one: Cluster, other: Cluster) => boolean,
): Mention | undefined {
  if (rule === 'same-name') return undefined
  const [short, long] = one.key.words.length <= other.key.words.length ? [one, other] : [other, one]
  const target = at(long)
  if (target.full.length === 0) return undefined
  const near = years <= 1 ? Math.max(1, years * 3) : Number.POSITIVE_INFINITY
  for (const edge of edgesOf.get(short) ?? []) {
    const candidate = edge.one === short ? edge.other : edge.one
    const cluster = at(candidate)
    if (cluster === target || cluster.full.length === 0 || cluster === at(short) || edge.years > near) continue
    if (!consistent(cluster, target)) return candidate
  }
  return undefined
}

/** Reports groups that share a name but were not merged: each pair once, by the two mentions closest in time. */
function tellNearMisses(clusters: readonly Cluster[], agree: Agree, decisions: Decision[]): void {
  const byWord = new Map<string, Cluster[]>()
  for (const cluster of clusters) {
    const words = new Set(cluster.mentions.flatMap(({ key }) => key.words.slice(-1)))
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), cluster])
  }
  const reported = new Set<string>()
  const numbers = new Map(clusters.map((cluster, i) => [cluster, i]))
  for (const [word, sharing] of byWord) {
    for (const [i, one] of sharing.entries()) {
      for (const other of sharing.slice(i + 1)) {
        const pair = `${numbers.get(one)} ${numbers.get(other)}`
        if (word === '' || reported.has(pair)) continue
        reported.add(pair)
        const [a, b] = nearest(one, other)
        const differ = one.full.some((key) => other.full.some((otherKey) => !agree(key, otherKey)))
        decisions.push(
          decisionOf(
            a,
            b,
            false,
            differ ? 'names-differ' : 'not-enough-evidence',
            `both are ${word}; ${a.office.kind} on ${a.day}, ${b.office.kind} on ${b.day}`,
          ),
        )
      }
    }
  }
}

function nearest(one: Cluster, other: Cluster): [Mention, Mention] {
  let best: [Mention, Mention] = [one.mentions[0] as Mention, other.mentions[0] as Mention]
  let least = Number.POSITIVE_INFINITY
  for (const a of one.mentions) {
    for (const b of other.mentions) {
      const distance = Math.abs(Date.parse(a.day) - Date.parse(b.day))
      if (distance < least) [best, least] = [[a, b], distance]
    }
  }
  return best
}

const label = ({ row, text }: Mention) => `${row} ${text}`

const evidenceOf = ({ one, other, years }: Edge) =>
  `${one.family || 'no country'}; ${[...new Set([one.office.kind, other.office.kind])].join(' and ')}; ${one.day} and ${other.day}, ${years.toFixed(1)} years apart`

const decisionOf = (one: Mention, other: Mention, same: boolean, rule: string, evidence: string): Decision => ({
  one: label(one),
  other: label(other),
  same,
  rule,
  evidence,
})
