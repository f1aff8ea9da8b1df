import { type Country, countriesOf } from './countries.ts'
import { Random } from './random.ts'

/** Which countries meet, and how often. */
export interface Encounter {
  readonly countries: readonly Country[]
  readonly meetings: number
}

/** The pairs of each block that meet most. */
const MAIN = 5_000
const MIDDLE = [640, 480, 400, 320, 260, 210, 170, 120]
/** Meetings of a block that pairs with few share, and of more than two countries; with the others, 10,000. */
const FEW = 1_600
const MULTILATERAL = 800

const keyOf = (pair: readonly Country[]) =>
  pair
    .map(({ number }) => number)
    .toSorted((a, b) => a - b)
    .join('-')

/**
 * The encounters of one block after the other. No two blocks share a pair, but for meetings of many countries, and never the
 * main pair of either: so a pair has as many meetings at every scale.
 */
export function* encounters(): Generator<readonly Encounter[], never> {
  const random = new Random(2)
  const used = new Set<string>()
  const mains = Array.from({ length: 100 }, (_, block) =>
    newPair(random, block === 0 ? countriesOf(1).slice(0, 2) : poolOf(random, block), used),
  )
  const mainKeys = new Set(mains.map(keyOf))
  for (let block = 0; ; block++) {
    const own = new Random(1_000 + block)
    const main = mains[block] ?? newPair(own, poolOf(own, block), used)
    const pool = [...new Set([...main, ...poolOf(own, block)])]
    const some = (meetings: number) => ({ countries: newPair(own, pool, used), meetings })
    yield [
      { countries: main, meetings: MAIN },
      ...MIDDLE.map(some),
      ...sizes(own, FEW, 12).map(some),
      ...sizes(own, MULTILATERAL, 3).map((meetings) => ({ countries: many(own, pool, mainKeys), meetings })),
    ]
  }
}

/** A hundred of the countries that there are by then. */
const poolOf = (random: Random, block: number): Country[] => random.some(countriesOf(block + 1), 100)

function newPair(random: Random, pool: readonly Country[], used: Set<string>): Country[] {
  for (;;) {
    const pair = random.some(pool, 2)
    if (used.has(keyOf(pair))) continue
    used.add(keyOf(pair))
    return pair
  }
}

/** Three to twelve countries, mostly few, no two of which are a main pair. */
function many(random: Random, pool: readonly Country[], mains: ReadonlySet<string>): Country[] {
  const chosen: Country[] = []
  for (const next of random.some(pool, 3 + Math.floor(10 * random.next() ** 2))) {
    if (!chosen.some((one) => mains.has(keyOf([one, next])))) chosen.push(next)
  }
  return chosen.length >= 3 ? chosen : many(random, pool, mains)
}

/** Sizes, mostly small, that make the sum. */
function sizes(random: Random, sum: number, largest: number): number[] {
  const drawn: number[] = []
  for (let left = sum; left > 0; left -= drawn.at(-1) as number) {
    drawn.push(Math.min(left, 1 + Math.floor(largest * random.next() ** 2)))
  }
  return drawn
}
