import type { Day } from './edtf.ts'
import type { Bounds } from './span.ts'

export type Certainty = 'CERTAIN' | 'POSSIBLE' | 'NO' | 'UNKNOWN'

/**
 * Whether something was the case on a day, according to its bounds.
 *
 * `NO`: the day is before the earliest start or after the latest end. `CERTAIN`: it had certainly started by that day and had
 * certainly not ended. `UNKNOWN`: no source says how early it may have started, or how late it may have ended. `POSSIBLE`:
 * otherwise.
 */
export function certaintyOn(day: Day, bounds: Bounds): Certainty {
  const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = bounds
  if (beginOfTheBegin !== null && day < beginOfTheBegin) return 'NO'
  if (endOfTheEnd !== null && day > endOfTheEnd) return 'NO'
  const hadBegun = endOfTheBegin !== null && day >= endOfTheBegin
  const hadNotEnded = beginOfTheEnd !== null && day <= beginOfTheEnd
  if (hadBegun && hadNotEnded) return 'CERTAIN'
  if ((!hadBegun && beginOfTheBegin === null) || (!hadNotEnded && endOfTheEnd === null)) return 'UNKNOWN'
  return 'POSSIBLE'
}
