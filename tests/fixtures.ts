import { createHash } from 'node:crypto'
import type { Kind } from '../src/bundle/concepts.ts'
import type { BundleInput } from '../src/bundle/format.ts'
import { type LoadReport, loadBundle } from '../src/bundle/load/load.ts'
import { BundleRefused, type Problem } from '../src/bundle/problems.ts'
import { parseBundle } from '../src/bundle/reading/parse.ts'
import type { Database } from '../src/database/open.ts'

type Input<K extends Kind> = NonNullable<BundleInput[K]>[number]
type Citation = Input<'meetings'>['citations'][number] & { start: number; end: number }
type Participation = NonNullable<Input<'meetings'>['participations']>[number]

/** What the fixtures cite. Offsets count code points, which here are neither UTF-16 units nor bytes. */
export const TEXT = `Zürich, 5 May 2031. 𝔄da Meer, minister of India, met Bo Ødegård of Italy 🤝 in the town hall.
“Trade first 🚢,” she said, “then 日本.” He called it “a start”.`

/** The source of TEXT. */
export const source = (fields: Partial<Input<'sources'>> = {}): Input<'sources'> => ({
  slug: 'gazette',
  title: 'The two meet',
  published: '2031-05-06',
  sha256: createHash('sha256').update(TEXT).digest('hex'),
  length: [...TEXT].length,
  text: TEXT,
  ...fields,
})

/** Cites words of TEXT at their place. */
export function citation(exact = 'met', fields: Partial<Citation> = {}): Citation {
  const start = [...(TEXT.split(exact, 1)[0] as string)].length
  return { source: 'gazette', start, end: start + [...exact].length, exact, ...fields }
}

const citations = [citation()]

export const person = (slug: string, fields: Partial<Input<'people'>> = {}): Input<'people'> => ({
  slug,
  name: `Name of ${slug}`,
  ...fields,
})

export const topic = (slug: string, ...broader: string[]): Input<'topics'> => ({
  slug,
  name: `Name of ${slug}`,
  broader,
})

export const attended = (person: string, fields: Partial<Participation> = {}): Participation => ({
  person,
  role: 'PARTICIPANT',
  citations,
  ...fields,
})

export const position = (fields: Partial<Input<'positions'>> = {}): Input<'positions'> => ({
  slug: 'ada-minister',
  person: 'ada',
  post: 'minister-of-india',
  title: 'Minister',
  country: 'IN',
  tenure: '/',
  citations,
  ...fields,
})

export const visit = (fields: Partial<Input<'visits'>> = {}): Input<'visits'> => ({
  slug: 'tour',
  title: 'A tour',
  to: 'CH',
  when: '2031-05',
  citations,
  ...fields,
})

export const meeting = (fields: Partial<Input<'meetings'>> = {}): Input<'meetings'> => ({
  slug: 'town-hall',
  title: 'In the town hall',
  kind: 'BILATERAL',
  when: '2031-05-05',
  citations,
  ...fields,
})

export const agreement = (fields: Partial<Input<'agreements'>> = {}): Input<'agreements'> => ({
  slug: 'pact',
  title: 'A pact',
  kind: 'DEAL',
  parties: ['IN', 'IT'],
  events: [{ status: 'ANNOUNCED', when: '2031-05-05', citations }],
  citations,
  ...fields,
})

export const relationEvent = (fields: Partial<Input<'relationEvents'>> = {}): Input<'relationEvents'> => ({
  slug: 'recognition',
  kind: 'RECOGNIZED',
  title: 'Recognition',
  countries: ['IN', 'IT'],
  when: '2031-05-05',
  citations,
  ...fields,
})

export const statement = (fields: Partial<Input<'statements'>> = {}): Input<'statements'> => ({
  slug: 'trade-first',
  quotation: 'DIRECT',
  text: 'Trade first 🚢',
  quoted: ['Trade first 🚢'],
  speakers: [{ person: 'ada' }],
  said: '2031-05-05',
  citations: [citation('Trade first 🚢')],
  ...fields,
})

/** A bundle with the source, the people `ada` and `bo`, and whatever a test states besides or instead. */
export const bundleWith = (lists: Partial<BundleInput> = {}): BundleInput => ({
  format: 'bilateral-bundle',
  version: 1,
  sources: [source()],
  people: [person('ada'), person('bo')],
  ...lists,
})

export const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** Loads a bundle by way of its bytes, as a file is loaded. */
export const load = async (database: Database, bundle: BundleInput): Promise<LoadReport> =>
  await loadBundle(database, parseBundle(bytesOf(bundle)))

/** The problems for which `work` refuses a bundle. */
export async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work()
  } catch (error) {
    if (error instanceof BundleRefused) return error.problems
    throw error
  }
  throw new Error('expected the bundle to be refused, but it was not')
}
