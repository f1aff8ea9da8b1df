import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { FactEvidenceFragment, HeldOfficeFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { type Axis, axisAround } from './axis.ts'
import { BAND, Band } from './bands.tsx'
import type { ChartRow } from './chart-file.tsx'
import { DataTable } from './data-table.tsx'
import { EvidenceSlip } from './evidence.tsx'
import { AxisLabels } from './lanes.tsx'
import { CountryLink, Listed, OrganizationLink, PersonLink } from './links.tsx'
import type { Tone } from './signs.tsx'
import { dayOf, segmentsOf } from './span.ts'
import { counted, datedWords } from './words.ts'

graphql(`
  fragment HeldOffice on Position {
    ...FactEvidence
    post
    title
    person { slug name }
    country { code name }
    organization { slug name }
    accreditedTo { code name }
    accreditedToOrganization { slug name }
    appointed { label }
    tenure { ...Span }
    attested { when { ...Span } }
  }

  fragment AttestedEvidence on Position {
    attested { ...FactEvidence }
  }
`)

/** A record of an office. The days on which sources name it have their evidence only if the page asks for it. */
type OfficeRecord = Omit<HeldOfficeFragment, 'attested'> & {
  readonly attested: readonly (HeldOfficeFragment['attested'][number] & Partial<FactEvidenceFragment>)[]
}

/** The records of one office that one person held, perhaps several times. Each source has records of its own. */
export interface Office {
  readonly shown: OfficeRecord
  readonly records: readonly OfficeRecord[]
}

/** Records by person and post, in the order of the first of each. */
export function officesOf(records: readonly OfficeRecord[]): readonly Office[] {
  const groups = new Map<string, OfficeRecord[]>()
  for (const record of records) {
    const key = `${record.person.slug} ${record.post}`
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups.values()].map((records) => ({ shown: records.at(-1) as OfficeRecord, records }))
}

/** Offices of several people: those of which sources have the latest days come first. */
export const knownFirst = (offices: readonly Office[]): readonly Office[] =>
  [...offices].sort((one, other) => (lastDayOf(one) > lastDayOf(other) ? -1 : 1))

/** The last day on which sources place a person in an office. */
export const lastDayOf = ({ records }: Office): string =>
  records
    .map(
      ({ tenure: { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd, likely } }) =>
        endOfTheEnd ?? beginOfTheEnd ?? likely?.to ?? endOfTheBegin ?? beginOfTheBegin ?? '',
    )
    .reduce((one, other) => (one > other ? one : other))

interface OfficesProps {
  readonly offices: readonly Office[]
  /** Whether the rows are of several people, whose names they then have. */
  readonly hasPeople?: boolean
  /** The state that the page is about: its offices are orange. */
  readonly state?: string | undefined
  /** What the chart shows, for screen readers. */
  readonly caption: string
}

/** Offices on one axis, each with its evidence, and the same as a table. Filled is certain, hatched possible, dotted not known. */
export const Offices: FC<OfficesProps> = ({ offices, hasPeople = false, state, caption }) => {
  const all = offices.flatMap(({ records }) => records)
  const axis = axisOf(offices)
  return (
    <figure class="bands" aria-label={caption}>
      <ul>
        {offices.map((office) => (
          <li>
            <p class="band-name">
              <b>{hasPeople ? <PersonLink person={office.shown.person} /> : <bdi>{office.shown.title}</bdi>}</b>
              <span class="soft">
                {hasPeople ? <bdi>{office.shown.title}, </bdi> : <Of office={office.shown} />}
                {whenHeld(office)}
              </span>
            </p>
            {axis && (
              <svg class="plot" width="100%" height={BAND} aria-hidden="true" focusable="false">
                <Band axis={axis} {...drawn(office, axis)} tone={office.shown.country?.code === state ? 'a' : 'n'} />
              </svg>
            )}
            <Evidence office={office} />
          </li>
        ))}
      </ul>
      {axis && (
        <svg class="plot years" width="100%" height="20" aria-hidden="true" focusable="false">
          <AxisLabels axis={axis} />
        </svg>
      )}
      <figcaption>
        <Legend tone={all.some(({ country }) => country?.code === state) ? 'a' : 'n'} />
      </figcaption>
      <DataTable table={officeTable(all)} caption={caption} />
    </figure>
  )
}

/** Whose office it is, with a comma after it. */
const Of: FC<{ office: OfficeRecord }> = ({
  office: { country, organization, accreditedTo, accreditedToOrganization },
}) => {
  const owners = [
    country && <CountryLink country={country} />,
    organization && <OrganizationLink organization={organization} />,
  ].filter(Boolean)
  const place = accreditedTo ? (
    <CountryLink country={accreditedTo} />
  ) : (
    accreditedToOrganization && <OrganizationLink organization={accreditedToOrganization} />
  )
  return (
    <>
      <Listed items={owners} last=", " />
      {place && <> to {place}</>}
      {(owners.length > 0 || place) && ', '}
    </>
  )
}

const hasNoTenure = ({ tenure }: OfficeRecord) => tenure.edtf === '/'

/** The days on which sources name an office, where they do not say when it began or ended. */
export const daysNamed = ({ records }: Office): readonly string[] => [
  ...new Set(records.filter(hasNoTenure).flatMap(({ attested }) => attested.map(({ when }) => datedWords(when.label)))),
]

/** The tenures for which a source has a beginning or an end. */
export const tenures = ({ records }: Office): readonly string[] =>
  records
    .filter((record) => !hasNoTenure(record))
    .map(({ tenure }) => tenure.label.replace(SOME_TIME, 'some time within '))

const SOME_TIME = /^some time: /

/** When an office was held, in words: the tenures, or the days on which sources name the office. */
export function whenHeld(office: Office): string {
  const days = daysNamed(office)
  const parts = [...tenures(office)]
  if (days.length > 2) parts.push(`named so on ${days.length} days, from ${days[0]} to ${days.at(-1)}`)
  else if (days.length > 0) parts.push(`named so on ${days.join(' and on ')}`)
  return parts.join('; ') || 'no source says when'
}

/** What the band of an office shows. */
const drawn = ({ records }: Office, axis: Axis) => ({
  segments: records.flatMap(({ tenure }) => segmentsOf(tenure, axis)),
  ticks: records.flatMap(({ attested }) =>
    attested.flatMap(({ when }) =>
      when.beginOfTheBegin && when.beginOfTheBegin === when.endOfTheEnd ? [dayOf(when.beginOfTheBegin)] : [],
    ),
  ),
})

/** The axis for all that is known of these offices. */
function axisOf(offices: readonly Office[]): Axis | null {
  const spans = offices.flatMap(({ records }) =>
    records.flatMap(({ tenure, attested }) => [tenure, ...attested.map(({ when }) => when)]),
  )
  const days = spans.flatMap(({ beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd, likely }) => [
    beginOfTheBegin,
    endOfTheBegin,
    beginOfTheEnd,
    endOfTheEnd,
    likely?.from,
    likely?.to,
  ])
  return axisAround(days.flatMap((day) => (day ? [dayOf(day)] : [])))
}

/** The same as rows of an SVG file. Null if no day is known. */
export function officeChart(offices: readonly Office[], { hasPeople = false, state }: Partial<OfficesProps> = {}) {
  const axis = axisOf(offices)
  if (!axis) return null
  const rows: readonly ChartRow[] = [
    ...offices.map((office) => {
      const { title, person, country } = office.shown
      return {
        name: hasPeople ? person.name : title,
        note: [hasPeople ? title : country?.name, whenHeld(office)].filter(Boolean).join(', '),
        height: ROW,
        content: (
          <svg y={(ROW - BAND) / 2} width="100%" height={BAND} aria-hidden="true">
            <Band axis={axis} {...drawn(office, axis)} tone={country?.code === state ? 'a' : 'n'} />
          </svg>
        ),
      }
    }),
    { name: '', height: 24, content: <AxisLabels axis={axis} /> },
  ]
  return rows
}

/** Height of a row in SVG files: two lines of words stand beside each band. */
const ROW = 44

const hasEvidence = (fact: Partial<FactEvidenceFragment>): fact is FactEvidenceFragment => fact.citations !== undefined

/** The evidence of an office: one slip, or a slip for each record and each day on which a source names the office. */
const Evidence: FC<{ office: Office }> = ({ office: { shown, records } }) => {
  const slips = records.flatMap((record) => [
    { fact: record, when: hasNoTenure(record) ? 'The office' : record.tenure.label },
    ...record.attested.flatMap(({ when, ...fact }) =>
      hasEvidence(fact) ? [{ fact, when: `Named so on ${datedWords(when.label)}` }] : [],
    ),
  ])
  const [only] = slips
  if (only && slips.length === 1) return <EvidenceSlip fact={only.fact} about={`${shown.title}, ${only.when}`} />
  return (
    <details class="slips">
      <summary>
        <span class="summary-words">
          Evidence<span class="visually-hidden"> for {shown.title}</span>: {counted(slips.length, 'record')}
        </span>
      </summary>
      <ul>
        {slips.map(({ fact, when }) => (
          <li>
            <p>{when}</p>
            <EvidenceSlip fact={fact} about={`${shown.title}, ${when}`} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const Legend: FC<{ tone: Tone }> = ({ tone }) => (
  <ul class="legend">
    <li class="key">
      <svg width="28" height="12" aria-hidden="true" focusable="false">
        <rect width="28" height="10" y="1" class={`fill-${tone}`} />
      </svg>
      certain
    </li>
    <li class="key">
      <svg width="28" height="12" aria-hidden="true" focusable="false">
        <rect width="27" height="10" x=".5" y="1" fill={`url(#hatch-${tone})`} class={`outline-${tone}`} />
      </svg>
      possible
    </li>
    <li class="key">
      <svg width="28" height="12" aria-hidden="true" focusable="false">
        <line x2="28" y1="6" y2="6" class={`dots-${tone}`} />
        <rect width="14" height="10" y="1" fill={`url(#fade-out-${tone})`} />
      </svg>
      not known: it may have gone on
    </li>
    <li class="key">
      <svg width="8" height="18" aria-hidden="true" focusable="false">
        <path d="M4 0v18" class={`tick-${tone}`} />
      </svg>
      a source names the office on this day
    </li>
  </ul>
)

/** Offices as rows, with the four bounds of each tenure. */
export const officeTable = (offices: readonly OfficeRecord[]): Table => ({
  columns: [
    'person',
    'office',
    'of',
    'accredited to',
    'tenure',
    'started, earliest',
    'started, latest',
    'ended, earliest',
    'ended, latest',
    'named on',
    'evidence',
  ],
  rows: offices.map(
    ({
      person,
      title,
      country,
      organization,
      accreditedTo,
      accreditedToOrganization,
      tenure: { edtf, beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd },
      attested,
      citations,
    }) => [
      person.name,
      title,
      [country?.name, organization?.name].filter(Boolean).join(', ') || null,
      accreditedTo?.name ?? accreditedToOrganization?.name ?? null,
      edtf,
      beginOfTheBegin ?? null,
      endOfTheBegin ?? null,
      beginOfTheEnd ?? null,
      endOfTheEnd ?? null,
      attested.map(({ when }) => when.edtf).join(', ') || null,
      citations.map(({ reference }) => reference).join('\n'),
    ],
  ),
})
