import { countryName } from '../../../countries/states.ts'
import { slugOf } from '../../../people/names.ts'
import type { Ledger } from '../anomalies.ts'
import { countryCode, countryLabel } from '../countries.ts'
import { type CitationInput, cite, type Input, textOf } from '../document.ts'
import type { Draft } from '../draft.ts'
import { organizationOf } from '../organizations.ts'
import type { Archive } from '../read-folder.ts'
import { child, wordsOf } from '../xml.ts'
import type { Americans } from './americans.ts'
import { type Mission, readMission } from './office-rows.ts'

/** The title of an office, and the words that it is taken from. */
interface Title {
  readonly text: string
  readonly citation: CitationInput
}

/** The positions by the ID of a chief. Several can have the same ID. */
export type PositionsById = ReadonlyMap<string, readonly string[]>

/** Reads the chiefs of mission and the principal officers as positions. */
export function readPocom(archive: Archive, draft: Draft, ledger: Ledger, americans: Americans): PositionsById {
  const titles = new Map<string, Title>()
  for (const document of [...archive.roles, ...archive.orgMissions, ...archive.principals]) {
    const singular = child(child(document.root, 'names') ?? document.root, 'singular')
    const id = textOf(document, document.root, 'id')
    const text = wordsOf(document.text, singular).text
    if (singular && id && text) {
      titles.set(id, { text, citation: cite(document, [singular.innerStart, singular.innerEnd], ['title']) })
    }
  }
  const byId = new Map<string, string[]>()
  const read = (mission: Mission) => readMission(mission, { draft, ledger, americans, byId })

  for (const document of archive.countryMissions) {
    const id = textOf(document, document.root, 'territory-id')
    const label = countryLabel(id)
    const office = (role: string, day: string, territory: string) => {
      const title = titles.get(role)
      if (!label || !slugOf(role)) return undefined
      const words = title?.text ?? roleWords(role)
      const state = countryCode({ id: territory || id, from: day })
      const isOther = state && state !== countryCode({ id })
      return {
        post: `${role === 'ambassador-e-p' ? 'ambassador' : slugOf(role)}-to-${slugOf(label.replace(/^the /, ''))}`,
        title: `${words} to ${isOther ? countryName(state) : label}`,
        citations: title ? [title.citation] : [],
        ...(state && { accreditedTo: draft.country(state) }),
      }
    }
    read({ id: id || document.path, kind: 'chief', document, office })
  }
  for (const document of archive.orgMissions) {
    const id = textOf(document, document.root, 'id')
    const organization = organizationOf(id)
    const accredited = organization && { accreditedToOrganization: draft.organization(organization) }
    const own = titles.get(id)
    const office = (role: string) => {
      const title = titles.get(role)
      if (!slugOf(role) || !slugOf(id)) return undefined
      if (role === id && own) return { post: slugOf(id), title: own.text, citations: [own.citation], ...accredited }
      const at = organization ? ` to the ${organization.name.replace(/^the /, '')}` : ''
      return {
        post: `${slugOf(role)}-${slugOf(id).replace(/^representative-/, '')}`,
        title: `${title?.text ?? roleWords(role)}${at}`,
        citations: title ? [title.citation] : [],
        ...accredited,
      }
    }
    read({ id, kind: 'chief', document, office })
  }
  for (const document of archive.principals) {
    const id = textOf(document, document.root, 'id')
    const own = titles.get(id)
    const office = (role: string) => {
      const title = titles.get(role) ?? own
      if (!title || !slugOf(title.text)) return undefined
      // A number at the end of the ID distinguishes two offices of the same name (`assistant-secretary2`).
      const number = /\d+$/.exec(id)?.[0]
      return {
        post: `${slugOf(title.text)}${number ? `-${number}` : ''}`,
        title: title.text,
        citations: [title.citation],
      }
    }
    const ofDepartment = !/agency|administra|trade-representative|usia|-aid$|foreign-affairs-continental/.test(id)
    const organization = ofDepartment ? { organization: draft.organization(DEPARTMENT) } : {}
    read({ id, kind: 'principal', document, office, ...organization })
  }
  return byId
}

const DEPARTMENT: Input<'organizations'> = {
  slug: 'us-department-of-state',
  name: 'U.S. Department of State',
  names: ['Department of State'],
  kind: 'MINISTRY',
  country: 'US',
}

const roleWords = (role: string) => role.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
