import { z } from 'zod'

/** A variable whose value is a whole number. */
export const wholeNumber = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected).transform(Number)

/** A variable whose values are separated by commas. */
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean),
  )

/** A variable whose value is a whole number in a range. */
export const between = (min: number, max: number, fallback: number) =>
  wholeNumber(/^\d{1,10}$/, `expected a whole number from ${min} to ${max}`)
    .refine((value) => value >= min && value <= max, `expected a whole number from ${min} to ${max}`)
    .default(fallback)
