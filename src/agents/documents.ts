import { graphql } from '../generated/pages/gql.ts'

export const SEARCH = graphql(`
  query AgentSearch($query: String!, $first: Int!, $after: String) {
    search(query: $query, first: $first, after: $after) {
      totalCount
      nodes {
        excerpt
        node {
          __typename
          ... on Person { slug label: name }
          ... on Organization { slug label: name }
          ... on Topic { slug label: name }
          ... on Meeting { slug label: title when { label } }
          ... on Visit { slug label: title when { label } }
          ... on Statement { slug label: title when { label } }
          ... on Agreement { slug label: title }
          ... on RelationEvent { slug label: title when { label } }
          ... on Source { slug label: title published { label } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const RECORD = graphql(`
  query AgentRecord($id: ID!) {
    node(id: $id) {
      __typename
      ... on Cited {
        note
        citations { ...AgentCitation }
        contradictedBy { ...AgentCitation }
        withdrawn { reason }
      }
      ... on Meeting {
        label: title place when { label } countries { code name } topics { name }
        attendees { name role representing { name } position { title } positionCertainty }
        statements(first: 10) { totalCount nodes { slug title } }
      }
      ... on Visit {
        label: title description places when { label } from { name } to { name }
        attendees { name role representing { name } position { title } positionCertainty }
        meetings(first: 10) { totalCount nodes { slug title } }
      }
      ... on RelationEvent { label: title description when { label } countries { name } }
      ... on Agreement { label: title description status parties { name } events { status when { label } } }
      ... on Statement {
        label: title quotation text quoted attribution channel said { label } topics { name }
        speakers { ... on Person { name } ... on Organization { name } }
        quotationVerification
      }
      ... on Source { label: title url language license published { label } publisher { name } fullText }
      ... on Person {
        label: name names wikidataId
        positions { title tenure { label } country { name } organization { name } }
        meetings(last: 5) { totalCount nodes { slug title when { label } } }
        visits(last: 5) { totalCount nodes { slug title when { label } } }
        statements(last: 5) { totalCount nodes { slug title } }
      }
      ... on Country { label: name code names }
      ... on Organization { label: name names country { name } }
      ... on Topic { label: name names broader { name } narrower { name } }
      ... on Relation { countries { code name } }
    }
  }

  fragment AgentCitation on Citation {
    start exact reference verification stance
    source { slug title }
  }
`)

export const RELATION = graphql(`
  query AgentRelation($between: [CountryCode!]!, $on: Date!) {
    relation(between: $between) {
      countries { code name }
      coverage {
        meetings visits statements agreements relationEvents first last
        sources(first: 5) { count source { slug title } }
      }
      status(on: $on) { certainty reason }
      agreements(last: 5) { totalCount nodes { slug title status } }
      topics(first: 8) { topic { slug name } }
      timeline(first: 5, orderBy: NEWEST_FIRST) {
        totalCount
        entries { ...AgentEntry }
      }
    }
  }

  fragment AgentEntry on Entry {
    __typename
    title
    when { label }
    ... on Meeting { slug }
    ... on Visit { slug }
    ... on Statement { slug quotation text }
    ... on RelationEvent { slug }
    ... on AgreementEvent { agreement { slug } }
    citations { ...AgentCitation }
  }
`)

export const TIMELINE = graphql(`
  query AgentTimeline(
    $between: [CountryCode!]!, $during: DateRange, $kinds: [TimelineKind!], $topics: [ID!]
    $orderBy: TimelineOrder!, $first: Int!, $after: String
  ) {
    relation(between: $between) {
      countries { code name }
      timeline(first: $first, after: $after, orderBy: $orderBy, kinds: $kinds, during: $during, topics: $topics) {
        totalCount
        entries { ...AgentEntry }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export const OFFICE = graphql(`
  query AgentOffice($filter: PositionFilter!, $first: Int!, $after: String, $on: Date!, $hasDay: Boolean!) {
    positions(filter: $filter, first: $first, after: $after) {
      totalCount
      nodes {
        title
        post
        person { slug name }
        country { name }
        organization { name }
        tenure { label }
        held(on: $on) @include(if: $hasDay) { certainty reason }
        citations { ...AgentCitation }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const LOCATE = graphql(`
  query AgentLocate($text: String!, $first: Int!, $after: String) {
    locate(text: $text, first: $first, after: $after) {
      totalCount
      nodes {
        ...AgentCitation
        fact {
          __typename
          ... on Meeting { slug title }
          ... on Visit { slug title }
          ... on Statement { slug title }
          ... on Agreement { slug title }
          ... on RelationEvent { slug title }
          ... on Position { title person { slug name } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const VERIFY_QUOTES = graphql(`
  query AgentVerifyQuotes($items: [QuoteInput!]!) {
    verifyQuotes(items: $items) {
      text
      grade
      explanation
      differences { change words }
      places { start prefix exact suffix reference source { slug title } }
    }
  }
`)
