import type { OfficeFragment, RelationPageQuery } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { leadingOffices } from '../parts/leading-offices.ts'
import type { Tone } from '../parts/signs.tsx'
import { dayOfTime, withArticle } from '../parts/words.ts'

/** An office and its holders. */
export interface OfficeLane {
  readonly label: string
  readonly tone: Tone
  readonly holders: readonly OfficeFragment[]
}

/** Above this number, a state’s offices are those of the people who took part most often. */
const MOST_OFFICES = 4

interface State {
  readonly code: string
  readonly name: string
}

/** Leading offices of both states, offices in which people took part, and heads of mission. Each has a holder on record. */
export function officesOf(data: RelationPageQuery): readonly OfficeLane[] {
  const [one, other] = data.relation?.countries ?? []
  if (!data.relation || !one || !other) return []
  const missions = data.relation.positions.nodes
  const taken = data.relation.mostPresent.flatMap(({ titles, person }) =>
    person.positions.filter(({ title }) => titles.length === 0 || titles.includes(title)),
  )
  // Sources may write the title of a leading office in another way than the query.
  const leadingToday = (state: State, holders: readonly OfficeFragment[]) => {
    const keys = leadingOffices(state.code).map((title) => keyOf(title, state))
    return holders.filter(({ title }) => keys.includes(keyOf(title, state)))
  }
  const lanesFor = (state: State, host: State, tone: Tone, leading: readonly OfficeFragment[]) => {
    const heads = missions.filter(({ country }) => country?.code === state.code)
    const own = taken.filter(({ country, accreditedTo }) => country?.code === state.code && !accreditedTo)
    const lanes = groupsOf([...leading, ...own], state).slice(0, MOST_OFFICES)
    if (heads.length > 0) lanes.push({ label: `Heads of mission in ${withArticle(host.name)}`, holders: heads })
    return lanes.map(({ label, holders }) => ({ label, tone, holders: [...holders].sort(byStart) }))
  }
  return [
    ...lanesFor(one, other, 'a', [
      ...data.firstLeaders.nodes,
      ...data.firstMinisters.nodes,
      ...leadingToday(one, data.firstToday.nodes),
    ]),
    ...lanesFor(other, one, 'b', [
      ...data.secondLeaders.nodes,
      ...data.secondMinisters.nodes,
      ...leadingToday(other, data.secondToday.nodes),
    ]),
  ]
}

/** Holders by office. Sources write the title of one office in different ways. */
function groupsOf(holders: readonly OfficeFragment[], state: State) {
  const groups = new Map<string, { label: string; holders: Map<string, OfficeFragment> }>()
  for (const holder of holders) {
    const label = shortTitle(holder.title, state)
    const key = keyOf(holder.title, state)
    const group = groups.get(key) ?? { label, holders: new Map() }
    groups.set(key, group)
    // The EDTF of an office that is only attested is `/`, for each of its periods.
    group.holders.set(`${holder.person.name} ${JSON.stringify(holder.tenure)}`, holder)
  }
  return [...groups.values()].map(({ label, holders }) => ({ label, holders: [...holders.values()] }))
}

function keyOf(title: string, state: State): string {
  const short = shortTitle(title, state)
  return FOREIGN_MINISTER.test(short) ? 'foreign minister' : short.toLowerCase()
}

const FOREIGN_MINISTER =
  /^(minister (of|for) (external|foreign) affairs|(external affairs|foreign) (minister|secretary)|secretary of state)$/i

/** A title without the name of its state: `US President` and `President of the United States` become `President`. */
function shortTitle(title: string, { code, name }: State): string {
  const ends = [`, ${name}`, ` of ${name}`, ` of the ${name}`]
  const starts = [`${code} `, `${name} `, ...(code === 'US' ? ['U.S. '] : code === 'GB' ? ['UK ', 'British '] : [])]
  const end = ends.find((text) => title.endsWith(text)) ?? ''
  const start = starts.find((text) => title.startsWith(text)) ?? ''
  return title.slice(start.length, title.length - end.length)
}

const byStart = (one: OfficeFragment, other: OfficeFragment) => startDay(one).localeCompare(startDay(other))

const startDay = ({ tenure }: OfficeFragment) =>
  tenure.beginOfTheBegin ?? tenure.endOfTheBegin ?? tenure.beginOfTheEnd ?? tenure.endOfTheEnd ?? ''

export const officeTable = (offices: readonly OfficeLane[]): Table => ({
  columns: ['office', 'person', 'held', 'EDTF'],
  rows: offices.flatMap(({ label, holders }) =>
    holders.map(({ person, tenure }) => [label, person.name, heldOf(tenure), tenure.edtf]),
  ),
})

/** When an office was held, or when sources name it if none says when it began or ended: the bounds include those days. */
function heldOf({ edtf, label, endOfTheBegin: one, beginOfTheEnd: other }: OfficeFragment['tenure']): string {
  if (edtf !== '/' || !one || !other) return label
  if (one === other) return `named so on ${dayOfTime(one)}`
  const [first = one, last = one] = [one, other].sort()
  return `named so between ${dayOfTime(first)} and ${dayOfTime(last)}`
}
