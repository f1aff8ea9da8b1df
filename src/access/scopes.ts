/** What a key allows. Each scope includes those before it. */
export const SCOPES = ['read', 'edit', 'admin'] as const

export type Scope = (typeof SCOPES)[number]

/** Extensions of a field of the schema that needs a scope. */
export interface RequiredScope extends Record<string, unknown> {
  readonly requiredScope: Scope
  /** A request from this machine needs no key. */
  readonly isFreeHere?: true
}

/** All scopes that a scope includes. */
export const scopesOf = (scope: Scope): readonly Scope[] => SCOPES.slice(0, SCOPES.indexOf(scope) + 1)
