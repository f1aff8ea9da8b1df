import { daysNamed, lastDayOf, type Office, tenures } from '../parts/offices.tsx'
import { capital, counted, listed, withArticle } from '../parts/words.ts'

interface Known {
  readonly offices: readonly Office[]
  readonly visits: number
  readonly meetings: number
  readonly statements: number
  /** Number of sources of all facts. Undefined if the page does not have all facts. */
  readonly sources: number | undefined
}

/** What the database has about a person. The first sentence names the last office, as precisely as its sources do. */
export function headlineOf({ offices, visits, meetings, statements, sources }: Known): readonly [string, ...string[]] {
  const last = lastOf(offices)
  const facts = [
    visits && counted(visits, 'visit'),
    meetings && counted(meetings, 'meeting'),
    statements && counted(statements, 'statement'),
  ].filter((text) => text !== 0)
  const recorded =
    facts.length === 0
      ? 'No visit, meeting or statement is recorded.'
      : `${capital(listed(facts))} ${visits + meetings + statements === 1 ? 'is' : 'are'} recorded${sourced(sources)}.`
  if (!last) return ['No source here names an office.', recorded]
  return [officeSentence(last), ...limits(last), ...otherOffices(offices), recorded]
}

/** `External Affairs Minister of India`, with the state to which an ambassador is accredited. */
function nameOf({ title, country, organization, accreditedTo, accreditedToOrganization }: Office['shown']): string {
  const owner = country?.name ?? organization?.name
  const place = accreditedTo?.name ?? accreditedToOrganization?.name
  const hasPlace = place && title.includes(place)
  const of = owner && !title.includes(owner) ? ` ${hasPlace ? 'for' : 'of'} ${withArticle(owner)}` : ''
  return title + of + (place && !hasPlace ? ` to ${withArticle(place)}` : '')
}

function officeSentence(office: Office): string {
  const name = nameOf(office.shown)
  const tenure = tenures(office).at(-1)
  if (tenure) return `${name}, ${tenure}.`
  const days = daysNamed(office)
  if (days.length === 0) return `${name}; no source here says when.`
  return days.length === 1
    ? `${name} on ${days[0]}.`
    : `${name} on ${days.length} occasions between ${days[0]} and ${days.at(-1)}.`
}

/** What the sources leave open about an office. */
function limits(office: Office): readonly string[] {
  const days = daysNamed(office)
  if (tenures(office).length > 0 || days.length === 0) return []
  const only =
    days.length === 1 ? 'That is the one day on which a source says so' : 'Those are the days for which sources say so'
  return [`${only}; when the office began or ended, no source here says.`]
}

function otherOffices({ length }: readonly Office[]): readonly string[] {
  return length > 1 ? [`${capital(counted(length - 1, 'other office'))} ${length === 2 ? 'is' : 'are'} recorded.`] : []
}

/** The office that is known to have been held last. */
function lastOf(offices: readonly Office[]): Office | undefined {
  return [...offices].sort((one, other) => (lastDayOf(one) < lastDayOf(other) ? -1 : 1)).at(-1)
}

const sourced = (sources: number | undefined) =>
  sources === undefined ? '' : sources === 1 ? ', all from one source' : `, from ${counted(sources, 'source')}`
