/** A tab of the playground, in GraphiQL's format: `variables` is JSON. */
interface Tab {
  readonly query: string
  readonly variables?: string
}

/**
 * One tab for each kind of user of the playground. The operation's name is the tab's title. Lines of comments are short because
 * the editor has half of the window's width.
 */
export const tabs: readonly Tab[] = [
  {
    query: /* GraphQL */ `
# For the analyst: what happened between India and the
# United States since 2020, where does the trade deal
# stand, and which topics and years stand out?
#
# To run it, click the button with the triangle or press
# Ctrl+Enter. For other countries, change the codes.
#
# "timeline" lists the facts, and "activity" counts those
# that started in each period (MONTH, YEAR or DECADE). For
# one subject only, add topics: ["trade"] to both.
#
# The "status" of an agreement is that of its latest
# event. An expectation is a statement, never an event.

query Analyst {
  relation(between: [IN, US]) {
    timeline(during: { from: "2020-01-01" }, first: 10) {
      totalCount
      nodes {
        __typename
        ... on Visit { title when { label } }
        ... on Meeting { title when { label } topics { name } }
        ... on Statement { said { label } speakers { ...SpeakerName } text }
        ... on AgreementEvent { status when { label } agreement { title } }
      }
    }
    agreements {
      nodes {
        title
        status
        events { status when { label } by { ...SpeakerName } note }
      }
    }
    topics(during: { from: "2020-01-01" }, first: 5) {
      topic { name }
      count
    }
    activity(by: YEAR, during: { from: "2020-01-01" }) {
      period
      visits
      meetings
      statements
      agreementEvents
    }
  }
}

fragment SpeakerName on Speaker {
  ... on Person { name }
  ... on Organization { name }
}
`.trimStart(),
  },
  {
    query: /* GraphQL */ `
# For the journalist and the fact-checker: who said
# "strong momentum", when, to whom, in which source, and
# is it quoted or paraphrased?
#
# "quotation" is DIRECT (verbatim), MIXED (a paraphrase
# that contains the words in "quoted"), REPORTED (a
# paraphrase) or OWN (what the source itself says).
#
# "verification" is computed for each request.
# TEXT_NOT_HELD means that the text is not stored here. If
# you have a copy, compare its SHA-256 with "sha256", and
# read its characters from "start" to "end". "reference"
# is a footnote, ready to paste.
#
# To check other words, replace them below. Case,
# quotation marks and dashes do not matter. If you do not
# know the exact words, use "search(query: …)".

query FactChecker {
  locate(text: "strong momentum") {
    totalCount
    nodes {
      prefix
      exact
      suffix
      start
      end
      supports
      verification
      reference
      source {
        title
        publisher { name }
        published { label }
        url
        sha256
        note
      }
      fact {
        __typename
        note
        ... on Statement {
          text
          quotation
          quoted
          speakers { ...SpeakerName }
          attribution
          addressees { ...SpeakerName }
          mentions { ...SpeakerName }
          said { edtf label }
          channel
        }
      }
    }
  }
}

fragment SpeakerName on Speaker {
  __typename
  ... on Person { name }
  ... on Organization { name }
}
`.trimStart(),
  },
  {
    query: /* GraphQL */ `
# For the digital historian: every visit to the United
# States by an Indian external affairs minister, with the
# office that each participant held that day.
#
# "holding" filters by an office that a participant held
# at the time, certainly or possibly. Try another title,
# such as "Prime Minister".
#
# A date is as precise as its source. "edtf" is the date
# as the source gives it; the bounds are computed from it.
#
# "heldOn" accepts any day. UNKNOWN means that no source
# says how early the tenure may have started, or how late
# it may have ended.

query Historian {
  visits(
    filter: {
      to: US
      holding: { title: "External Affairs Minister", country: IN }
    }
    first: 20
  ) {
    totalCount
    nodes {
      title
      from { name }
      to { name }
      when { edtf label beginOfTheBegin endOfTheEnd }
      participations {
        role
        person { name }
        representing { name }
        position { title }
        positionCertainty
      }
      meetings(first: 10) {
        nodes {
          title
          when { edtf label }
        }
      }
      note
    }
  }
  positions(filter: { on: "2026-02-05" }, first: 20) {
    nodes {
      person { name }
      title
      country { name }
      tenure { edtf endOfTheBegin beginOfTheEnd }
      attested {
        when { edtf }
      }
      yearBefore: heldOn(date: "2025-02-05")
      thatDay: heldOn(date: "2026-02-05")
      yearAfter: heldOn(date: "2027-02-05")
    }
  }
}
`.trimStart(),
  },
  {
    query: /* GraphQL */ `
# For the application developer: pages, cursors, ids and
# types. Open "Variables" below to change the variables.
#
# For the next page, pass "endCursor" as "after", until
# "hasNextPage" is false. "totalCount" is counted only if
# you request it: request it only with the first page.
#
# An id never changes, and "node" finds a record of any
# type by its id. To read about a type, open the
# documentation with the book icon at the top left.

query Developer($first: Int!, $after: String, $id: ID!) {
  statements(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node {
        __typename
        id
        slug
        text
        topics { id name }
      }
    }
  }
  node(id: $id) {
    __typename
    id
    ... on Person {
      slug
      name
      names
      positions(on: "2026-02-05") { id title }
    }
  }
}
`.trimStart(),
    variables: `${JSON.stringify({ first: 3, after: null, id: 'UGVyc29uOnMtamFpc2hhbmthcg' }, null, 2)}\n`,
  },
  {
    query: /* GraphQL */ `
# For the data editor: which words of the source support
# which fields of which fact, and which topics exist?
#
# An empty "supports" means that the citation supports the
# whole fact. Before you add a topic, check whether one of
# the "names" below already means the same.
#
# For another source, change the slug. To list them all:
#   { sources { nodes { slug title } } }

query DataEditor {
  source(slug: "daijiworld-2026-02-05") {
    title
    sha256
    note
    citations(first: 10) {
      totalCount
      nodes {
        start
        end
        exact
        supports
        verification
        fact { __typename id note }
      }
    }
  }
  statements(first: 10) {
    totalCount
    nodes {
      slug
      text
      citations { exact supports }
    }
  }
  topics(first: 20) {
    totalCount
    nodes {
      slug
      names
      broader { slug }
      narrower { slug }
    }
  }
}
`.trimStart(),
  },
  {
    query: /* GraphQL */ `
# For the operator: which version is running, and how much
# data does it serve?
#
# "dataVersion" increases whenever the data changes. Two
# processes on one database that report the same version
# serve the same data.
#
# For health checks: GET /health returns 200 while the
# process is running, GET /ready while the database
# responds too.

query Operator {
  about {
    version
    dataVersion
    facts {
      sources
      citations
      people
      organizations
      positions
      attestations
      visits
      meetings
      participations
      topics
      statements
      agreements
      agreementEvents
    }
  }
  sources(first: 10) {
    nodes {
      title
      publisher { name }
      published { label }
    }
  }
}
`.trimStart(),
  },
]
