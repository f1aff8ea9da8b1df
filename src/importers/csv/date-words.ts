import { fold } from '../../search/fold.ts'

/** The names of the months in English and in another language, folded, with their numbers. */
export function monthNames(language: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>([['sept', 9]])
  for (const each of ['en', language]) {
    for (const month of ['long', 'short'] as const) {
      for (const parts of [{ month }, { month, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(each, { ...parts, timeZone: 'UTC', calendar: 'gregory' })
        for (let number = 1; number <= 12; number++) {
          const named = format.formatToParts(Date.UTC(2001, number - 1, 1)).find(({ type }) => type === 'month')
          const name = fold(named?.value ?? '').replace(/\.$/, '')
          if (/\p{L}/u.test(name) && !names.has(name)) names.set(name, number)
        }
      }
    }
  }
  return names
}

/** The names of the days of the week in English and in another language, folded. */
export function weekdayNames(language: string): ReadonlySet<string> {
  const names = new Set<string>(['tues', 'thur', 'thurs'])
  for (const each of ['en', language]) {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(each, { weekday, timeZone: 'UTC' })
      for (let day = 1; day <= 7; day++) names.add(fold(format.format(Date.UTC(2001, 0, day))).replace(/\.$/, ''))
    }
  }
  return names
}
