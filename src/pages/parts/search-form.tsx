import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import { useHref } from './here.ts'

/** What the script asks while a person types (`assets/suggest.ts`). */
const suggestions = graphql(`
  query Suggestions($text: String!) {
    suggest(text: $text, first: 7) {
      kind
      name
      node {
        __typename
        ... on Person { slug preferred: name }
        ... on Country { code preferred: name }
        ... on Organization { slug preferred: name }
        ... on Topic { slug preferred: name }
      }
    }
  }
`)

/** Address of the suggestions, without the variables. */
const suggestionsPath = `graphql?${new URLSearchParams({ query: suggestions.toString().replace(/\s+/g, ' ').trim() })}`

interface SearchFormProps {
  /** Id of the field. */
  readonly id: string
  readonly value?: string | undefined
  readonly label: string
  /** Whether the label is only for those who do not see the field. */
  readonly isLabelHidden?: boolean
  readonly placeholder?: string
}

/** The search: a plain form, to which a script adds suggestions. */
export const SearchForm: FC<SearchFormProps> = ({ id, value, label, isLabelHidden = false, placeholder }) => {
  const href = useHref()
  return (
    <search>
      <form action={href('search')} class="search-form" data-root={href('')} data-suggestions={href(suggestionsPath)}>
        <label for={id} class={isLabelHidden ? 'visually-hidden' : undefined}>
          {label}
        </label>
        <span class="search-box">
          <input id={id} name="q" type="search" value={value} placeholder={placeholder} dir="auto" />
          <button type="submit">Search</button>
        </span>
      </form>
    </search>
  )
}
