import { countryName, stateOn } from '../../countries/states.ts'
import { COUNTRIES, RELABELLED } from '../../countries/table.ts'

/** A country by the publisher's ID. The same ID can mean different states at different times. */
interface CountryMention {
  readonly id: string
  /** The label next to the ID in the row. */
  readonly label?: string
  /** The first day of the row: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly from?: string | undefined
}

/** A year in an ID such as `czechoslovakia-1993` says when the state ended. The ID means the same without it. */
const UNTIL = /-\d{4}$/

/**
 * The code of a country. If an ID stands for several states, the label or the day decides; for the Soviet Union and Russia, and
 * for states that have ended, the day decides over the label. Undefined for an ID that has not been reviewed: the code is never
 * guessed.
 */
export function countryCode(mention: CountryMention): string | undefined {
  const code = labelledCode(mention)
  return code && stateOn(code, mention.from ?? '')
}

/** A note if the label of a row names another state than the one that existed on the day. */
export function labelNote({ label = '', ...mention }: CountryMention, code: string): string | undefined {
  const soviet = code === 'RU' && /U\.?S\.?S\.?R|Soviet/i.test(label)
  const russian = code === 'SUHH' && /^Russia/i.test(label)
  const ended = labelledCode({ label, ...mention }) !== code
  if (!soviet && !russian && !ended) return undefined
  const name = countryName(code)
  return `The source says “${label || mention.id}”; on that day the state was ${name}.`
}

function labelledCode({ id, label = '', from = '' }: CountryMention): string | undefined {
  const key = COUNTRIES.has(id) ? id : id.replace(UNTIL, '')
  for (const { id, labelled, since, until, code } of RELABELLED) {
    const dated = since !== undefined || until !== undefined
    const fits = !dated || (from !== '' && from >= (since ?? '') && from < (until ?? '9999'))
    if (id === key && fits && (labelled?.test(label) ?? true)) return code
  }
  return COUNTRIES.get(key)?.code
}

/** The name of a country in the titles of offices: `India`, `the Two Sicilies`. */
export const countryLabel = (id: string): string | undefined =>
  (COUNTRIES.get(id) ?? COUNTRIES.get(id.replace(UNTIL, '')))?.name
