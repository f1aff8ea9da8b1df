import { graphql } from '../generated/pages/gql.ts'
import type { StatementPageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { definePage } from './page.ts'
import { EvidenceSlip, WithdrawnNotice } from './parts/evidence.tsx'
import { When } from './parts/fact-entry.tsx'
import { Fields } from './parts/fields.tsx'
import { A, Between, Listed, SpeakerLink, TopicLink } from './parts/links.tsx'
import { Title } from './parts/section.tsx'
import { QuotationSign, quotations } from './parts/signs.tsx'
import { SpanMark } from './parts/span-mark.tsx'
import { StatementWords } from './parts/statement-words.tsx'
import { capital, shortened } from './parts/words.ts'

export const statementPage = definePage({
  path: '/statements/:slug',
  document: graphql(`
    query StatementPage($slug: String!) {
      statement(slug: $slug) {
        ...FactEvidence
        slug
        quotation
        text
        quoted
        speakers { ...Speaker }
        attribution
        addressees { ...Speaker }
        mentions { ...Speaker }
        channel
        time
        when { ...Span }
        countries { code name }
        topics { slug name }
        meeting { slug title }
        agreement { slug title }
      }
    }
  `),
  variables: ({ params: { slug = '' } }) => (SLUG.test(slug) ? { slug } : undefined),
  address: ({ statement }) => statement && `/statements/${statement.slug}`,
  title: ({ statement }) => `${speakersOf(statement)}: ${shortened(statement?.text ?? '', 60)}`,
  description: ({ statement }) =>
    `${speakersOf(statement)}, ${statement?.when.label}: ${shortened(statement?.text ?? '', 200)}`,
  render({ statement }) {
    if (!statement) return null
    const { speakers, attribution, addressees, mentions, channel, time, when, countries, topics, meeting, agreement } =
      statement
    return (
      <>
        <WithdrawnNotice fact={statement} />
        <Title
          kind={
            <>
              Statement · <When when={when} />
            </>
          }
          name={
            speakers.length > 0 ? (
              <Listed items={speakers.map((speaker) => <SpeakerLink speaker={speaker} />)} />
            ) : (
              capital(attribution ?? 'Speaker not named')
            )
          }
          isLong
          lede={<StatementWords statement={statement} />}
          aside={
            <>
              <p>
                <QuotationSign quotation={statement.quotation} />: {quotations[statement.quotation].explanation}.
              </p>
              <SpanMark when={when} hasScale />
            </>
          }
        />
        <Fields
          fields={[
            ['Said', <When when={when} />],
            ['Time', time],
            ['To', addressees.length > 0 && <Listed items={addressees.map((one) => <SpeakerLink speaker={one} />)} />],
            [
              'Mentions',
              mentions.length > 0 && <Listed items={mentions.map((one) => <SpeakerLink speaker={one} />)} />,
            ],
            ['Through', channel],
            ['Between', countries.length > 0 && <Between countries={countries} />],
            ['Meeting', meeting && <A to={`meetings/${meeting.slug}`}>{meeting.title}</A>],
            ['About the agreement', agreement && <A to={`agreements/${agreement.slug}`}>{agreement.title}</A>],
            ['Topics', topics.length > 0 && <Listed items={topics.map((topic) => <TopicLink topic={topic} />)} />],
          ]}
        />
        <EvidenceSlip fact={statement} quotation={statement.quotation} open />
      </>
    )
  },
  table: ({ statement }) => ({
    columns: ['speaker', 'quotation', 'text', 'date', 'cited words', 'footnote'],
    rows: (statement?.citations ?? []).map(({ exact, reference }) => [
      speakersOf(statement),
      statement?.quotation ?? null,
      statement?.text ?? null,
      statement?.when.edtf ?? null,
      exact,
      reference,
    ]),
  }),
})

const speakersOf = (statement: StatementPageQuery['statement']): string =>
  statement?.speakers.map(({ name }) => name).join(' and ') || capital(statement?.attribution ?? 'Speaker not named')
