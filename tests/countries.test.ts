import { expect, it } from 'vitest'
import { CountryNames } from '../src/countries/names.ts'

const names = new CountryNames([{ code: 'X-atlantis', name: 'Atlantis', names: ['Poseidonis'] }], 'de')

const meant = (name: string, day: string | null = null) => {
  const meaning = names.find(name, { first: day, last: day })
  if (!meaning) return undefined
  if ('organization' in meaning) return meaning.organization.slug
  return 'code' in meaning ? meaning.code : meaning.candidates
}

it.each([
  [
    'a short name',
    ['Norway', 'norway', ' Nor\u00adway\u200b', 'The Gambia', 'Gambia, The'],
    ['NO', 'NO', 'NO', 'GM', 'GM'],
  ],
  [
    'an official name',
    ['Kingdom of Norway', 'Hellenic Republic', 'Republic of Korea', 'Iran (Islamic Republic of)'],
    ['NO', 'GR', 'KR', 'IR'],
  ],
  ['a code', ['NO', 'NOR', 'NA', 'UK', 'USA', 'TW', 'SUHH'], ['NO', 'NO', 'NA', 'GB', 'US', 'TW', 'SUHH']],
  ['a composed or a decomposed letter', ['Côte d’Ivoire', "Co\u0302te d'Ivoire", 'Türkiye'], ['CI', 'CI', 'TR']],
  [
    'an abbreviated or joined name',
    ['St. Lucia', 'Antigua & Barbuda', 'Antigua and Barbuda', 'and Oman'],
    ['LC', 'AG', 'AG', 'OM'],
  ],
  [
    'two names',
    ['Burkina Faso (Upper Volta)', 'Cote d’Ivoire (Ivory Coast)', 'United Arab Emirates (UAE)'],
    ['BF', 'CI', 'AE'],
  ],
  ['a former name', ['Burma', 'Zaire', 'Ceylon', 'Papal States'], ['MM', 'CD', 'LK', 'X-papal-states']],
  ['a disputed state', ['Kosovo', 'XK', 'Taiwan', 'Palestine'], ['X-kosovo', 'X-kosovo', 'TW', 'PS']],
  ['a name of the language', ['Deutschland', 'Österreich'], ['DE', 'AT']],
  ['a name in the database', ['Poseidonis'], ['X-atlantis']],
  [
    'an organization of states',
    ['NATO', 'EU', 'asean', 'United Nations'],
    ['nato', 'european-union', 'asean', 'united-nations'],
  ],
  ['no country', ['no', 'Norwegian', 'Dubai', '', '?', 'ZZ', 'constructor'], Array(7).fill(undefined)],
  [
    'several countries',
    ['Congo', 'Korea', 'Virgin Islands', 'CS'],
    [
      ['CD', 'CG'],
      ['KP', 'KR', 'X-korea'],
      ['VG', 'VI'],
      ['CSHH', 'CSXX'],
    ],
  ],
])('%s is recognised', (_what, written, expected) => {
  expect(written.map((name) => meant(name))).toEqual(expected)
})

it.each([
  ['USSR', '1975-05-05', 'SUHH'],
  ['USSR', '1992-01-05', 'RU'],
  ['Russia', '1975-05-05', 'SUHH'],
  ['Russia', '2005-05-05', 'RU'],
  ['GDR', '1975-05-05', 'DDDE'],
  ['DDR', '1995-05-05', 'DE'],
  ['CS', '1975-05-05', 'CSHH'],
  ['CS', '2005-05-05', 'CSXX'],
  ['Korea', '1900-01-01', 'X-korea'],
  ['SUHH', '2005-05-05', 'SUHH'],
])('%s on %s is %s', (name, day, code) => {
  expect(meant(name, day)).toBe(code)
})

it('in a year in which a state changed, a name means what it says', () => {
  const year = { first: '1991-01-01', last: '1991-12-31' }
  expect(names.find('USSR', year)).toMatchObject({ code: 'SUHH' })
  expect(names.find('Russia', year)).toMatchObject({ code: 'RU' })
})

it('a text that is longer than a name means no country', () => {
  expect(meant(`${'Republic of '.repeat(41)}Norway`)).toBe('NO')
  expect(meant(`${'Republic of '.repeat(42)}Norway`)).toBeUndefined()
})
