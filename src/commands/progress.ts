/** Between two lines where nobody looks at a terminal. */
const EVERY_MS = 5_000
/** Between two changes of a line of a terminal. */
const REDRAWN_MS = 100

/** Tells on standard error how many records were read: one line that changes on a terminal, now and then a line elsewhere. */
export function progressOf(what: string): { told(records: number): void; ended(): void } {
  const { stderr } = process
  let last = Date.now()
  let shown = false
  return {
    told(records) {
      const now = Date.now()
      if (now - last < (stderr.isTTY ? REDRAWN_MS : EVERY_MS)) return
      last = now
      shown = true
      const line = `${what}: ${records.toLocaleString('en')} records read`
      stderr.write(stderr.isTTY ? `\r${line}` : `${line}\n`)
    },
    ended() {
      if (shown && stderr.isTTY) stderr.write('\r\u001b[K')
    },
  }
}
