/**
 * Extensions of a field that `execution/cost.ts` reads. A field without them has the weight 1. A unit takes about 5 µs of CPU time,
 * in the service and the database together, measured with the whole archive (docs/operating.md, "Cost").
 */
export interface Weight extends Record<string, unknown> {
  readonly weight: number
  /** Maximum or assumed length of the list, from its arguments, for lists without `first` and `last`. */
  readonly listSize?: (args: Readonly<Record<string, unknown>>) => number
}

/** The weight of a field whose resolver runs its own SQL statement, once for each parent. */
export const aStatement = { weight: 200 } as const satisfies Weight

/** The weight of a statement that groups the facts of a country or a person. */
export const aTally = { weight: 800 } as const satisfies Weight

/** The weight of a statement that reads all facts, or searches in them. */
export const aSurvey = { weight: 2_000 } as const satisfies Weight

/** The weight of a statement that looks for words in all citations. */
export const aScan = { weight: 5_000 } as const satisfies Weight

/** The weight of a comparison of a draft with all stored texts. */
export const aDraft = { weight: 50_000 } as const satisfies Weight

/** The weight of reading an article, and of finding the people that it may mean. */
export const anArticle = { weight: 60_000 } as const satisfies Weight

/**
 * What an alias adds to a field with arguments and fields: one statement loads a relation of a record once, so the relation with
 * other arguments is loaded for each record alone.
 */
export const aSecond = { weight: 60 } as const satisfies Weight

/** The weight of a comparison with the text of a source, which is read only once per request. */
export const aComparison = { weight: 10 } as const satisfies Weight

/** The weight of a change of the data, which runs some hundred statements and lets no other change run meanwhile. */
export const anEdit = { weight: 10_000 } as const satisfies Weight

/** The weight of a text that can be as long as a book. */
export const aText = { weight: 2_000 } as const satisfies Weight
