import { COUNTRY_CODE } from '../keys.ts'
import { isDay } from '../time/day.ts'
import { readEdtf } from '../time/edtf.ts'
import { builder } from './builder.ts'
import { badUserInput } from './errors.ts'

builder.scalarType('Date', {
  description: 'A day as YYYY-MM-DD, of the Gregorian calendar.',
  serialize: (day) => (typeof day === 'string' ? day : day.toISOString().slice(0, 10)),
  parseValue(value) {
    if (typeof value === 'string' && isDay(value)) return value
    throw badUserInput(`expected a day as YYYY-MM-DD, for example 2026-02-05, not ${JSON.stringify(value)}`)
  },
})

builder.scalarType('EDTF', {
  description:
    'A date exactly as precise as its source, in EDTF (ISO 8601-2): `2026-02-05`, `1881-05`, `2026-02-02/2026-02-04` (lasted three days), `[2026-02-02..2026-02-04]` (one of these days), `2017-11-25/` (end not known), `1993-01-20/..` (not ended when published), `/` (not known).',
  parseValue(value) {
    if (typeof value !== 'string') throw badUserInput(`expected a date in EDTF, not ${JSON.stringify(value)}`)
    try {
      readEdtf(value)
    } catch (error) {
      throw badUserInput((error as Error).message)
    }
    return value
  },
})

builder.scalarType('CountryCode', {
  description:
    'A country: an ISO 3166-1 alpha-2 code (`IN`), the ISO 3166-3 code of a withdrawn one (`SUHH`), or `X-` and a slug where neither exists (`X-two-sicilies`).',
  parseValue(value) {
    if (typeof value === 'string' && COUNTRY_CODE.test(value)) return value
    throw badUserInput(`expected a country code such as IN, SUHH or X-two-sicilies, not ${JSON.stringify(value)}`)
  },
})

builder.scalarType('URL', {
  description: 'An absolute http or https URL.',
  parseValue(value) {
    if (typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value)) return value
    throw badUserInput(`expected an absolute http or https URL, not ${JSON.stringify(value)}`)
  },
})
