/** The part of the `edtf` package that we use; it has no types of its own. Months count from 0. */
declare module 'edtf' {
  interface DateNode {
    type?: 'Date'
    values: number[]
    /** A bit for each digit that is `X`: 0 to 3 for the year, 4 and 5 for the month, 6 and 7 for the day. */
    unspecified?: number
    /** `true`, or a bit mask of the parts. */
    uncertain?: boolean | number
    approximate?: boolean | number
  }
  interface IntervalNode {
    type: 'Interval'
    /** An end is `null` if it is unknown, and an infinite number if it is open (`..`). */
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
