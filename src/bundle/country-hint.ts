import { standardNames } from '../countries/names.ts'

/** The codes of the countries that a name, or another code, may mean. */
export function codesOf(name: string): readonly string[] {
  const meaning = standardNames().find(name)
  if (!meaning || 'organization' in meaning) return []
  return 'code' in meaning ? [meaning.code] : meaning.candidates
}
