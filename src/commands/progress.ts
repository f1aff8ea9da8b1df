import type { Context } from './context.ts'

/** Time between two lines if standard error is not a terminal. */
const LINE_MS = 5_000
/** Time between two updates of the line on a terminal. */
const UPDATE_MS = 100

export interface Progress {
  update(records: number): void
  end(): void
}

/** Reports on standard error how many records were read: one updated line on a terminal, otherwise a new line every few seconds. */
export function progressOf(what: string, stderr: Context['stderr']): Progress {
  let last = Date.now()
  let shown = false
  return {
    update(records) {
      const now = Date.now()
      if (now - last < (stderr.isTTY ? UPDATE_MS : LINE_MS)) return
      last = now
      shown = true
      const line = `${what}: ${records.toLocaleString('en')} records read`
      stderr.write(stderr.isTTY ? `\r${line}` : `${line}\n`)
    },
    end() {
      if (shown && stderr.isTTY) stderr.write('\r\u001b[K')
    },
  }
}
