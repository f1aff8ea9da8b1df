import type { Kind } from '../../src/bundle/concepts.ts'
import { FORMAT, FORMAT_VERSION } from '../../src/bundle/format.ts'
import { newAgreement } from './agreements.ts'
import { Archive, publishers } from './archive.ts'
import { type Country, countriesOf, isFurther } from './countries.ts'
import type { Making } from './making.ts'
import { type Meeting, newMeeting } from './meetings.ts'
import { type Encounter, encounters } from './pairs.ts'
import { People } from './people.ts'
import { Lottery, Random } from './random.ts'
import type { RecordOf } from './record.ts'
import { newStatement } from './statements.ts'
import { topics } from './topics.ts'

/** A line of JSON Lines. */
type Line = { [K in Kind]?: RecordOf<K> } | { format: string; version: number }

const STATEMENTS = 50_000
const AGREEMENTS = 300

/** The lines of a bundle of so many blocks of 10,000 meetings. The blocks of a smaller scale are those of a larger one, too. */
export function* generate(scale: number): Generator<Line> {
  yield { format: FORMAT, version: FORMAT_VERSION }
  for (const organization of publishers) yield { organizations: organization }
  for (const topic of topics) yield { topics: topic }
  for (const country of countriesOf(scale)) yield* linesOf(country)
  const taken = new Set<string>()
  const newSlug = (slug: string) => {
    let free = slug
    for (let n = 2; taken.has(free); n++) free = `${slug}-${n}`
    taken.add(free)
    return free
  }
  const plans = encounters()
  for (let block = 0; block < scale; block++) yield* blockOf(block, plans.next().value, newSlug)
}

function* linesOf(country: Country): Generator<Line> {
  const { code, ministry, number } = country
  if (isFurther(country)) yield { countries: { code, name: `Republic no. ${number}` } }
  yield { organizations: { slug: ministry, name: `Foreign Ministry (${code})`, kind: 'MINISTRY', country: code } }
}

function* blockOf(block: number, plan: readonly Encounter[], newSlug: (slug: string) => string): Generator<Line> {
  const random = new Random(1_000_000 + block)
  const archive = new Archive(random, block)
  const making: Making = { random, archive, newSlug }
  for (const source of archive.sources) yield { sources: source }

  const people = new People(making, plan)
  for (const { record, positions } of people.all()) {
    yield { people: record }
    for (const position of positions) yield { positions: position }
  }

  const pairs = new Lottery(
    plan.filter(({ countries }) => countries.length === 2),
    ({ meetings }) => meetings ** 0.5,
  )
  const agreements = Array.from({ length: AGREEMENTS }, (_, i) =>
    newAgreement(making, pairs.draw(random).countries, `${block}-${i}`),
  )
  for (const agreement of agreements) yield { agreements: agreement }
  const someAgreement = () => (random.happens(0.03) ? random.pick(agreements).slug : undefined)
  yield* meetingsOf(making, block, plan, people, someAgreement)
}

/** The meetings of a block, each with what is said about it, and what is said about none. */
function* meetingsOf(
  making: Making,
  block: number,
  plan: readonly Encounter[],
  people: People,
  someAgreement: () => string | undefined,
): Generator<Line> {
  const { random } = making
  const everybody = people.all()
  let [met, said] = [0, 0]
  const statement = (meeting?: Meeting) => ({
    statements: newStatement(
      making,
      meeting,
      meeting?.participants ?? everybody,
      `said-${block}-${said++}`,
      someAgreement(),
    ),
  })
  for (const { countries, meetings } of plan) {
    for (let i = 0; i < meetings; i++) {
      const meeting = newMeeting(making, countries, people, `${block}-${met++}`)
      if (meeting.visit) yield { visits: meeting.visit }
      yield { meetings: meeting.record }
      // Four and a half on average, so that a tenth of all statements is about no meeting.
      for (let n = 1 + Math.floor(10 * random.next() ** 1.6); n > 0; n--) yield statement(meeting)
    }
  }
  while (said < STATEMENTS) yield statement()
}
