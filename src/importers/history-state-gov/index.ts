import { FORMAT, FORMAT_VERSION } from '../../bundle/format.ts'
import type { Decision, Imported } from '../importer.ts'
import { Ledger } from './anomalies.ts'
import { fileSource } from './document.ts'
import { Draft } from './draft.ts'
import { readJourneys } from './journeys/journeys.ts'
import { writeJourneys } from './journeys/write-journeys.ts'
import { addSpellings } from './people/other-spellings.ts'
import { namePeople } from './people/people-named.ts'
import { readAmericans } from './pocom/americans.ts'
import { readConcurrent } from './pocom/concurrent.ts'
import { readPocom } from './pocom/pocom.ts'
import { type Archive, readArchive } from './read-folder.ts'
import { articleSource, readRecognition } from './recognition/index.ts'

/** The name of each kind of file in the titles of sources. */
const TITLES: { readonly [K in keyof Omit<Archive, 'articles'>]: string } = {
  visits: 'Visits by Foreign Leaders',
  trips: 'Travels Abroad',
  presidents: 'Travels Abroad: Presidents',
  people: 'Principal Officers and Chiefs of Mission: People',
  countryMissions: 'Principal Officers and Chiefs of Mission: Missions to Countries',
  orgMissions: 'Principal Officers and Chiefs of Mission: Missions to Organizations',
  principals: 'Principal Officers and Chiefs of Mission: Principal Officers',
  concurrent: 'Principal Officers and Chiefs of Mission: Concurrent Appointments',
  roles: 'Principal Officers and Chiefs of Mission: Roles',
}

/**
 * Reads the archive of the Office of the Historian, U.S. Department of State (https://history.state.gov), from a folder with
 * `visits`, `travels`, `pocom` and `rdcr` in it, or some of these, each as its repository on https://github.com/HistoryAtState is.
 *
 * Visits and trips become visits. Meetings that remarks mention become meetings. Lists of office holders become positions. The
 * timelines of the guide to recognition and relations (`rdcr`) become relation events. Every fact cites its row or its words. `anomalies` reports what could not be imported, and `decisions` reports which people were merged.
 *
 * Throws a UserError if the folder has no part of the archive, or if a file cannot be read.
 */
export async function importHistoryStateGov(folder: string): Promise<Imported> {
  const archive = await readArchive(folder)
  const draft = new Draft()
  const ledger = new Ledger()
  const decisions: Decision[] = []
  draft.organization({
    slug: 'office-of-the-historian',
    name: 'Office of the Historian',
    names: ['Office of the Historian, U.S. Department of State'],
    kind: 'PUBLISHER',
    country: 'US',
  })
  const americans = readAmericans(archive, draft, ledger, decisions)
  const positions = readPocom(archive, draft, ledger, americans)
  readConcurrent(archive, draft, ledger, americans, positions)
  const journeys = readJourneys(archive, draft, ledger, americans)
  const named = namePeople(journeys, draft, americans, decisions)
  writeJourneys(journeys, named, draft, americans)
  addSpellings(draft)
  const articles = readRecognition(archive.articles, draft, ledger)

  const kinds = Object.keys(TITLES) as (keyof typeof TITLES)[]
  return {
    bundle: {
      format: FORMAT,
      version: FORMAT_VERSION,
      countries: [...draft.countries.values()],
      organizations: [...draft.organizations.values()],
      people: [...draft.people.values()],
      sources: [
        ...kinds.flatMap((kind) =>
          archive[kind].map((document) => fileSource(document, `${TITLES[kind]}: ${document.path}`)),
        ),
        ...articles.map(articleSource),
      ],
      positions: [...draft.positions.values()],
      visits: [...draft.visits.values()],
      meetings: [...draft.meetings.values()],
      relationEvents: [...draft.relationEvents.values()],
    },
    rows: ledger.rows,
    anomalies: ledger.anomalies,
    decisions,
  }
}
