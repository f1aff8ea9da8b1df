import type { Day } from './edtf.ts'
import type { Bounds } from './span.ts'

export type Certainty = 'CERTAIN' | 'POSSIBLE' | 'NO' | 'UNKNOWN'

/**
 * Whether something lasted on a day, as far as its sources tell.
 *
 * `NO` outside of a written outer bound; `CERTAIN` where it had begun by that day for sure and had not ended for sure;
 * `UNKNOWN` where nobody wrote down how early it may have begun or how late it may have ended; else `POSSIBLE`.
 */
export const certaintyOn = (day: Day, bounds: Bounds): Certainty => certaintyBetween(day, day, bounds)

/**
 * Whether something lasted throughout an occasion whose day or days are known only as far as its own bounds tell: an
 * unwritten bound of the occasion leaves that side as unknown as an unwritten one of the thing itself.
 */
export const certaintyDuring = (occasion: Bounds, bounds: Bounds): Certainty =>
  certaintyBetween(occasion.beginOfTheBegin, occasion.endOfTheEnd, bounds)

function certaintyBetween(from: Day | null, to: Day | null, bounds: Bounds): Certainty {
  const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = bounds
  if (beginOfTheBegin !== null && to !== null && to < beginOfTheBegin) return 'NO'
  if (endOfTheEnd !== null && from !== null && from > endOfTheEnd) return 'NO'
  const hadBegun = endOfTheBegin !== null && from !== null && from >= endOfTheBegin
  const hadNotEnded = beginOfTheEnd !== null && to !== null && to <= beginOfTheEnd
  if (hadBegun && hadNotEnded) return 'CERTAIN'
  const beginUnknown = !hadBegun && (beginOfTheBegin === null || from === null)
  const endUnknown = !hadNotEnded && (endOfTheEnd === null || to === null)
  return beginUnknown || endUnknown ? 'UNKNOWN' : 'POSSIBLE'
}
