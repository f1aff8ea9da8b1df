import { expect, it } from 'vitest'
import { timeSpan } from '../../src/time/span.ts'

/** Every pattern of two digits, some of them unspecified. */
const twoDigits = [...'0123X'].flatMap((tens) => [...'0123456789X'].map((ones) => tens + ones))
const ofMonths = twoDigits.filter((pattern) => /^(0[1-9]|1[0-2]|[01]X|X\d|XX)$/.test(pattern))

it.each(['2019', '2020', '201X', '20X0', '1X00', 'XX19'])(
  'every pattern of unspecified digits of %s has the bounds of the days that fit it',
  (year) => {
    const years = Array.from({ length: 9999 }, (_, i) => String(i + 1).padStart(4, '0')).filter((one) =>
      new RegExp(`^${year.replaceAll('X', '\\d')}$`).test(one),
    )
    // Only the first and last years of each length can give a bound.
    const isLeap = (year: string) =>
      !Number.isNaN(Date.parse(`${year}-02-29`)) && new Date(`${year}-02-29`).getUTCDate() === 29
    const outermost = [true, false].flatMap((leap) => {
      const alike = years.filter((year) => isLeap(year) === leap)
      return [alike.at(0), alike.at(-1)].flatMap((year) => year ?? [])
    })
    const calendar: string[] = []
    for (const year of new Set(outermost.toSorted())) {
      for (
        let day = new Date(`${year}-01-01`);
        day.toISOString().startsWith(year);
        day.setUTCDate(day.getUTCDate() + 1)
      ) {
        calendar.push(day.toISOString().slice(0, 10))
      }
    }
    const wrong: unknown[] = []
    for (const month of ofMonths) {
      for (const date of twoDigits) {
        const edtf = `${year}-${month}-${date}`
        const pattern = new RegExp(`^${edtf.replaceAll('X', '\\d')}$`)
        const fitting = calendar.filter((day) => pattern.test(day))
        const expected = [fitting.at(0), fitting.at(-1)]
        const found = boundsOf(edtf)
        if (String(found) !== String(expected)) wrong.push({ edtf, found, expected })
      }
    }
    expect(wrong).toEqual([])
  },
)

/** The first and the last day. Undefined if there is no such day. */
function boundsOf(edtf: string) {
  try {
    const { beginOfTheBegin, endOfTheEnd } = timeSpan(edtf)
    return [beginOfTheBegin, endOfTheEnd]
  } catch {
    return [undefined, undefined]
  }
}
