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

declare module 'postgraphile' {
  interface Instance {
    createServ(adaptor: unknown): { addTo(server: import('node:http').Server): Promise<void> }
  }
  export function postgraphile(preset: object): Instance
}

declare module 'postgraphile/adaptors/pg' {
  export function makePgService(options: object): object
}

declare module 'postgraphile/grafserv/node' {
  export const grafserv: unknown
}

declare module 'postgraphile/presets/amber' {
  export const PostGraphileAmberPreset: object
}

declare module 'postgraphile/utils' {
  export function makeJSONPgSmartTagsPlugin(tags: object): object
}

declare module 'postgraphile-plugin-connection-filter' {
  export const PostGraphileConnectionFilterPreset: object
}
