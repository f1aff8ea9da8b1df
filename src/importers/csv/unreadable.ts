/** The error for a row or a cell that cannot be read. `reason` is in kebab case; the message says what was found and expected. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  readonly reason: string
  /** The column of the cell. */
  readonly column: string | undefined
  constructor(reason: string, message: string, column?: string) {
    super(message)
    this.reason = reason
    this.column = column
  }
}
