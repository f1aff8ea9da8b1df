import { agreementPage } from './agreement.tsx'
import { checkPage } from './check.tsx'
import { countryPage } from './country.tsx'
import { draftPage } from './draft.tsx'
import { homePage } from './home.tsx'
import { peoplePage } from './lists/people.tsx'
import { relationsPage } from './lists/relations.tsx'
import { sourcesPage } from './lists/sources.tsx'
import { topicsPage } from './lists/topics.tsx'
import { meetingPage } from './meeting.tsx'
import { organizationPage } from './organization.tsx'
import type { Page } from './page.ts'
import { personPage } from './person.tsx'
import { relationPage } from './relation.tsx'
import { relationEventPage } from './relation-event.tsx'
import { searchPage } from './search.tsx'
import { sourcePage } from './source.tsx'
import { statementPage } from './statement.tsx'
import { topicPage } from './topic.tsx'
import { visitPage } from './visit.tsx'

/** Calls `add` for each page. This is the list of all pages. */
export function addPages(add: <Result, Variables>(page: Page<Result, Variables>) => void): void {
  add(homePage)
  add(searchPage)
  add(checkPage)
  add(draftPage)
  add(relationsPage)
  add(peoplePage)
  add(topicsPage)
  add(sourcesPage)
  add(relationPage)
  add(meetingPage)
  add(visitPage)
  add(agreementPage)
  add(relationEventPage)
  add(statementPage)
  add(sourcePage)
  add(personPage)
  add(countryPage)
  add(organizationPage)
  add(topicPage)
}
