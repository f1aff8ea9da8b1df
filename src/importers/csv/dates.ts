import { InvalidEdtf } from '../../time/edtf.ts'
import { timeSpan } from '../../time/span.ts'
import { show } from './reading.ts'
import { Unreadable } from './unreadable.ts'

type DateOrder = 'EDTF' | 'DMY' | 'MDY'

/** `5/2/2026`, `05.02.2026`, `5-2-2026` and `2/2026`. None of these is EDTF. */
const IN_PARTS = /^(?:(\d{1,2})\s*([/.-])\s*)?(\d{1,2})\s*([/.-])\s*(\d{2}|\d{4})$/

/**
 * Returns a function that converts a cell to EDTF of the same precision. It caches its results. It throws Unreadable for text that
 * is not a date and for ambiguous dates: two-digit years, and day and month in an order that the mapping does not give.
 */
export function dateReader(order: DateOrder): (cell: string) => string {
  const read = new Map<string, string>()
  return (cell) => {
    const edtf = read.get(cell) ?? readDate(cell, order)
    read.set(cell, edtf)
    return edtf
  }
}

function readDate(cell: string, order: DateOrder): string {
  const [, first, before = '', second = '', after, year = ''] = IN_PARTS.exec(cell) ?? []
  if (!year || (first !== undefined && before !== after)) return expectEdtf(cell, cell, order)
  if (year.length === 2) {
    throw new Unreadable(
      'two-digit-year',
      `found the date ${show(cell)}; expected a year with four digits, because the century is not clear`,
    )
  }
  if (order === 'EDTF') {
    throw new Unreadable(
      'order-of-date',
      `found the date ${show(cell)}; expected EDTF such as 2026-02-05; for this format set "dates" in the mapping to DMY or MDY`,
    )
  }
  if (first === undefined) return expectEdtf(`${year}-${second.padStart(2, '0')}`, cell, order)
  const [day, month] = order === 'DMY' ? [first, second] : [second, first]
  return expectEdtf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, cell, order)
}

function expectEdtf(edtf: string, cell: string, order: DateOrder): string {
  try {
    return timeSpan(edtf).edtf
  } catch (error) {
    if (!(error instanceof InvalidEdtf)) throw error
    const read = edtf === cell ? '' : `, read as ${order} ${edtf}`
    throw new Unreadable('invalid-date', `found the date ${show(cell)}${read}: ${error.message}`)
  }
}
