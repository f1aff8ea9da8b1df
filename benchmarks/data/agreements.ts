import type { Country } from './countries.ts'
import { dayIn, LAST_YEAR, someYear } from './dates.ts'
import type { Making } from './making.ts'
import { topicsByFrequency } from './meetings.ts'
import type { RecordOf } from './record.ts'

const steps = ['ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED'] as const

/** An agreement that has come as far as chance would have it, a step every year or two. */
export function newAgreement(
  { random, archive }: Making,
  parties: readonly Country[],
  suffix: string,
): RecordOf<'agreements'> {
  const codes = parties.map(({ code }) => code)
  let year = Math.min(someYear(random), LAST_YEAR - 10)
  const events = steps.slice(0, random.between(1, steps.length)).map((status) => {
    year += random.between(1, 2)
    return { status, when: dayIn(random, year), citations: archive.cite() }
  })
  return {
    slug: `agreement-${codes.join('-').toLowerCase()}-${suffix}`,
    title: `Agreement between ${codes.join(' and ')}`,
    kind: random.pick(['DEAL', 'TREATY', 'MEMORANDUM', 'OTHER']),
    parties: codes,
    topics: topicsByFrequency.some(random, 2),
    events,
    citations: archive.cite(),
  }
}
