import type { ClientBase } from 'pg'
import { timeSpan } from '../../time/span.ts'
import { diedBeforeBirth } from '../derived/life.ts'

/** What a merge needs to know about a person. */
export interface Person {
  readonly slug: string
  readonly name: string
  readonly names: readonly string[]
  readonly wikidata_id: string | null
  readonly born: string | null
  readonly died: string | null
}

const OCCASIONS = `
  SELECT coalesce('meetings/' || one.meeting_slug, 'visits/' || one.visit_slug) || ': both took part' AS clash
  FROM participation one JOIN participation other ON one.meeting_slug = other.meeting_slug OR one.visit_slug = other.visit_slug
  WHERE (one.person_slug, other.person_slug) = ($1, $2)`

/** SQL for the country of an office, directly or by its organization. */
export const countryOf = (row: string): string =>
  `coalesce(${row}.country_code, (SELECT country_code FROM organization WHERE slug = ${row}.organization_slug))`

const OFFICES = `
  SELECT 'positions/' || one.slug || ' and positions/' || other.slug || ': offices of ' || ${countryOf('one')} || ' and '
    || ${countryOf('other')} || ' on ' || greatest(one.end_of_the_begin, other.end_of_the_begin) AS clash
  FROM position one JOIN position other ON ${countryOf('one')} <> ${countryOf('other')}
    AND one.end_of_the_begin <= one.begin_of_the_end AND other.end_of_the_begin <= other.begin_of_the_end
    AND greatest(one.end_of_the_begin, other.end_of_the_begin) <= least(one.begin_of_the_end, other.begin_of_the_end)
  WHERE (one.person_slug, other.person_slug) = ($1, $2)`

/** Why two records cannot be of one person, each with the records or the values that clash. */
export async function clashesOf(client: ClientBase, one: Person, other: Person): Promise<string[]> {
  const clashes = lifeClashes(one, other)
  for (const sql of [OCCASIONS, OFFICES]) {
    const { rows } = await client.query<{ clash: string }>(`${sql} ORDER BY clash`, [one.slug, other.slug])
    clashes.push(...rows.map(({ clash }) => clash))
  }
  return clashes
}

function lifeClashes(one: Person, other: Person): string[] {
  const clashes: string[] = []
  const say = (what: string, a: string | null, b: string | null) =>
    clashes.push(`people/${one.slug} and people/${other.slug}: ${what} ${a} and ${b}`)
  if (one.wikidata_id && other.wikidata_id && one.wikidata_id !== other.wikidata_id) {
    say('the Wikidata items', one.wikidata_id, other.wikidata_id)
  }
  for (const event of ['born', 'died'] as const) {
    if (areApart(one[event], other[event])) say(event, one[event], other[event])
  }
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    if (!diedBeforeBirth(a) && diedBeforeBirth({ born: a.born, died: b.died })) {
      clashes.push(`people/${a.slug} and people/${b.slug}: born ${a.born} and died ${b.died}`)
    }
  }
  return clashes
}

/** Whether two dates certainly have no day in common. */
function areApart(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  const [a, b] = [timeSpan(one), timeSpan(other)]
  const isBefore = (x: typeof a, y: typeof a) =>
    !x.endIsDoubtful && !y.beginIsDoubtful && (x.endOfTheEnd ?? '9999-12-31') < (y.beginOfTheBegin ?? '0001-01-01')
  return isBefore(a, b) || isBefore(b, a)
}
