/** A guide for programs that read sites for language models (https://llmstxt.org). */
export const llmsText = (site: string): string => `# bilateral

> Facts about relations between states: offices, visits, meetings, statements, agreements. Every fact cites the exact words of a source,
> and no date is more precise than its source. Unknown is never no: if a fact is not here, say that it is not known here.

## Records

Each record has a permanent address. Add \`.json\` for its data, \`.jsonld\` for JSON-LD, and \`.ris\`, \`.bib\` or \`.csl.json\` for its sources.

- [Relation of two states](${site}relations/IN-US): \`/relations/CODE-CODE\`, with ISO 3166 codes in alphabetical order
- People: \`/people/SLUG\`
- Countries: \`/countries/CODE\`
- Organizations: \`/organizations/SLUG\`
- Meetings: \`/meetings/SLUG\`
- Visits: \`/visits/SLUG\`
- Agreements: \`/agreements/SLUG\`
- Statements: \`/statements/SLUG\`, with the words, the speaker, and whether it is a quotation
- Events in diplomatic relations: \`/relation-events/SLUG\`
- Topics: \`/topics/SLUG\`
- Sources: \`/sources/SLUG\`, with the text or the cited excerpts

## Lists and search

- [Search](${site}search?q=trade): \`/search?q=WORDS\`
- [Relations](${site}relations), [people](${site}people), [topics](${site}topics), [sources](${site}sources)

## Tools

- [Tools for assistants](${site}mcp): Model Context Protocol over Streamable HTTP, by POST
- [GraphQL](${site}graphql): the whole API. The schema describes each field
- [Check quotations](${site}check): whether the quotations of a draft are real; \`verifyQuotes\` in the API
`
