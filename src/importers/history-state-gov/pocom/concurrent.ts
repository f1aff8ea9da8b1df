import type { Ledger } from '../anomalies.ts'
import { cite, rangeOf, textOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import type { Archive } from '../read-folder.ts'
import { child, childrenOf, wordsOf } from '../xml.ts'
import type { Americans } from './americans.ts'
import type { PositionsById } from './pocom.ts'

/** Adds offices held at the same time and places of residence as notes and citations to positions. */
export function readConcurrent(
  archive: Archive,
  draft: Draft,
  ledger: Ledger,
  americans: Americans,
  byId: PositionsById,
): void {
  for (const document of archive.concurrent) {
    const { root } = document
    const id = textOf(document, root, 'id')
    const row = ledger.row('concurrent-appointments', document.path, id || document.path)
    const personId = textOf(document, root, 'person-id')
    const person = americans.people.get(personId)
    const resident = child(root, 'resident-at')
    const place = resident ? placeOf(textOf(document, resident, 'locale-id')) : ''
    const ids = new Set(childrenOf(root, 'chief-id').map((element) => wordsOf(document.text, element).text))
    const found = [...ids].flatMap((chief) => {
      const positions = (byId.get(chief) ?? []).flatMap((slug) => draft.positions.get(slug) ?? [])
      const own = positions.filter((position) => position.person === person?.slug)
      if (own.length === 0) {
        const message =
          positions.length > 0
            ? `${chief} is an office of somebody else than ${personId}`
            : `names ${chief}; expected a chief of pocom/missions-countries`
        row.dropPart('unknown-chief', message)
      }
      return own
    })
    if (found.length === 0) {
      row.refuse('unknown-chief', `names no known chief: ${[...ids].join(', ') || 'no chief-id'}`)
      continue
    }
    for (const position of found) {
      const others = found.filter((other) => other !== position).map(({ title }) => title)
      const remarks = [
        others.length > 0 && `held together with ${others.join(' and ')}`,
        place && `resident at ${place}`,
      ]
        .filter(Boolean)
        .join('; ')
      const held = draft.positions.get(position.slug) as typeof position
      draft.positions.set(position.slug, {
        ...held,
        ...(remarks && {
          note: [held.note, `${remarks.replace(/^./, (letter) => letter.toUpperCase())}.`].filter(Boolean).join(' '),
        }),
        citations: [...held.citations, cite(document, rangeOf(root))],
      })
    }
  }
}

/** Converts `london_uk` to `London`. */
const placeOf = (locale: string) =>
  (locale.split('_')[0] as string)
    .split('-')
    .map((word) => word.replace(/^./, (letter) => letter.toUpperCase()))
    .join(' ')
