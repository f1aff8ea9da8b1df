/** What we use of the `edtf` package, which ships no types. Months count from 0; `unspecified` is a bit a digit. */
declare module 'edtf' {
  interface DateNode {
    type?: 'Date'
    values: number[]
    /** Which digits are `X`: bits 0 to 3 the year's, 4 and 5 the month's, 6 and 7 the day's. */
    unspecified?: number
    /** `true`, or a bit mask of the parts. */
    uncertain?: boolean | number
    approximate?: boolean | number
  }
  interface IntervalNode {
    type: 'Interval'
    /** An end is `null` where it is unknown, an infinity where it is open (`..`). */
    values: [DateNode | number | null, DateNode | number | null]
  }
  interface SetNode {
    type: 'Set'
    values: (DateNode | [DateNode, DateNode])[]
    earlier?: boolean
    later?: boolean
  }
  type OtherNode = { [T in 'List' | 'Season' | 'Year' | 'Decade' | 'Century']: { type: T } }[
    | 'List'
    | 'Season'
    | 'Year'
    | 'Decade'
    | 'Century']
  export function parse(text: string, options?: { level: 0 | 1 | 2 }): DateNode | IntervalNode | SetNode | OtherNode
}
