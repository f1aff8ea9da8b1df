/** What a field tells `execution/cost.ts` of itself, as its extensions. One that tells nothing weighs 1. */
export interface Weight extends Record<string, unknown> {
  readonly weight: number
  /** How many elements its list may have by its arguments, where neither `first` nor `last` says. */
  readonly listSize?: (args: Readonly<Record<string, unknown>>) => number
}

/** The weight of a field whose resolver runs SQL of its own, so once for each of its parents. */
export const aStatement = { weight: 50 } as const satisfies Weight

/** The weight of what is held against a text that is read once a request, for all that are held against it. */
export const aComparison = { weight: 10 } as const satisfies Weight

/** The weight of a text that may be as long as a book. */
export const aText = { weight: 500 } as const satisfies Weight
