import { publishers } from './archive.ts'
import { dayIn, someYear } from './dates.ts'
import type { Making } from './making.ts'
import { type Meeting, topicsByFrequency } from './meetings.ts'
import type { Person } from './people.ts'
import type { RecordOf } from './record.ts'
import { prose } from './words.ts'

type StatementRecord = RecordOf<'statements'>
type Voice = NonNullable<StatementRecord['speakers']>[number]

/** What somebody said at a meeting, or in some year about none. */
export function newStatement(
  { random, archive }: Making,
  about: Meeting | undefined,
  people: readonly Person[],
  slug: string,
  agreement: string | undefined,
): StatementRecord {
  const text = prose(random, random.between(15, 60))
  const [speaker, addressee, mentioned] = random.some(people, 3)
  const voice = (person: Person | undefined): Voice[] => (person ? [{ person: person.record.slug }] : [])
  const chance = random.next()
  const quotation = random.pick(['DIRECT', 'MIXED', 'REPORTED'] as const)
  const publisher = random.pick(publishers).slug
  return {
    slug,
    quotation: chance < 0.05 ? 'OWN' : quotation,
    text,
    quoted: quotation === 'MIXED' ? [text.split(' ').slice(2, 6).join(' ')] : [],
    ...speakers(chance, voice(speaker), publisher),
    addressees: random.happens(0.3) ? voice(addressee) : [],
    mentions: random.happens(0.2) ? voice(mentioned) : [],
    said: about?.record.when ?? dayIn(random, someYear(random)),
    topics: random.some(about?.topics ?? topicsByFrequency.some(random, 2), random.between(1, 2)),
    ...(about ? { meeting: about.record.slug } : {}),
    ...(agreement ? { agreement } : {}),
    // A direct quotation must be in its passage.
    citations: archive.cite(quotation === 'DIRECT' ? text : text.split(' ').slice(0, 8).join(' ')),
  }
}

/** Mostly one person; else the source's publisher, or nobody by name. */
function speakers(
  chance: number,
  person: Voice[],
  publisher: string,
): Pick<StatementRecord, 'speakers' | 'attribution'> {
  if (chance < 0.05) return { speakers: [{ organization: publisher }] }
  if (chance < 0.08) return { attribution: 'officials of both sides' }
  return { speakers: person }
}
