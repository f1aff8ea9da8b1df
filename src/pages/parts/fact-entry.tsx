import type { Child, FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { FactFragment, SpanFragment } from '../../generated/pages/graphql.ts'
import { EvidenceSlip } from './evidence.tsx'
import { A, CountryLink, Listed, PersonLink, SpeakerLink, TopicLink } from './links.tsx'
import { QuotationSign, Sign, type Tone } from './signs.tsx'
import type { Frame } from './span.ts'
import { SpanMark } from './span-mark.tsx'
import { StatementWords } from './statement-words.tsx'
import { capital, datedWords, titled, worded } from './words.ts'

graphql(`
  fragment Fact on Entry {
    __typename
    ...FactEvidence
    title
    when { ...Span }
    ... on Visit {
      slug
      visitKind: kind
      from { code name }
      to { code name }
      places
      description
      participations { person { slug name } position { title } }
    }
    ... on Meeting {
      slug
      meetingKind: kind
      place
      visit { slug }
      participations { person { slug name } position { title } }
      topics { slug name }
    }
    ... on Statement {
      slug
      meeting { visit { slug } }
      quotation
      text
      quoted
      attribution
      channel
      speakers { ...Speaker }
      addressees { ...Speaker }
      topics { slug name }
    }
    ... on AgreementEvent {
      status
      agreement { slug title }
      by { ...Speaker }
    }
    ... on RelationEvent {
      slug
      relationEventKind: kind
      description
      relationBy: by { code name }
    }
  }
`)

type Of<Kind extends FactFragment['__typename']> = Extract<FactFragment, { __typename: Kind }>

interface FactEntryProps {
  readonly fact: FactFragment
  /** The codes of the two states that the page is about, by alphabet. They decide the colours. */
  readonly states?: readonly string[]
  /** The days of the mark, if several facts share them. */
  readonly frame?: Frame | null
  /** Whether the days are named above the mark. Default: yes. */
  readonly hasScale?: boolean
  /** Whether the mark has the same days as the entry before: the lines between the days then go on. */
  readonly isJoined?: boolean
  /** Level of the heading. Default 3. */
  readonly level?: 3 | 4
}

/** A fact of a timeline: when it was, drawn and in words; what it was; and its evidence. */
export const FactEntry: FC<FactEntryProps> = ({
  fact,
  states = [],
  frame,
  hasScale = true,
  isJoined = false,
  level = 3,
}) => {
  const Heading = `h${level}` as 'h3'
  const tone = toneOf(fact, states)
  return (
    <article class={`entry${isJoined ? ' is-joined' : ''}`} id={fact.id}>
      <div class="entry-when">
        <SpanMark when={fact.when} tone={tone} frame={frame ?? null} hasScale={hasScale} />
      </div>
      <div class="entry-body">
        <p class="entry-kind">
          {fact.__typename === 'Statement' ? (
            <QuotationSign quotation={fact.quotation} />
          ) : (
            <span class="kind">
              <Sign name={SIGNS[fact.__typename]} tone={tone} /> {kindOf(fact)}
            </span>
          )}
          {fact.__typename === 'Statement' ? (
            <FactLink fact={fact}>
              <When when={fact.when} />
            </FactLink>
          ) : (
            <When when={fact.when} />
          )}
        </p>
        {fact.__typename === 'Statement' ? (
          <Said statement={fact} Heading={Heading} />
        ) : (
          <Heading class="entry-title" dir="auto">
            <FactLink fact={fact}>{fact.title}</FactLink>
          </Heading>
        )}
        <Details fact={fact} />
        <EvidenceSlip fact={fact} {...(fact.__typename === 'Statement' ? { quotation: fact.quotation } : {})} />
      </div>
    </article>
  )
}

/** The slug of the visit to which a meeting, or a statement at a meeting, belongs. */
export function visitOf(fact: FactFragment): string | undefined {
  if (fact.__typename === 'Meeting') return fact.visit?.slug
  return fact.__typename === 'Statement' ? fact.meeting?.visit?.slug : undefined
}

/** A date in words, with its EDTF text. */
export const When: FC<{ when: Pick<SpanFragment, 'edtf' | 'label'> }> = ({ when: { edtf, label } }) => {
  const words = datedWords(label)
  // `datetime` accepts days, months and years only.
  return /^\d{4}(-\d\d){0,2}$/.test(edtf) ? <time datetime={edtf}>{words}</time> : <span>{words}</span>
}

const SIGNS = { Visit: 'visit', Meeting: 'meeting', AgreementEvent: 'agreement', RelationEvent: 'relation' } as const

export function toneOf(fact: FactFragment, states: readonly string[]): Tone {
  if (fact.__typename !== 'Visit' || !fact.from) return 'n'
  return (['a', 'b'] as const)[states.indexOf(fact.from.code)] ?? 'n'
}

function kindOf(fact: Exclude<FactFragment, { __typename: 'Statement' }>): string {
  switch (fact.__typename) {
    case 'Visit':
      return fact.visitKind && fact.visitKind !== 'OTHER' ? `${titled(fact.visitKind)} visit` : 'Visit'
    case 'Meeting':
      return fact.meetingKind === 'CALL' ? 'Call' : 'Meeting'
    case 'AgreementEvent':
      return 'Agreement'
    case 'RelationEvent':
      return titled(fact.relationEventKind)
  }
}

/** A link to the page of a fact. */
const FactLink: FC<{ fact: FactFragment; children?: Child }> = ({ fact, children }) => (
  <A to={pathOf(fact)}>{children}</A>
)

/** The path of a fact’s page, or of the agreement to which a step belongs. */
export function pathOf(fact: FactFragment): string {
  switch (fact.__typename) {
    case 'Visit':
      return `visits/${fact.slug}`
    case 'Meeting':
      return `meetings/${fact.slug}`
    case 'Statement':
      return `statements/${fact.slug}`
    case 'AgreementEvent':
      return `agreements/${fact.agreement.slug}`
    case 'RelationEvent':
      return `relation-events/${fact.slug}`
  }
}

const Said: FC<{ statement: Of<'Statement'>; Heading: 'h3' }> = ({ statement, Heading }) => {
  const { quotation, speakers, attribution, addressees, channel } = statement
  return (
    <>
      <Heading class="entry-speaker">
        {speakers.length > 0 ? (
          <Listed items={speakers.map((speaker) => <SpeakerLink speaker={speaker} />)} />
        ) : (
          <span dir="auto">{capital(attribution ?? 'speaker not named')}</span>
        )}
        {quotation === 'OWN' && <span class="soft">, speaking for itself</span>}
        {addressees.length > 0 && (
          <span class="soft">
            {' '}
            to <Listed items={addressees.map((addressee) => <SpeakerLink speaker={addressee} />)} />
          </span>
        )}
        {channel && (
          <span class="soft">
            , on <bdi>{channel}</bdi>
          </span>
        )}
      </Heading>
      <StatementWords statement={statement} />
    </>
  )
}

const Details: FC<{ fact: FactFragment }> = ({ fact }) => {
  switch (fact.__typename) {
    case 'Visit':
      return (
        <>
          <People participations={fact.participations} />
          {fact.description && <p dir="auto">{fact.description}</p>}
          <Places from={fact.from} to={fact.to} places={fact.places} />
        </>
      )
    case 'Meeting':
      return (
        <>
          <People participations={fact.participations} />
          {fact.place && (
            <p class="entry-note" dir="auto">
              {fact.place}
            </p>
          )}
          <Topics topics={fact.topics} />
        </>
      )
    case 'Statement':
      return <Topics topics={fact.topics} />
    case 'AgreementEvent':
      return (
        <p class="entry-note">
          {capital(worded(fact.status))}
          {fact.by.length > 0 && (
            <>
              {' '}
              by <Listed items={fact.by.map((actor) => <SpeakerLink speaker={actor} />)} />
            </>
          )}
        </p>
      )
    case 'RelationEvent':
      return (
        <>
          {fact.description && <p dir="auto">{fact.description}</p>}
          {fact.relationBy && (
            <p class="entry-note">
              by <CountryLink country={fact.relationBy} />
            </p>
          )}
        </>
      )
  }
}

const People: FC<{ participations: Of<'Meeting'>['participations'] }> = ({ participations }) =>
  participations.length === 0 ? null : (
    <p class="entry-who">
      <Listed
        last=", "
        items={participations.map(({ person, position }) => (
          <>
            <PersonLink person={person} />
            {position && (
              <>
                {' '}
                <bdi>{position.title}</bdi>
              </>
            )}
          </>
        ))}
      />
    </p>
  )

const Places: FC<Pick<Of<'Visit'>, 'from' | 'to' | 'places'>> = ({ from, to, places }) => (
  <p class="entry-note">
    {from ? (
      <>
        <CountryLink country={from} /> to <CountryLink country={to} />
      </>
    ) : (
      <>
        to <CountryLink country={to} />
      </>
    )}
    {places.length > 0 && <bdi>: {places.join(', ')}</bdi>}
  </p>
)

const Topics: FC<{ topics: Of<'Meeting'>['topics'] }> = ({ topics }) =>
  topics.length === 0 ? null : (
    <p class="entry-topics">
      {topics.map((topic) => (
        <>
          <TopicLink topic={topic} />{' '}
        </>
      ))}
    </p>
  )
