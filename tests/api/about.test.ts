import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import seed from '../../prisma/seed/india-us-2026-02-05.json' with { type: 'json' }
import { databaseKinds, openEmpty, openSeeded } from '../support.ts'
import { dataOf, serverOf } from './ask.ts'

const question = `{ about { version dataVersion facts {
  positions attestations visits meetings participations statements agreements agreementEvents relationEvents citations
  people organizations topics sources
} } }`

const { positions, visits, meetings, statements, agreements, people, organizations, topics, sources } = seed
const attestations = positions.flatMap(({ attested }) => attested)
const participations = [...visits, ...meetings].flatMap(({ participations }) => participations)
const agreementEvents = agreements.flatMap(({ events }) => events)
const facts = [
  positions,
  attestations,
  visits,
  meetings,
  participations,
  statements,
  agreements,
  agreementEvents,
].flat()

test.each(databaseKinds)('counts the records of the article on %s as in its bundle', async (kind) => {
  const database = await openSeeded(kind)
  const answer = await dataOf(serverOf(database), question)
  await database.close()
  expect(answer).toEqual({
    about: {
      version: manifest.version,
      dataVersion: '1',
      facts: {
        positions: positions.length,
        attestations: attestations.length,
        visits: visits.length,
        meetings: meetings.length,
        participations: participations.length,
        statements: statements.length,
        agreements: agreements.length,
        agreementEvents: agreementEvents.length,
        relationEvents: 0,
        citations: facts.flatMap(({ citations }) => citations as object[]).length,
        people: people.length,
        organizations: organizations.length,
        topics: topics.length,
        sources: sources.length,
      },
    },
  })
})

test.each(databaseKinds)('counts nothing on an empty %s', async (kind) => {
  const database = await openEmpty(kind)
  const answer = await dataOf(serverOf(database), question)
  await database.close()
  expect(answer).toEqual({
    about: {
      version: manifest.version,
      dataVersion: '0',
      facts: {
        positions: 0,
        attestations: 0,
        visits: 0,
        meetings: 0,
        participations: 0,
        statements: 0,
        agreements: 0,
        agreementEvents: 0,
        relationEvents: 0,
        citations: 0,
        people: 0,
        organizations: 0,
        topics: 0,
        sources: 0,
      },
    },
  })
})
