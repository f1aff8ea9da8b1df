import { describe, expect, it } from 'vitest'
import { isOpenEnded, timeSpan } from '../../src/time/span.ts'

describe('EDTF text gives the four bounds', () => {
  it.each<[edtf: string, ...bounds: (string | null)[]]>([
    ['2026-02-05', '2026-02-05', '2026-02-05', '2026-02-05', '2026-02-05'],
    ['2026-02', '2026-02-01', '2026-02-28', '2026-02-01', '2026-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29', '2024-02-01', '2024-02-29'],
    ['2000-02-29', '2000-02-29', '2000-02-29', '2000-02-29', '2000-02-29'],
    ['2026', '2026-01-01', '2026-12-31', '2026-01-01', '2026-12-31'],
    ['0001', '0001-01-01', '0001-12-31', '0001-01-01', '0001-12-31'],
    ['9999', '9999-01-01', '9999-12-31', '9999-01-01', '9999-12-31'],

    ['1881-05-XX', '1881-05-01', '1881-05-31', '1881-05-01', '1881-05-31'],
    ['1881-05-1X', '1881-05-10', '1881-05-19', '1881-05-10', '1881-05-19'],
    ['1881-XX-31', '1881-01-31', '1881-12-31', '1881-01-31', '1881-12-31'],
    ['188X', '1880-01-01', '1889-12-31', '1880-01-01', '1889-12-31'],
    ['18XX', '1800-01-01', '1899-12-31', '1800-01-01', '1899-12-31'],
    ['000X', '0001-01-01', '0009-12-31', '0001-01-01', '0009-12-31'],
    ['18XX-02-29', '1804-02-29', '1896-02-29', '1804-02-29', '1896-02-29'],
    ['XXXX', null, null, null, null],
    ['XXXX-12-25', null, null, null, null],

    // The parser of the package `edtf` changed these to the last day of a month.
    ['2019-X2-31', '2019-12-31', '2019-12-31', '2019-12-31', '2019-12-31'],
    ['2020-X2-30', '2020-12-30', '2020-12-30', '2020-12-30', '2020-12-30'],
    ['2019-01-X0', '2019-01-10', '2019-01-30', '2019-01-10', '2019-01-30'],
    ['2019-04-3X', '2019-04-30', '2019-04-30', '2019-04-30', '2019-04-30'],

    ['2026-02-02/2026-02-04', '2026-02-02', '2026-02-02', '2026-02-04', '2026-02-04'],
    ['2026-02-02/2026-02-02', '2026-02-02', '2026-02-02', '2026-02-02', '2026-02-02'],
    ['2026-02/2026-02', '2026-02-01', '2026-02-28', '2026-02-01', '2026-02-28'],
    ['1953/2026-02-05', '1953-01-01', '1953-12-31', '2026-02-05', '2026-02-05'],
    ['2026/2026-02-05', '2026-01-01', '2026-02-05', '2026-02-05', '2026-02-05'],
    ['2026-02-05/2026', '2026-02-05', '2026-02-05', '2026-02-05', '2026-12-31'],
    ['2017-11-25/', '2017-11-25', '2017-11-25', '2017-11-25', null],
    ['1993-01-20/..', '1993-01-20', '1993-01-20', '1993-01-20', null],
    ['/2004', null, '2004-12-31', '2004-01-01', '2004-12-31'],
    ['../2004', null, '2004-12-31', '2004-01-01', '2004-12-31'],
    ['/', null, null, null, null],
    ['XXXX/2004', null, '2004-12-31', '2004-01-01', '2004-12-31'],

    ['[2026-02-02..2026-02-04]', '2026-02-02', '2026-02-04', '2026-02-02', '2026-02-04'],
    ['[2026-02-04,2026-02-02]', '2026-02-02', '2026-02-04', '2026-02-02', '2026-02-04'],
    ['[1667, 1668, 1670..1672]', '1667-01-01', '1672-12-31', '1667-01-01', '1672-12-31'],
    ['[..2026-02-05]', null, '2026-02-05', null, '2026-02-05'],
    ['[2026-02-05..]', '2026-02-05', null, '2026-02-05', null],
    ['[..1984, 1990]', null, '1990-12-31', null, '1990-12-31'],
  ])('%s', (edtf, ...bounds) => {
    const [beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd] = bounds
    const settled = { beginIsDoubtful: false, endIsDoubtful: false }
    expect(timeSpan(edtf)).toEqual({ edtf, beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd, ...settled })
  })
})

describe('text that is not a supported date is refused, and the message says what was expected', () => {
  const examples =
    'expected for example 2026-02-05, 2026-02, 2026-02-02/2026-02-04, [2026-02-02..2026-02-04], 2017-11-25/ or 1993-01-20/..'

  it.each([
    ['2026-02-29', 'there is no such day'],
    ['1900-02-29', 'there is no such day'],
    ['1999-02-29/2000', 'there is no such day'],
    ['2004-06/2004-05', 'it ends before it begins'],
    ['[2004..2003]', 'it ends before it begins'],
    ['{1667,1668}', 'a list {…} means several dates; write [… , …] for one of them'],
    ['2001-21', 'seasons differ by country; write the months'],
    ['188', 'write a decade as 188X and a century as 18XX'],
    ['18', 'write a decade as 188X and a century as 18XX'],
    ['Y17E7', 'expected a year from 0001 to 9999'],
    ['1950S2', 'expected a year from 0001 to 9999'],
    ['-0001', 'expected a year from 0001 to 9999'],
    ['0000', 'expected a year from 0001 to 9999'],
    ['-0005/2004', 'expected a year from 0001 to 9999'],
    ['2026-02-05T10:00', 'expected a day without a time'],
    ['2026-02-05T10:00:00Z/2026-02-06', 'expected a day without a time'],
    ['2001-21/2003', 'seasons differ by country; write the months'],
    ['2026-02-30', 'there is no such day'],
    ['2019-02-3X', 'there is no such day'],
    ['XXXX-02-30', 'there is no such day'],
    ['2026-13', 'there is no such day'],
    ['2026-00', 'there is no such day'],
    ['2026-02-05/2026-02-06/2026-02-07', examples],
    ['[]', examples],
    ['[..]', examples],
    ['[2004..2005..2006]', examples],
    ['[2004..2004-05]', examples],
    ['2026??', examples],
    ['2026-02-05~~', examples],
    ['2026-X', examples],
    ['２０２６', examples],
    ['2026\n', examples],
    ['2026-2-5', examples],
    ['2026/02/05', examples],
    ['20260205', examples],
    ['198x', examples],
    ['2026-02-05/open', examples],
    [' 2026', examples],
    ['', examples],
    ['yesterday', examples],
  ])('%s', (edtf, why) => {
    const message = `${JSON.stringify(edtf)} is not a supported EDTF date: ${why}`
    expect(() => timeSpan(edtf)).toThrow(expect.objectContaining({ name: 'InvalidEdtf', message }))
  })

  it('a text that is too long is cut in the message', () => {
    const message = `"${'9'.repeat(40)}…" is not a supported EDTF date: expected at most 200 characters`
    expect(() => timeSpan('9'.repeat(201))).toThrow(expect.objectContaining({ name: 'InvalidEdtf', message }))
  })
})

it('only an end written as .. had not happened when the source was published', () => {
  const openEnded = ['1993/..', '/..', '../..', '1993/', '/', '../1993', '1993', '[1993..]'].filter(isOpenEnded)
  expect(openEnded).toEqual(['1993/..', '/..', '../..'])
})
