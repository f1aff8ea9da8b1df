import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import type { HomePageQuery } from '../generated/pages/graphql.ts'
import { definePage } from './page.ts'
import { ChartFile } from './parts/chart-file.tsx'
import { FactEntry } from './parts/fact-entry.tsx'
import { A } from './parts/links.tsx'
import { barYears, RelationTable, relationBars, relationRows } from './parts/relation-table.tsx'
import { SearchForm } from './parts/search-form.tsx'
import { Section } from './parts/section.tsx'
import { SourceList } from './parts/source-list.tsx'
import { counted, grouped } from './parts/words.ts'

export const homePage = definePage({
  path: '/',
  document: graphql(`
    query HomePage($by: Granularity!, $years: DateRange!) {
      about {
        facts { people positions organizations visits meetings statements agreements relationEvents sources citations }
        dataVersion
      }
      relations(first: 12) { totalCount nodes { ...RelationRow } }
      sources(first: 6, orderBy: LATEST_IMPORT_FIRST) { nodes { ...SourceRow } }
      statements(first: 3, orderBy: NEWEST_FIRST) { nodes { ...Fact } }
    }
  `),
  variables: () => ({ by: 'YEAR' as const, years: barYears() }),
  address: () => '/',
  title: () => 'bilateral: who met whom, and whose words say so',
  description: () =>
    'Visits, meetings, statements and agreements between states. Each fact cites the exact words of a source.',
  render: ({ about, relations, sources, statements }) => (
    <>
      <div class="hero">
        <div>
          <h1>Who met whom, and whose words say so</h1>
          <div class="lede">
            <p>
              Visits, meetings, statements and agreements between states. Each fact is as precise as its source and no
              more, and each opens the exact words that it rests on.
            </p>
          </div>
          <SearchForm
            id="search"
            label="Search for a person, a country, a topic or a quotation"
            isLabelHidden
            placeholder="Person, country, topic or quotation"
          />
        </div>
        <Ledger facts={about.facts} />
      </div>
      {relations.nodes.length > 0 ? (
        <Section
          title="Relations"
          note="Those with the most facts. A bar is a year, scaled to the busiest one of its row: strong for visits and meetings, pale on top for statements and events."
        >
          <RelationTable relations={relations.nodes} />
          {relations.totalCount > relations.nodes.length && (
            <p class="page-link">
              <A to="relations">All {counted(relations.totalCount, 'relation')}</A>
            </p>
          )}
        </Section>
      ) : (
        <Section title="Relations" note="Nothing is imported yet.">
          <p>
            Import a bundle with <code>bilateral import FILE</code>, and its relations are listed here.
          </p>
        </Section>
      )}
      {statements.nodes.length > 0 && (
        <Section title="What was said last">
          <div class="entries">
            {statements.nodes.map((statement) => (
              <FactEntry fact={statement} />
            ))}
          </div>
        </Section>
      )}
      {sources.nodes.length > 0 && (
        <Section title="What was added last" note="The sources of the latest imports.">
          <SourceList sources={sources.nodes} />
          {about.facts.sources > sources.nodes.length && (
            <p class="page-link">
              <A to="sources">All {counted(about.facts.sources, 'source')}</A>
            </p>
          )}
        </Section>
      )}
    </>
  ),
  image: ({ relations }) =>
    relations.nodes.length > 0 && (
      <ChartFile
        title="Relations with the most facts"
        caption="A bar is a year, scaled to the busiest one of its row: strong for visits and meetings, pale on top for statements and events."
        address="/"
        charts={[{ rows: relationBars(relations.nodes) }]}
      />
    ),
  table: ({ relations }) => relationRows(relations.nodes),
})

/** How many records of each kind there are. Kinds without records are left out. */
const Ledger: FC<{ facts: HomePageQuery['about']['facts'] }> = ({ facts }) => {
  const lines: [string, number, string?][] = [
    ['people', facts.people, 'people'],
    ['offices held', facts.positions],
    ['organizations', facts.organizations],
    ['visits', facts.visits],
    ['meetings', facts.meetings],
    ['statements', facts.statements],
    ['agreements', facts.agreements],
    ['events of relations', facts.relationEvents],
    ['sources', facts.sources, 'sources'],
    ['citations of exact words', facts.citations],
  ]
  return (
    <aside class="ledger" aria-labelledby="ledger">
      <h2 id="ledger">In this database</h2>
      <dl>
        {lines
          .filter(([, count]) => count > 0)
          .map(([name, count, path]) => (
            <div>
              <dt>{path ? <A to={path}>{name}</A> : name}</dt>
              <dd>{grouped(count)}</dd>
            </div>
          ))}
      </dl>
    </aside>
  )
}
