import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { CitedFactFragment } from '../../generated/pages/graphql.ts'
import { A } from './links.tsx'
import { quotations, Sign } from './signs.tsx'
import { fieldName, shortened } from './words.ts'

graphql(`
  fragment CitedFact on Cited {
    __typename
    id
    ... on Visit { slug title when { label } }
    ... on Meeting { slug title when { label } }
    ... on Statement { slug quotation text }
    ... on Agreement { slug title }
    ... on AgreementEvent { title status agreement { slug } }
    ... on RelationEvent { slug title when { label } }
    ... on Position { officeTitle: title person { slug name } }
    ... on Attestation { when { label } position { officeTitle: title person { slug name } } }
    ... on Attendee { name occasion { __typename ... on Meeting { slug title } ... on Visit { slug title } } }
    ... on Participation {
      person { name }
      occasion { __typename ... on Meeting { slug title } ... on Visit { slug title } }
    }
  }
`)

interface Described {
  readonly sign: string
  /** What kind of fact it is, for those who do not see the sign. */
  readonly kind: string
  readonly words: string
  /** When or as what, in addition. */
  readonly more?: string
  /** Path of the page that has the fact. */
  readonly path: string
}

const LONGEST = 110

/** How a fact is named in a list of facts of all kinds. */
export function described(fact: CitedFactFragment): Described {
  const evidence = `#evidence-${fact.id}`
  switch (fact.__typename) {
    case 'Visit':
      return { sign: 'visit', kind: 'visit', words: fact.title, more: fact.when.label, path: `visits/${fact.slug}` }
    case 'Meeting':
      return {
        sign: 'meeting',
        kind: 'meeting',
        words: fact.title,
        more: fact.when.label,
        path: `meetings/${fact.slug}`,
      }
    case 'Statement': {
      const { sign, word } = quotations[fact.quotation]
      const kind = `statement, ${word.toLowerCase()}`
      return { sign, kind, words: shortened(fact.text, LONGEST), path: `statements/${fact.slug}` }
    }
    case 'Agreement':
      return { sign: 'agreement', kind: 'agreement', words: fact.title, path: `agreements/${fact.slug}` }
    case 'AgreementEvent':
      return {
        sign: 'agreement',
        kind: 'agreement',
        words: fact.title,
        path: `agreements/${fact.agreement.slug}${evidence}`,
      }
    case 'RelationEvent':
      return {
        sign: 'relation',
        kind: 'relation',
        words: fact.title,
        more: fact.when.label,
        path: `relation-events/${fact.slug}`,
      }
    case 'Position':
      return { ...held(fact), path: `people/${fact.person.slug}${evidence}` }
    case 'Attestation':
      return { ...held(fact.position), more: fact.when.label, path: `people/${fact.position.person.slug}` }
    case 'Attendee':
    case 'Participation': {
      const { occasion } = fact
      const folder = occasion.__typename === 'Visit' ? 'visits' : 'meetings'
      const name = fact.__typename === 'Attendee' ? fact.name : fact.person.name
      return {
        sign: 'person',
        kind: 'taking part',
        words: name,
        more: occasion.title,
        path: `${folder}/${occasion.slug}${evidence}`,
      }
    }
  }
}

const held = ({ person, officeTitle }: { person: { name: string }; officeTitle: string }) => ({
  sign: 'office',
  kind: 'office',
  words: `${person.name}, ${officeTitle}`,
})

/** A fact of any kind on one line: its sign, its words as a link to its page, and which of its fields a passage is for. */
export const CitedFact: FC<{ fact: CitedFactFragment; supports: readonly string[]; isAgainst: boolean }> = ({
  fact,
  supports,
  isAgainst,
}) => {
  const { sign, kind, words, more, path } = described(fact)
  return (
    <>
      <Sign name={sign} />
      <span>
        <span class="visually-hidden">{kind}: </span>
        <A to={path}>
          <bdi>{words}</bdi>
        </A>
        <span class="soft">
          {more && !words.includes(more) && <bdi> {more}</bdi>}
          {supports.length > 0 && ` (${supports.map(fieldName).join(', ')})`}
          {isAgainst && ' says otherwise'}
        </span>
      </span>
    </>
  )
}
