import type { Day } from '../../time/edtf.ts'
import { timeSpan } from '../../time/span.ts'

interface Lived {
  readonly born?: string | null | undefined
  readonly died?: string | null | undefined
}

/** The first and the last day on which a person can have lived. Null where the dates leave it open, or are approximate or uncertain. */
export function lifeOf({ born, died }: Lived): { readonly bornFrom: Day | null; readonly diedBy: Day | null } {
  const [birth, death] = [born ? timeSpan(born) : undefined, died ? timeSpan(died) : undefined]
  return {
    bornFrom: birth && !birth.beginIsDoubtful ? birth.beginOfTheBegin : null,
    diedBy: death && !death.endIsDoubtful ? death.endOfTheEnd : null,
  }
}

/** Whether somebody with these dates certainly died before they were born. */
export function diedBeforeBirth(lived: Lived): boolean {
  const { bornFrom, diedBy } = lifeOf(lived)
  return bornFrom !== null && diedBy !== null && bornFrom > diedBy
}
