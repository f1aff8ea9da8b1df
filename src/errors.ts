/**
 * What the person at the keyboard can mend: a wrong setting, a taken port, a file that is not a bundle.
 * A command prints its message as it stands, without a stack, and exits with 1.
 */
export class UserError extends Error {
  override name = 'UserError'
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
