import { describe, expect, it } from 'vitest'
import { label } from '../../src/time/label.ts'

describe('a label in English says exactly as much as the EDTF text', () => {
  it.each([
    ['2026-02-05', '5 February 2026'],
    ['1881-05', 'May 1881'],
    ['2026', '2026'],
    ['0476', '476'],
    ['1881-05-XX', 'May 1881'],
    ['188X', '1880s'],
    ['18XX', '18XX'],
    ['XXXX', 'year not known'],
    ['1881-05~', 'about May 1881'],
    ['1881?', '1881 (uncertain)'],
    ['1881%', 'about 1881 (uncertain)'],
    ['2026-02-02/2026-02-04', '2–4 February 2026'],
    ['2026-01-30/2026-02-02', '30 January – 2 February 2026'],
    ['2025-12-30/2026-01-02', '30 December 2025 – 2 January 2026'],
    ['2026-02-02/2026-02-02', '2 February 2026'],
    ['1881-05/1885', 'May 1881 – 1885'],
    ['1984-06-02?/1984-06-08~', '2 June 1984 (uncertain) – about 8 June 1984'],
    ['2017-11-25/', 'from 25 November 2017, end not known'],
    ['1993-01-20/..', 'from 20 January 1993, not ended when published'],
    ['/2004', 'until 2004, begin not known'],
    ['/', 'date not known'],
    ['/..', 'begin not known, not ended when published'],
    ['[2026-02-02..2026-02-04]', 'some time: 2–4 February 2026'],
    ['[2026-02-02,2026-02-04]', 'some time: 2 February 2026 or 4 February 2026'],
    ['[2004]', '2004'],
    ['[..2026-02-05]', '5 February 2026 or earlier'],
    ['[2026-02-05..]', '5 February 2026 or later'],
  ])('%s is “%s”', (edtf, english) => {
    expect(label(edtf)).toBe(english)
  })
})
