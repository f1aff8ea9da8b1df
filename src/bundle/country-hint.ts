import { CountryNames } from '../countries/names.ts'

let names: CountryNames | undefined

/** The codes of the countries that a name, or another code, may mean. */
export function codesOf(name: string): readonly string[] {
  names ??= new CountryNames()
  const meaning = names.find(name)
  if (!meaning || 'organization' in meaning) return []
  return 'code' in meaning ? [meaning.code] : meaning.candidates
}
