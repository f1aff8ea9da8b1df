/** What a check found. */
export interface Finding {
  readonly level: 'OK' | 'WARN' | 'FAIL'
  /** What was checked. */
  readonly what: string
  readonly found: string
  /** What to do about it. */
  readonly remedy?: string
}

export const ok = (what: string, found: string): Finding => ({ level: 'OK', what, found })
export const warn = (what: string, found: string, remedy: string): Finding => ({ level: 'WARN', what, found, remedy })
export const fail = (what: string, found: string, remedy: string): Finding => ({ level: 'FAIL', what, found, remedy })
