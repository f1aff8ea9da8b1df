import { valueFromASTUntyped } from 'graphql'
import { standardNames } from '../countries/names.ts'
import { COUNTRY_CODE } from '../keys.ts'
import { fold } from '../search/fold.ts'
import { isDay } from '../time/day.ts'
import { readEdtf } from '../time/edtf.ts'
import { builder } from './builder.ts'
import { badUserInput, echo } from './errors.ts'

builder.scalarType('Date', {
  description: 'A day in the Gregorian calendar, in the format `YYYY-MM-DD`. Example: `2026-02-05`.',
  serialize: (day) => (typeof day === 'string' ? day : day.toISOString().slice(0, 10)),
  parseValue(value) {
    if (typeof value === 'string' && isDay(value)) return value
    throw badUserInput(`expected a day as YYYY-MM-DD, for example 2026-02-05, got ${echo(value)}`)
  },
})

builder.scalarType('EDTF', {
  description:
    'A date in EDTF (Extended Date/Time Format, ISO 8601-2), exactly as precise as its source. Examples:\n\n- `2026-02-05`: a day\n- `1881-05`: a month\n- `2026-02-02/2026-02-04`: three days, from the first to the last\n- `[2026-02-02..2026-02-04]`: one of these days\n- `2017-11-25/`: started on this day, end not known\n- `1993-01-20/..`: started on this day, not ended when the source was published\n- `/`: start and end not known\n- `XXXX`: date not known',
  parseValue(value) {
    if (typeof value !== 'string')
      throw badUserInput(`expected a date in EDTF, for example 2026-02-05 or 1881-05, got ${echo(value)}`)
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
    'A country code: ISO 3166-1 alpha-2 (`IN`), ISO 3166-3 for a country that no longer exists (`SUHH`), or `X-` and a slug if ISO has no code (`X-two-sicilies`). Requests can also contain an alpha-3 code (`IND`) or a name of a country (`India`, `UK`, `Burma`), also one that only the database has. Responses contain codes only.',
  parseValue(value) {
    if (typeof value !== 'string' || value.length > 100) throw badUserInput(`${expectedCountry}, got ${echo(value)}`)
    const meaning = standardNames().find(value)
    if (meaning && 'code' in meaning) return meaning.code
    if (meaning && 'candidates' in meaning) {
      throw badUserInput(`${expectedCountry}, got ${echo(value)}, which can mean ${meaning.candidates.join(' or ')}`)
    }
    if (meaning) throw badUserInput(`${expectedCountry}, got ${echo(value)}, which is an organization`)
    if (COUNTRY_CODE.test(value)) return value
    // Only the database knows its own names: lists/country-names.ts finds their codes.
    if (fold(value).trim() !== '') return value
    throw badUserInput(`${expectedCountry}, got ${echo(value)}`)
  },
})

builder.scalarType('DateTime', {
  description: 'A time in UTC, in the format of ISO 8601. Example: `2026-02-05T09:30:00.000Z`.',
  serialize: (time) => time.toISOString(),
  parseValue(value) {
    throw badUserInput(`expected no time as input, got ${echo(value)}`)
  },
})

builder.scalarType('Bundle', {
  description:
    'A bundle of records, as `bilateral import` reads it from a file: an object with the keys `format`, `version`, and a list for each kind of record. Pass it as a variable.',
  specifiedByURL: 'bundle.schema.json',
  serialize: (bundle) => bundle,
  // The loader checks it, because it reports every problem as data.
  parseValue: (bundle) => bundle,
  parseLiteral: (literal) => valueFromASTUntyped(literal),
})

const expectedCountry = 'expected a country code such as IN, SUHH or X-two-sicilies, or the name of a country'

builder.scalarType('URL', {
  description: 'An absolute `http` or `https` URL. Example: `https://www.state.gov/`.',
  parseValue(value) {
    if (typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value)) return value
    throw badUserInput(`expected an absolute http or https URL, got ${echo(value)}`)
  },
})
