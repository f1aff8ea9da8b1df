import type { RelationPageQuery } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import type { Measure } from '../parts/axis.ts'

/** A fact of a short range, with its days. */
type DatedFact = NonNullable<RelationPageQuery['relation']>['marks']['entries'][number]

/** The lane to which a fact belongs. `first` is the code of the first of the two states. */
export function measureOf(fact: DatedFact, first: string): Measure {
  switch (fact.__typename) {
    case 'Visit':
      return fact.to.code === first ? 'visitsToFirst' : 'visitsToSecond'
    case 'Meeting':
      return 'meetings'
    case 'Statement':
      return 'statements'
    case 'AgreementEvent':
      return 'agreementEvents'
    case 'RelationEvent':
      return 'relationEvents'
  }
}

/** The days of each fact, as EDTF and as bounds. */
export const datedTable = (facts: readonly DatedFact[]): Table => ({
  columns: ['type', 'date', 'started, earliest', 'started, latest', 'ended, earliest', 'ended, latest'],
  rows: facts.map(({ __typename, when }) => [
    __typename,
    when.edtf,
    when.beginOfTheBegin ?? null,
    when.endOfTheBegin ?? null,
    when.beginOfTheEnd ?? null,
    when.endOfTheEnd ?? null,
  ]),
})
