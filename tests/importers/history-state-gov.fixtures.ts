import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import type { Imported } from '../../src/importers/importer.ts'

type Fields = Readonly<Record<string, string>>

const element = (name: string, text: string) => (text ? `<${name}>${text}</${name}>` : `<${name}/>`)

/** A visit to the United States; each field as the publisher writes it. */
export const visit = (fields: Fields) => {
  const { id, start, end = start, visitor, from, label = '', description = '' } = fields
  return `<visit>
        <id>${id}</id>
        <start-date>${start}</start-date>
        <end-date>${end}</end-date>
        <visitor>${visitor}</visitor>
        <from id="${from}">${label}</from>
        ${element('description', description)}
        <last-modified-datetime>2019-03-04T10:00:00-04:00</last-modified-datetime>
    </visit>`
}

/** A trip abroad. */
export const trip = (fields: Fields) => {
  const {
    id,
    who,
    name = '',
    role = 'secretary',
    start,
    end = start,
    to,
    label = '',
    locale = 'Here',
    remarks = '',
  } = fields
  return `<trip role="${role}" who="${who}">
        <id>${id}</id>
        <role>${role}</role>
        <name>${name}</name>
        <start-date>${start}</start-date>
        <end-date>${end}</end-date>
        <country id="${to}">${label}</country>
        ${element('locale', locale)}
        ${element('remarks', remarks)}
    </trip>`
}

/** An office: of a `chief` of mission, or of a `principal`. */
export const office = (kind: 'chief' | 'principal', fields: Fields) => {
  const { id = '', person = '', role = '', territory = '', note = '' } = fields
  const event = (name: string) =>
    `<${name}><date>${fields[name] ?? ''}</date><note>${fields[`${name}Note`] ?? ''}</note></${name}>`
  return `<${kind}>
            <id>${id}</id>
            <person-id>${person}</person-id>
            <role-title-id>${role}</role-title-id>
            ${territory && element('contemporary-territory-id', territory)}
            ${event('appointed')}${kind === 'chief' ? event('arrived') : ''}${event('started')}${event('ended')}
            <note>${note}</note>
        </${kind}>`
}

export const person = (fields: Fields) => {
  const { id, surname = '', forename = '', birth = '', death = '' } = fields
  const optional = (name: string) => (fields[name] ? element(name, fields[name]) : '')
  return `<person>
    <id>${id}</id>
    <persName><surname>${surname}</surname><forename>${forename}</forename>${optional('genName')}${optional('altname')}</persName>
    <birth>${birth}</birth>
    <death>${death}</death>
</person>`
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Files of the archive by their paths. */
export const files = {
  visits: (...rows: string[]) => ({ 'visits/data/1950.xml': `<visits>\n    ${rows.join('\n    ')}\n</visits>` }),
  trips: (who: string, ...rows: string[]) => ({
    [`travels/secretary-travels/${who}.xml`]: `<trips>\n    ${rows.join('\n    ')}\n</trips>`,
  }),
  people: (...people: Fields[]) =>
    Object.fromEntries(
      people.map((fields) => [`pocom/people/${fields['id']?.[0]}/${fields['id']}.xml`, person(fields)]),
    ),
  role: (id: string, singular: string) => ({
    [`pocom/roles-country-chiefs/${id}.xml`]: `<role><id>${id}</id><names><singular>${singular}</singular></names></role>`,
  }),
  mission: (territory: string, chiefs: string[], others: string[] = []) => ({
    [`pocom/missions-countries/${territory}.xml`]: `<country-mission><territory-id>${territory}</territory-id><chiefs>${chiefs.join('')}</chiefs><other-nominees>${others.join('')}</other-nominees></country-mission>`,
  }),
  principals: (id: string, singular: string, ...principals: string[]) => ({
    [`pocom/positions-principals/${id}.xml`]: `<principal-position><id>${id}</id><names><singular>${singular}</singular></names><principals>${principals.join('')}</principals></principal-position>`,
  }),
  presidents: (...rows: Fields[]) => ({
    'travels/presidents/presidents.xml': `<presidents>${rows
      .map(
        ({ id, name, birth = '', death = '', took = '', left = '' }) =>
          `<president><id>${id}</id><name>${name}</name><birth-year>${birth}</birth-year><death-year>${death}</death-year><took-office-date>${took}</took-office-date><left-office-date>${left}</left-office-date></president>`,
      )
      .join('')}</presidents>`,
  }),
}

/** A folder with files of the archive, removed after the test. */
export async function folderWith(contents: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    const declared = typeof content !== 'string' || content.startsWith('<?xml') ? content : DECLARATION + content
    await writeFile(join(folder, path), declared)
  }
  return folder
}

export const imported = async (...contents: Readonly<Record<string, string | Uint8Array>>[]): Promise<Imported> =>
  await importHistoryStateGov(await folderWith(Object.assign({}, ...contents)))

/** A list of the bundle by slug. */
export const bySlug = <T extends { slug: string }>(records: readonly T[] | undefined): Record<string, T> =>
  Object.fromEntries((records ?? []).map((record) => [record.slug, record]))

/** The slug of who is named first in each meeting and visit, by the row's slug. */
export function personOf({ bundle }: Imported, slug: string, nth = 0): string | undefined {
  const found = [...(bundle.visits ?? []), ...(bundle.meetings ?? [])].find((record) => record.slug === slug)
  return found?.participations?.[nth]?.person
}

export const reasonsOf = ({ anomalies }: Imported): string[] =>
  anomalies.map(({ id, reason, refused }) => `${id} ${refused ? 'refused: ' : ''}${reason}`)
