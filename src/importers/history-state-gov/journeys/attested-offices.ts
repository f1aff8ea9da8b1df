import { countryName } from '../../../countries/states.ts'
import { slugOf } from '../../../people/names.ts'
import { timeSpan } from '../../../time/span.ts'
import { type CitationInput, cite } from '../document.ts'
import type { Draft } from '../draft.ts'
import type { NamedPerson } from '../people/people-named.ts'
import { isRuler } from '../people/titles.ts'
import type { Journey } from './journeys.ts'

/** A row that names a person with an office on certain days. */
export interface Attested {
  readonly person: NamedPerson
  readonly journey: Journey
  /** The days of a visit, or the day of a meeting. */
  readonly when: string
}

/** Ranks and forms of address, which are not offices. */
const NO_OFFICE =
  /^(general|gen\.|(lieutenant|brigadier|major)[ -]general|colonel|marshal|field marshal|admiral|captain|prince|princess|sheikh|sheik|sir|lord|lady|dame|dr|mr|mrs|ms|miss|madame|archbishop|cardinal|bishop|senator-elect|leader|mrs?\..*|dr\.?)\.?$/i

const DAYS = 24 * 3_600_000

/**
 * Creates positions from the offices with which rows name people. They are known only by attestation: the tenure is `/`.
 *
 * Attestations of one person in one office belong to one tenure if they are less than a year apart and nobody else is named with
 * that office in between, or if the office is held for life. Otherwise the days between would count as certain without a source.
 * Returns the slug of the position for each attestation.
 */
export function attestOffices(all: readonly Attested[], draft: Draft): ReadonlyMap<NamedPerson, string> {
  const byPost = new Map<string, Attested[]>()
  for (const attested of all) {
    const post = postOf(attested)
    if (post) byPost.set(post, [...(byPost.get(post) ?? []), attested])
  }
  const positions = new Map<NamedPerson, string>()
  for (const [post, holders] of byPost) {
    const days = (attested: Attested) => timeSpan(attested.when)
    const sorted = holders
      .map((attested) => ({
        attested,
        from: days(attested).endOfTheBegin ?? '',
        to: days(attested).beginOfTheEnd ?? '',
      }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    const open = new Map<string, { run: Attested[]; to: string }>()
    const runs: Attested[][] = []
    let lastHolder = ''
    for (const { attested, from, to } of sorted) {
      const { slug, mention } = attested.person
      const before = open.get(slug)
      const life =
        isRuler(mention.office.kind) && mention.office.kind !== 'crown-prince' && mention.office.kind !== 'regent'
      const soon = before && from && before.to && Date.parse(from) - Date.parse(before.to) <= 366 * DAYS
      if (before && ((soon && lastHolder === slug) || (life && from))) {
        before.run.push(attested)
        if (to > before.to) before.to = to
      } else {
        const run = [attested]
        runs.push(run)
        open.set(slug, { run, to })
      }
      lastHolder = slug
    }
    for (const run of runs) write(run, post, draft, positions)
  }
  return positions
}

function postOf({ person: { mention, organization, position } }: Attested): string | undefined {
  if (position || !mention.title || mention.office.standing === 'former') return undefined
  const princes = mention.country === 'MC' || mention.country === 'LI'
  if (NO_OFFICE.test(mention.title) && !(princes && mention.title === 'Prince')) return undefined
  const of = mention.country ? countryName(mention.country).replace(/^the /, '') : organization?.name
  if (!of) return undefined
  return `${slugOf(mention.title)}-of-${slugOf(of)}`.slice(0, 200).replace(/-+$/, '')
}

function write(run: readonly Attested[], post: string, draft: Draft, positions: Map<NamedPerson, string>): void {
  const [first] = run as [Attested, ...Attested[]]
  const { person } = first
  const { mention, organization } = person
  const year = mention.day.slice(0, 4) || 'undated'
  const slug = draft.free('positions', `${person.slug}-${post}-${year}`)
  const attested = new Map<string, { when: string; citations: CitationInput[] }>()
  for (const { person, journey, when } of run) {
    const citation = cite(journey.document, person.range)
    const known = attested.get(when) ?? { when, citations: [] }
    if (!known.citations.some(({ start, source }) => start === citation.start && source === citation.source))
      known.citations.push(citation)
    attested.set(when, known)
    positions.set(person, slug)
  }
  draft.positions.set(slug, {
    slug,
    person: person.slug,
    post,
    title: mention.title as string,
    ...(mention.country && { country: draft.country(mention.country) }),
    ...(!mention.country && organization && { organization: draft.organization(organization) }),
    tenure: '/',
    attested: [...attested.values()],
    citations: [cite(first.journey.document, person.range)],
  })
}
