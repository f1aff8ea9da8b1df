import { likeness, type NameKey, nameKey, slugOf } from '../../../people/names.ts'
import { type Bounds, timeSpan } from '../../../time/span.ts'
import type { Decision } from '../../importer.ts'
import type { Ledger } from '../anomalies.ts'
import { readDate } from '../dates.ts'
import { cite, type Document, rangeOf, textOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import type { Archive } from '../read-folder.ts'
import { child, childrenOf, type Element, wordsOf } from '../xml.ts'

/** A person in the publisher's lists of principal officers, chiefs of mission and presidents. */
export interface American {
  readonly slug: string
  readonly keys: NameKey[]
  readonly birth: string
  readonly death: string
}

/** An office of the United States that a person held according to a list. */
export interface HeldOffice {
  readonly person: American
  readonly position: string
  readonly post: string
  readonly title: string
  readonly bounds: Bounds
}

/** The people in the lists and their offices. */
export interface Americans {
  /** By ID. An `old-id` leads to the same person. */
  readonly people: ReadonlyMap<string, American>
  readonly presidents: ReadonlyMap<string, American>
  readonly all: readonly American[]
  readonly offices: HeldOffice[]
}

export const PRESIDENT_POST = 'president-of-the-united-states'

export function readAmericans(archive: Archive, draft: Draft, ledger: Ledger, decisions: Decision[]): Americans {
  const people = new Map<string, American>()
  const all: American[] = []
  const oldIds: [old: string, person: American][] = []
  for (const document of archive.people) {
    const { root } = document
    const id = textOf(document, root, 'id')
    const row = ledger.row('person', document.path, id || document.path)
    const names = namesOf(document, child(root, 'persName'))
    const slug = slugOf(id)
    if (root.name !== 'person') row.refuse('other-element', `is a <${root.name}>; expected a <person>`)
    else if (!slug) row.refuse('no-id', 'has no ID; expected the ID that offices refer to')
    else if (names.length === 0) row.refuse('no-name', 'has neither surname nor forename; expected a name')
    else if (people.has(id))
      row.refuse('duplicate-id', `${id} is also the ID of another file, which is imported instead`)
    else {
      const [name = '', ...others] = names
      const [birth, death] = [textOf(document, root, 'birth'), textOf(document, root, 'death')]
      draft.people.set(slug, { slug, name, names: others })
      if (!addLife(draft, slug, birth, death))
        row.dropPart('end-before-start', `died in ${death}, before the birth in ${birth}; imported without both`)
      const american = { slug, keys: names.map(nameKey), birth, death }
      people.set(id, american)
      all.push(american)
      for (const old of childrenOf(child(root, 'old-ids'), 'old-id'))
        oldIds.push([wordsOf(document.text, old).text, american])
    }
  }
  for (const [old, american] of oldIds) if (old && !people.has(old)) people.set(old, american)
  const americans = { people, presidents: new Map<string, American>(), all, offices: [] }
  readPresidents(archive, draft, ledger, decisions, americans)
  return americans
}

/** The preferred name in natural order ("John Quincy Adams"), then all others. */
function namesOf(document: Document, persName: Element | undefined): string[] {
  if (!persName) return []
  const part = (name: string) => textOf(document, persName, name)
  const generation = part('genName').replace(/^,\s*/, '')
  const plainName = [part('forename'), part('surname')].filter(Boolean).join(' ')
  const name = /^[JS]r\.?$/.test(generation)
    ? `${plainName}, ${generation}`
    : [plainName, generation].filter(Boolean).join(' ')
  const others = childrenOf(persName, 'altname').map((altname) => wordsOf(document.text, altname).text)
  // The preferred name of "Henry A. (Heinz Alfred) Kissinger" is the part outside the brackets.
  const called = name.replaceAll(/\s*\([^)]*\)/g, '').trim()
  return [...new Set([called, name, ...others].filter(Boolean))]
}

function readPresidents(
  archive: Archive,
  draft: Draft,
  ledger: Ledger,
  decisions: Decision[],
  americans: Americans & { presidents: Map<string, American>; all: American[] },
): void {
  for (const document of archive.presidents) {
    for (const element of childrenOf(document.root, 'president')) {
      const id = textOf(document, element, 'id')
      const name = textOf(document, element, 'name')
      const row = ledger.row('president', document.path, id || (element.attributes['n'] ?? name))
      if (!slugOf(id) || !name) {
        row.refuse('no-name', 'has no ID or no name; expected both')
        continue
      }
      const person =
        americans.presidents.get(id) ?? presidentOf(id, name, document, element, draft, decisions, americans)
      americans.presidents.set(id, person)
      const took = readDate(textOf(document, element, 'took-office-date'))
      const left = readDate(textOf(document, element, 'left-office-date'))
      if (!took) row.dropPart('no-date', 'has no day of taking office')
      const tenure = took || left ? `${took ?? ''}/${left ?? ''}` : 'XXXX'
      const slug = draft.free('positions', `president-${slugOf(id)}-${took ?? 'undated'}`)
      const title = 'President of the United States'
      draft.positions.set(slug, {
        slug,
        person: person.slug,
        post: PRESIDENT_POST,
        title,
        country: 'US',
        tenure,
        citations: [cite(document, rangeOf(element))],
      })
      americans.offices.push({ person, position: slug, post: PRESIDENT_POST, title, bounds: timeSpan(tenure) })
    }
  }
}

/**
 * A president is the person with the same ID in the other lists, unless the years of birth differ: `taft-william-howard` is
 * the president in one list and his grandson in the other. Otherwise it is the only person with the same years of birth and death
 * and a matching name (`bush-george-h-w`, `bush-george-herbert-walker`).
 */
function presidentOf(
  id: string,
  name: string,
  document: Document,
  element: Element,
  draft: Draft,
  decisions: Decision[],
  americans: Americans & { all: American[] },
): American {
  const birth = textOf(document, element, 'birth-year')
  const death = textOf(document, element, 'death-year')
  const key = nameKey(name)
  const decide = (other: American, same: boolean, rule: string, evidence: string) =>
    decisions.push({ one: `${document.path}#${id} ${name}`, other: `pocom ${other.slug}`, same, rule, evidence })
  const named = americans.people.get(id)
  if (named) {
    const same = !birth || !named.birth || birth === named.birth
    const evidence = `born ${birth || 'nobody says when'} and ${named.birth || 'nobody says when'}`
    decide(named, same, same ? 'same-id' : 'same-id-born-in-other-years', evidence)
    if (same) {
      named.keys.push(key)
      addName(draft, named.slug, name)
      addLife(draft, named.slug, birth, death)
      return named
    }
  }
  const alike = birth
    ? americans.all.filter(
        (other) =>
          other.birth === birth &&
          (!other.death || !death || other.death === death) &&
          other.keys.some((otherKey) => likeness(key, otherKey, 'US') && key.words.at(-1) === otherKey.words.at(-1)),
      )
    : []
  const [only] = alike
  if (only && alike.length === 1) {
    decide(only, true, 'same-name-and-years-of-life', `${name}, ${birth}–${death}`)
    only.keys.push(key)
    addName(draft, only.slug, name)
    addLife(draft, only.slug, birth, death)
    return only
  }
  const slug = draft.free('people', named ? `${slugOf(id)}-${birth}` : slugOf(id))
  draft.people.set(slug, { slug, name, names: [] })
  addLife(draft, slug, birth, death)
  const american = { slug, keys: [key], birth, death }
  americans.all.push(american)
  return american
}

/** Adds the years of birth and death that a file gives, where none are known yet. False if they cannot be of one life. */
function addLife(draft: Draft, slug: string, birth: string, death: string): boolean {
  const person = draft.people.get(slug)
  const [born, died] = [person?.born ?? readDate(birth), person?.died ?? readDate(death)]
  if (born && died && born.slice(0, 4) > died.slice(0, 4)) return false
  if (person) draft.people.set(slug, { ...person, ...(born && { born }), ...(died && { died }) })
  return true
}

/** Adds a spelling to a person's names. */
export function addName(draft: Draft, slug: string, name: string): void {
  const person = draft.people.get(slug)
  if (!person || person.name === name || person.names?.includes(name)) return
  draft.people.set(slug, { ...person, names: [...(person.names ?? []), name] })
}
