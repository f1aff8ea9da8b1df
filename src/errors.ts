/**
 * An error that the user of a command can fix, such as a wrong setting, a port in use or a file that is not a bundle.
 * The command prints its message without a stack and exits with 1.
 */
export class UserError extends Error {
  override name = 'UserError'
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  // PGlite also throws plain objects that have a message, or only a name.
  const { message, name } = Object(error) as { readonly message?: unknown; readonly name?: unknown }
  return String(message ?? name ?? error)
}
