// What is used here of packages that only the benchmark installs, so that types are checked without them.

declare module '@faker-js/faker' {
  interface Locale {
    word: Record<'adjective' | 'adverb' | 'noun' | 'verb', readonly string[]>
    person: {
      first_name: { female: readonly string[]; male: readonly string[] }
      last_name: { generic: readonly string[] }
    }
  }
  export const allLocales: Readonly<
    Record<'en' | 'en_IN' | 'es' | 'fr' | 'de' | 'it' | 'pl' | 'ro' | 'hr' | 'pt_PT', Locale>
  >
}
