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
