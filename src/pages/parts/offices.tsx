import type { Child, FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { HeldOfficeFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { type Axis, axisAround } from './axis.ts'
import { BAND, Band, YEARS, Years } from './bands.tsx'
import { DataTable } from './data-table.tsx'
import { EvidenceSlip } from './evidence.tsx'
import { CountryLink, Listed, OrganizationLink } from './links.tsx'
import type { Tone } from './signs.tsx'
import { dayOf, segmentsOf } from './span.ts'
import { counted } from './words.ts'

graphql(`
  fragment HeldOffice on Position {
    ...FactEvidence
    post
    title
    country { code name }
    organization { slug name }
    accreditedTo { code name }
    accreditedToOrganization { slug name }
    appointed { label }
    tenure { ...Span }
    attested { ...FactEvidence when { ...Span } }
  }
`)

/** The records of one office that one person held, perhaps several times. Each source has records of its own. */
export interface Office {
  readonly shown: HeldOfficeFragment
  readonly records: readonly HeldOfficeFragment[]
}

/** Records by post, in the order of the first of each. Call it with the records of one person. */
export function officesOf(records: readonly HeldOfficeFragment[]): readonly Office[] {
  const posts = new Map<string, HeldOfficeFragment[]>()
  for (const record of records) posts.set(record.post, [...(posts.get(record.post) ?? []), record])
  return [...posts.values()].map((records) => ({ shown: records.at(-1) as HeldOfficeFragment, records }))
}

interface OfficesProps {
  readonly offices: readonly Office[]
  /** The name of each row. Default: the title of the office. */
  readonly nameOf?: (office: HeldOfficeFragment) => Child
  /** The state that the page is about: its offices are orange. */
  readonly state?: string | undefined
  /** What the chart shows, for screen readers. */
  readonly caption: string
}

/** Offices on one axis, each with its evidence, and the same as a table. Filled is certain, hatched possible, dotted not known. */
export const Offices: FC<OfficesProps> = ({ offices, nameOf = titleOf, state, caption }) => {
  const all = offices.flatMap(({ records }) => records)
  const axis = axisOf(all)
  return (
    <figure class="bands" aria-label={caption}>
      <ul>
        {offices.map((office) => (
          <li>
            <p class="band-name">
              <b>{nameOf(office.shown)}</b>
              <span class="soft">
                <Of office={office.shown} />
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
        <svg class="plot years" width="100%" height={YEARS} aria-hidden="true" focusable="false">
          <Years axis={axis} />
        </svg>
      )}
      <figcaption>
        <Legend tone={all.some(({ country }) => country?.code === state) ? 'a' : 'n'} />
      </figcaption>
      <DataTable table={officeTable(all)} caption={caption} />
    </figure>
  )
}

const titleOf = ({ title }: HeldOfficeFragment) => <bdi>{title}</bdi>

/** Whose office it is, with a comma after it. */
const Of: FC<{ office: HeldOfficeFragment }> = ({
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

const hasNoTenure = ({ tenure }: HeldOfficeFragment) => tenure.edtf === '/'

/** The days on which sources name an office, where they do not say when it began or ended. */
export const daysNamed = ({ records }: Office): readonly string[] => [
  ...new Set(records.filter(hasNoTenure).flatMap(({ attested }) => attested.map(({ when }) => worded(when.label)))),
]

/** The tenures for which a source has a beginning or an end. */
export const tenures = ({ records }: Office): readonly string[] =>
  records
    .filter((record) => !hasNoTenure(record))
    .map(({ tenure }) => tenure.label.replace(SOME_TIME, 'some time within '))

const SOME_TIME = /^some time: /

const worded = (label: string) => label.replace(SOME_TIME, 'one day of ')

/** When an office was held, in words: the tenures, or the days on which sources name the office. */
export function whenHeld(office: Office): string {
  const days = daysNamed(office)
  const parts = [...tenures(office)]
  if (days.length > 2) parts.push(`named so on ${days.length} days, from ${days[0]} to ${days.at(-1)}`)
  else if (days.length > 0) parts.push(`named so on ${days.join(' and on ')}`)
  return parts.join('; ') || 'no source says when'
}

const drawn = ({ records }: Office, axis: Axis) => ({
  segments: records.flatMap(({ tenure }) => segmentsOf(tenure, axis)),
  ticks: records.flatMap(({ attested }) =>
    attested.flatMap(({ when }) =>
      when.beginOfTheBegin && when.beginOfTheBegin === when.endOfTheEnd ? [dayOf(when.beginOfTheBegin)] : [],
    ),
  ),
})

/** The axis for all that is known of these offices. */
function axisOf(offices: readonly HeldOfficeFragment[]): Axis | null {
  const spans = offices.flatMap(({ tenure, attested }) => [tenure, ...attested.map(({ when }) => when)])
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

/** The evidence of an office: one slip, or a slip for each record and each day on which a source names the office. */
const Evidence: FC<{ office: Office }> = ({ office: { shown, records } }) => {
  if (records.length === 1 && shown.attested.length === 0) {
    return <EvidenceSlip fact={shown} about={`${shown.title}, ${shown.tenure.label}`} />
  }
  const slips = records.flatMap((record) => [
    { fact: record, when: hasNoTenure(record) ? 'The office' : record.tenure.label },
    ...record.attested.map((fact) => ({ fact, when: `Named so on ${worded(fact.when.label)}` })),
  ])
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
    <li>
      <svg viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <rect width="28" height="10" y="1" class={`fill-${tone}`} />
      </svg>
      certain
    </li>
    <li>
      <svg viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <rect width="27" height="10" x=".5" y="1" fill={`url(#hatch-${tone})`} class={`outline-${tone}`} />
      </svg>
      possible
    </li>
    <li>
      <svg viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <line x2="28" y1="6" y2="6" class={`dots-${tone}`} />
        <rect width="14" height="10" y="1" fill={`url(#fade-out-${tone})`} />
      </svg>
      not known: it may have gone on
    </li>
    <li>
      <svg viewBox="0 0 8 18" aria-hidden="true" focusable="false">
        <path d="M4 0v18" class={`tick-${tone}`} />
      </svg>
      a source names the office on this day
    </li>
  </ul>
)

/** Offices as rows, with the four bounds of each tenure. */
export const officeTable = (offices: readonly HeldOfficeFragment[]): Table => ({
  columns: [
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
      title,
      country,
      organization,
      accreditedTo,
      accreditedToOrganization,
      tenure: { edtf, beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd },
      attested,
      citations,
    }) => [
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
