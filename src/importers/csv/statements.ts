import { type BundleInput, records } from '../../bundle/format.ts'
import { fold } from '../../search/fold.ts'
import type { MappingOf } from './mapping.ts'
import type { Citations, RowReading } from './reading.ts'
import { show } from './text.ts'
import { Unreadable } from './unreadable.ts'

type Statement = NonNullable<BundleInput['statements']>[number]

/** Converts a row to a statement. Throws Unreadable if it has no readable text, quotation, date or speaker. */
export function statementOf(
  { fields }: MappingOf<'statements'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): Statement {
  const said = reading.during(reading.date(fields.said))
  const voice = (name: string) => reading.voice(name)
  const speakers = reading.each(fields.speakers, voice)
  const attribution = reading.optional(fields.attribution)
  if (speakers.length === 0 && attribution === undefined) {
    throw new Unreadable('no-speaker', 'found no speaker; expected a value for "speakers" or "attribution"')
  }
  return {
    slug,
    quotation: reading.word(fields.quotation, records.statements.shape.quotation.options),
    text: reading.expected(fields.text),
    quoted: quotedOf(fields, reading),
    speakers,
    attribution,
    addressees: reading.each(fields.addressees, voice),
    mentions: reading.each(fields.mentions, voice),
    said,
    channel: reading.optional(fields.channel),
    topics: reading.each(fields.topics, (label) => reading.topic(label)),
    countries: reading.each(fields.countries, (name) => reading.country(name)),
    meeting: reading.reference(fields.meeting, 'meetings'),
    note: reading.note(fields.note),
    citations,
  }
}

/** The quoted words. They must occur in the raw row, where a quotation mark in a cell is written twice. */
function quotedOf({ quoted }: MappingOf<'statements'>['fields'], reading: RowReading): string[] {
  const row = fold(reading.row.raw)
  return reading.each(quoted, (words) => {
    if (row.includes(fold(words))) return words
    throw new Unreadable(
      'quoted-not-in-row',
      `found the quoted words ${show(words)}, which the row does not contain; expected words without quotation marks`,
    )
  })
}
