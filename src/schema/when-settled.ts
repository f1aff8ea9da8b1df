import { isThenable } from '@pothos/core'

/**
 * What is made of selections, of which some have to be waited for: those above a list that searches, which asks the database
 * first. Where none has to be, it is there at once: a promise would make promises of all selections above it.
 */
export function whenSettled<const Selections extends readonly unknown[], Made>(
  selections: Selections,
  make: (...settled: { -readonly [I in keyof Selections]: Awaited<Selections[I]> }) => Made,
): Made | Promise<Made> {
  type Settled = Parameters<typeof make>
  if (!selections.some(isThenable)) return make(...(selections as unknown as Settled))
  return Promise.all(selections).then((settled) => make(...(settled as unknown as Settled)))
}
