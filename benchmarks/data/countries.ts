/** A country, and its place among all. */
export interface Country {
  readonly code: string
  /** Of its foreign ministry, which is an organization. */
  readonly ministry: string
  readonly number: number
}

/** The service knows them already. */
const iso =
  'US GB FR DE CN RU IN JP CA IT ES AU BR MX ZA EG TR SA IL IR IQ PK ID KR VN TH PH MY SG NZ AR CL CO PE VE CU NG KE ET GH MA DZ TN LY SD UG TZ ZM ZW AO MZ SN CI CM CD RW UA PL CZ SK HU RO BG RS HR SI AT CH BE NL LU DK SE NO FI IS IE PT GR CY MT EE LV LT BY KZ UZ AZ AM GE AF BD LK NP MM KH JO LB SY AE'.split(
    ' ',
  )

/** Data grow by new countries, too, so that there are pairs enough. */
const FURTHER_PER_BLOCK = 15
const MOST = 400

const all: readonly Country[] = Array.from({ length: MOST }, (_, number) => {
  const code = iso[number] ?? `X-bench-${number}`
  return { code, ministry: `ministry-${code.toLowerCase()}`, number }
})

/** The countries of so many blocks. */
export const countriesOf = (blocks: number): readonly Country[] =>
  all.slice(0, iso.length + FURTHER_PER_BLOCK * (blocks - 1))

/** A country that has no code of ISO, as a record of a bundle. */
export const isFurther = ({ code }: Country): boolean => code.startsWith('X-')
