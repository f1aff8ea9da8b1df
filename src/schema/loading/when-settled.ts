import { isThenable } from '@pothos/core'

/**
 * Builds a selection from nested ones. A nested selection is a promise if a list below it searches, because the search runs
 * first. Without such a list the result is no promise either: otherwise every selection above would become one.
 */
export function whenSettled<const Selections extends readonly unknown[], Made>(
  selections: Selections,
  make: (...settled: { -readonly [I in keyof Selections]: Awaited<Selections[I]> }) => Made,
): Made | Promise<Made> {
  type Settled = Parameters<typeof make>
  if (!selections.some(isThenable)) return make(...(selections as unknown as Settled))
  return Promise.all(selections).then((settled) => make(...(settled as unknown as Settled)))
}
