import { graphql } from '../generated/pages/gql.ts'
import type { AgreementPageQuery } from '../generated/pages/graphql.ts'
import { SLUG } from '../keys.ts'
import { definePage, type Table } from './page.ts'
import { ChartFile } from './parts/chart-file.tsx'
import { DataTable } from './parts/data-table.tsx'
import { EvidenceSlip, WithdrawnNotice } from './parts/evidence.tsx'
import { FactEntry } from './parts/fact-entry.tsx'
import { Fields } from './parts/fields.tsx'
import { Between, Listed, TopicLink } from './parts/links.tsx'
import { Section, Title } from './parts/section.tsx'
import { Steps, stepRows } from './parts/steps.tsx'
import { Timeline } from './parts/timeline.tsx'
import { partOf, titled, worded } from './parts/words.ts'

export const agreementPage = definePage({
  path: '/agreements/:slug',
  document: graphql(`
    query AgreementPage($slug: String!) {
      agreement(slug: $slug) {
        ...FactEvidence
        slug
        title
        kind
        status
        description
        parties { code name }
        topics { slug name }
        events { ...Fact }
        statements(first: 50, orderBy: NEWEST_FIRST) { totalCount nodes { ...Fact } }
      }
    }
  `),
  variables: ({ params: { slug = '' } }) => (SLUG.test(slug) ? { slug } : undefined),
  address: ({ agreement }) => agreement && `/agreements/${agreement.slug}`,
  title: ({ agreement }) => `${agreement?.title}: ${worded(agreement?.status ?? '')}`,
  description: ({ agreement }) =>
    `${agreement?.title}, between ${agreement?.parties.map(({ name }) => name).join(' and ')}: ${worded(agreement?.status ?? '')}.`,
  render({ agreement }) {
    if (!agreement) return null
    const { title, kind, status, description, parties, topics, events, statements } = agreement
    const latest = events.at(-1)
    const steps = stepsOf(agreement)
    return (
      <>
        <WithdrawnNotice fact={agreement} />
        <Title
          kind={kind === 'OTHER' ? 'Agreement' : titled(kind)}
          name={title}
          isLong
          lede={
            <>
              <p>
                <strong>{titled(status)}</strong>
                {latest && `, ${latest.when.label}`}.
              </p>
              {description && <p dir="auto">{description}</p>}
            </>
          }
        />
        <Fields
          fields={[
            ['Parties', <Between countries={parties} />],
            ['Status', titled(status)],
            ['Topics', topics.length > 0 && <Listed items={topics.map((topic) => <TopicLink topic={topic} />)} />],
          ]}
        />
        <EvidenceSlip fact={agreement} open />
        <Section title="Steps" note="Only what happened or was reported. What somebody expects is a statement.">
          {steps.length > 1 && (
            <figure>
              <Steps steps={steps} />
              <DataTable table={stepTable(steps)} caption="Steps" summary="Data table: steps" />
            </figure>
          )}
          <Timeline facts={events} />
        </Section>
        {statements.nodes.length > 0 && (
          <Section title="What was said about it" note={partOf(statements, 'statement')}>
            <div class="entries">
              {statements.nodes.map((statement) => (
                <FactEntry fact={statement} />
              ))}
            </div>
          </Section>
        )}
      </>
    )
  },
  image({ agreement }) {
    const rows = stepRows(stepsOf(agreement))
    if (!agreement || !rows) return null
    const { slug, title, status } = agreement
    return (
      <ChartFile
        title={title}
        caption={`The steps of the agreement. It is now: ${worded(status)}.`}
        address={`/agreements/${slug}`}
        charts={[{ rows }]}
      />
    )
  },
  table: ({ agreement }) => stepTable(stepsOf(agreement)),
})

const stepsOf = (agreement: AgreementPageQuery['agreement']) =>
  (agreement?.events ?? []).filter((event) => event.__typename === 'AgreementEvent')

const stepTable = (steps: ReturnType<typeof stepsOf>): Table => ({
  columns: ['status', 'date', 'by', 'evidence'],
  rows: steps.map(({ status, when, by, citations }) => [
    status,
    when.edtf,
    by.map(({ name }) => name).join(', '),
    citations.map(({ reference }) => reference).join('\n'),
  ]),
})
