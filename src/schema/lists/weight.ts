/** Extensions of a field that `execution/cost.ts` reads. A field without them has the weight 1. */
export interface Weight extends Record<string, unknown> {
  readonly weight: number
  /** Maximum or assumed length of the list, from its arguments, for lists without `first` and `last`. */
  readonly listSize?: (args: Readonly<Record<string, unknown>>) => number
}

/** The weight of a field whose resolver runs its own SQL statement, once for each parent. */
export const aStatement = { weight: 50 } as const satisfies Weight

/** The weight of a comparison with the text of a source, which is read only once per request. */
export const aComparison = { weight: 10 } as const satisfies Weight

/** The weight of a text that can be as long as a book. */
export const aText = { weight: 500 } as const satisfies Weight
