import type { Child, FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { SpeakerFragment } from '../../generated/pages/graphql.ts'
import { useHref } from './here.ts'

/** A link to a path of the site, without a slash at its start. Other attributes go to the `a` element. */
export const A: FC<{ to: string; children?: Child; [attribute: string]: unknown }> = ({
  to,
  children,
  ...attributes
}) => {
  const href = useHref()
  return (
    <a href={href(to)} {...attributes}>
      {children}
    </a>
  )
}

export const PersonLink: FC<{ person: { slug: string; name: string } }> = ({ person }) => (
  <A to={`people/${person.slug}`}>
    <bdi>{person.name}</bdi>
  </A>
)

export const OrganizationLink: FC<{ organization: { slug: string; name: string } }> = ({ organization }) => (
  <A to={`organizations/${organization.slug}`}>
    <bdi>{organization.name}</bdi>
  </A>
)

export const CountryLink: FC<{ country: { code: string; name: string } }> = ({ country }) => (
  <A to={`countries/${country.code}`}>
    <bdi>{country.name}</bdi>
  </A>
)

export const TopicLink: FC<{ topic: { slug: string; name: string } }> = ({ topic }) => (
  <A to={`topics/${topic.slug}`}>
    <bdi>{topic.name}</bdi>
  </A>
)

export const SourceLink: FC<{ source: { slug: string; title: string } }> = ({ source }) => (
  <A to={`sources/${source.slug}`}>
    <bdi>{source.title}</bdi>
  </A>
)

graphql(`
  fragment Speaker on Speaker {
    __typename
    ... on Person { slug name }
    ... on Organization { slug name }
  }
`)

/** A person or an organization that speaks, is spoken to, or acts. */
export const SpeakerLink: FC<{ speaker: SpeakerFragment }> = ({ speaker }) =>
  speaker.__typename === 'Person' ? <PersonLink person={speaker} /> : <OrganizationLink organization={speaker} />

/** Path of the relation between two states. The codes are in alphabetical order. */
export const relationPath = (codes: readonly string[]): string => `relations/${[...codes].sort().join('-')}`

/** A code as it is stored: capitals, but small letters after `X-`. */
export const codeOf = (text: string): string =>
  /^x-/i.test(text) ? `X-${text.slice(2).toLowerCase()}` : text.toUpperCase()

/** Children with separators: `a, b and c`. */
export const Listed: FC<{ items: readonly Child[]; separator?: string; last?: string }> = ({
  items,
  separator = ', ',
  last = ' and ',
}) => (
  <>
    {items.map((item, i) => (
      <>
        {i > 0 && (i === items.length - 1 ? last : separator)}
        {item}
      </>
    ))}
  </>
)

/** States with a link to their relation if they are two, and to each of them if not. */
export const Between: FC<{ countries: readonly { code: string; name: string }[] }> = ({ countries }) =>
  countries.length === 2 ? (
    <A to={relationPath(countries.map(({ code }) => code))}>{countries.map(({ name }) => name).join(' and ')}</A>
  ) : (
    <Listed items={countries.map((country) => <CountryLink country={country} />)} />
  )
