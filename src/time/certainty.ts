import type { Day } from './edtf.ts'
import type { Bounds } from './span.ts'

export type Certainty = 'CERTAIN' | 'POSSIBLE' | 'NO' | 'UNKNOWN'

/**
 * Whether something was the case on a day, according to its bounds.
 *
 * `NO`: the day is before the earliest start or after the latest end. `CERTAIN`: it had certainly started by that day and had
 * certainly not ended. `UNKNOWN`: no source says how early it may have started, or how late it may have ended. `POSSIBLE`:
 * otherwise. A doubtful start or end gives neither `NO` nor `CERTAIN`: beyond it is `UNKNOWN`.
 */
export function certaintyOn(day: Day, bounds: Bounds): Certainty {
  const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = bounds
  if (beginOfTheBegin !== null && day < beginOfTheBegin) return beginIsDoubtful ? 'UNKNOWN' : 'NO'
  if (endOfTheEnd !== null && day > endOfTheEnd) return endIsDoubtful ? 'UNKNOWN' : 'NO'
  const hadBegun = endOfTheBegin !== null && day >= endOfTheBegin
  const hadNotEnded = beginOfTheEnd !== null && day <= beginOfTheEnd
  if (hadBegun && hadNotEnded) return 'CERTAIN'
  if ((!hadBegun && beginOfTheBegin === null) || (!hadNotEnded && endOfTheEnd === null)) return 'UNKNOWN'
  return 'POSSIBLE'
}
