import { graphql } from '../generated/pages/gql.ts'
import { SLUG } from '../keys.ts'
import { definePage } from './page.ts'
import { EvidenceSlip, WithdrawnNotice } from './parts/evidence.tsx'
import { When } from './parts/fact-entry.tsx'
import { Fields } from './parts/fields.tsx'
import { Between, CountryLink } from './parts/links.tsx'
import { Title } from './parts/section.tsx'
import { SpanMark } from './parts/span-mark.tsx'
import { titled } from './parts/words.ts'

export const relationEventPage = definePage({
  path: '/relation-events/:slug',
  document: graphql(`
    query RelationEventPage($slug: String!) {
      relationEvent(slug: $slug) {
        ...FactEvidence
        slug
        title
        kind
        description
        when { ...Span }
        by { code name }
        countries { code name }
      }
    }
  `),
  variables: ({ params: { slug = '' } }) => (SLUG.test(slug) ? { slug } : undefined),
  address: ({ relationEvent }) => relationEvent && `/relation-events/${relationEvent.slug}`,
  title: ({ relationEvent }) => `${relationEvent?.title}, ${relationEvent?.when.label}`,
  description: ({ relationEvent }) =>
    `${relationEvent?.title}, ${relationEvent?.when.label}. ${relationEvent?.description ?? ''}`.trim(),
  render({ relationEvent }) {
    if (!relationEvent) return null
    const { title, kind, description, when, by, countries } = relationEvent
    return (
      <>
        <WithdrawnNotice fact={relationEvent} />
        <Title
          kind="Event in diplomatic relations"
          name={title}
          isLong
          lede={
            <>
              <p>
                <When when={when} />
              </p>
              {description && <p dir="auto">{description}</p>}
            </>
          }
          aside={<SpanMark when={when} hasScale />}
        />
        <Fields
          fields={[
            ['What happened', titled(kind)],
            ['Between', <Between countries={countries} />],
            ['By', by && <CountryLink country={by} />],
          ]}
        />
        <EvidenceSlip fact={relationEvent} open />
      </>
    )
  },
  table: ({ relationEvent }) => ({
    columns: ['event', 'kind', 'between', 'by', 'date', 'cited words', 'footnote'],
    rows: (relationEvent?.citations ?? []).map(({ exact, reference }) => [
      relationEvent?.title ?? null,
      relationEvent?.kind ?? null,
      relationEvent?.countries.map(({ code }) => code).join('-') ?? null,
      relationEvent?.by?.code ?? null,
      relationEvent?.when.edtf ?? null,
      exact,
      reference,
    ]),
  }),
})
