import { graphql } from '../generated/pages/gql.ts'
import { definePage } from './page.ts'
import { FactEntry } from './parts/fact-entry.tsx'
import { A, relationPath } from './parts/links.tsx'
import { Section, Title } from './parts/section.tsx'

export const homePage = definePage({
  path: '/',
  document: graphql(`
    query HomePage {
      about { facts { visits meetings statements agreements citations } }
      relations(first: 10) { nodes { countries { code name } } }
      statements(first: 5, orderBy: NEWEST_FIRST) { nodes { ...Fact } }
    }
  `),
  variables: () => ({}),
  address: () => '/',
  title: () => 'bilateral: who met whom, and whose words say so',
  description: () =>
    'Visits, meetings, statements and agreements between states. Each fact cites the exact words of a source.',
  render: ({ relations, statements }) => (
    <>
      <Title
        kind=""
        name="Who met whom, and whose words say so"
        lede={
          <p>
            Visits, meetings, statements and agreements between states. Each fact is as precise as its source and no
            more, and each opens the exact words that it rests on.
          </p>
        }
      />
      <Section title="Relations">
        <ul>
          {relations.nodes.map(({ countries }) => (
            <li>
              <A to={relationPath(countries.map(({ code }) => code))}>
                {countries.map(({ name }) => name).join(' – ')}
              </A>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="What was said last">
        <div class="entries">
          {statements.nodes.map((statement) => (
            <FactEntry fact={statement} />
          ))}
        </div>
      </Section>
    </>
  ),
})
