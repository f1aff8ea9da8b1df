import { graphql } from '../generated/client/gql.ts'

/**
 * Who met whom: meetings by date, with their participants, offices, states and topics, and the cited words of the sources.
 * Variables: `filter`, `first` (default 20, maximum 100) and `after`.
 *
 * @example
 * ```ts
 * const { meetings } = await client.query(whoMetWhom, { filter: { between: ['IN', 'US'], during: { from: '2026-01-01' } } })
 * for (const { when, participations, topics, citations } of meetings.nodes) {
 *   console.log(when.label, participations.map(({ person, position }) => `${person.name}, ${position?.title}`))
 *   console.log(topics.map(({ name }) => name), citations.map(({ reference }) => reference))
 * }
 * ```
 */
export const whoMetWhom = graphql(`
  query WhoMetWhom($filter: MeetingFilter, $first: Int, $after: String) {
    meetings(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        slug
        title
        kind
        place
        when { ...When }
        countries { code name }
        participations {
          person { id slug name }
          role
          representing { code name }
          position { id title tenure { edtf label } }
          positionCertainty
          citations { exact reference }
        }
        topics { id slug name }
        citations { ...Evidence }
      }
      pageInfo { hasNextPage endCursor }
    }
  }

  fragment When on TimeSpan {
    edtf
    label
    beginOfTheBegin
    endOfTheBegin
    beginOfTheEnd
    endOfTheEnd
  }

  fragment Evidence on Citation {
    supports
    exact
    reference
    url
    verification
  }
`)

/**
 * A person by slug: all recorded names and offices, with the cited words of the sources. Null if there is no such person.
 *
 * @example
 * ```ts
 * const { person } = await client.query(personBySlug, { slug: 's-jaishankar' })
 * for (const { title, tenure } of person?.positions ?? []) console.log(title, tenure.label)
 * ```
 */
export const personBySlug = graphql(`
  query PersonBySlug($slug: String!) {
    person(slug: $slug) {
      id
      slug
      name
      names
      wikidataId
      positions {
        id
        post
        title
        country { code name }
        organization { id slug name }
        tenure { ...When }
        attested { when { ...When } citations { ...Evidence } }
        citations { ...Evidence }
      }
    }
  }
`)

/**
 * Who said what: statements by date, quoted or paraphrased, with the cited words of the sources. If a source names no speaker,
 * `speakers` is empty and `attribution` describes the speaker. Variables: `filter`, `first` (default 20, maximum 100) and `after`.
 *
 * @example
 * ```ts
 * const { statements } = await client.query(whoSaidWhat, { filter: { search: 'strong momentum' } })
 * for (const { quotation, text, speakers, citations } of statements.nodes) {
 *   console.log(quotation, speakers.map(({ name }) => name), text, citations.map(({ reference }) => reference))
 * }
 * ```
 */
export const whoSaidWhat = graphql(`
  query WhoSaidWhat($filter: StatementFilter, $first: Int, $after: String) {
    statements(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        slug
        quotation
        text
        quoted
        speakers { ...Named }
        attribution
        addressees { ...Named }
        channel
        said { ...When }
        topics { id slug name }
        meeting { id slug title }
        agreement { id slug title }
        citations { ...Evidence }
      }
      pageInfo { hasNextPage endCursor }
    }
  }

  fragment Named on Speaker {
    __typename
    ... on Person { id slug name }
    ... on Organization { id slug name }
  }
`)

/**
 * An agreement by slug: its parties, its status and all its events, with the cited words of the sources. Null if there is none.
 *
 * @example
 * ```ts
 * const { agreement } = await client.query(agreementBySlug, { slug: 'india-us-trade-agreement-2026' })
 * console.log(agreement?.status, agreement?.events.map(({ status, when }) => `${status} ${when.label}`))
 * ```
 */
export const agreementBySlug = graphql(`
  query AgreementBySlug($slug: String!) {
    agreement(slug: $slug) {
      id
      slug
      title
      kind
      status
      description
      parties { code name }
      events { id status when { ...When } by { ...Named } citations { ...Evidence } }
      topics { id slug name }
      citations { ...Evidence }
    }
  }
`)
