/** A row, or a cell of one, that cannot be read: why in kebab case, and what was found and expected. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}
