import type { FC } from 'hono/jsx'
import { quotationsIn } from '../evidence/quotes/draft.ts'
import { graphql } from '../generated/pages/gql.ts'
import type { CheckPageQuery, QuoteGrade } from '../generated/pages/graphql.ts'
import { definePage, given } from './page.ts'
import { useHref } from './parts/here.ts'
import { A, SourceLink } from './parts/links.tsx'
import { Section, Title } from './parts/section.tsx'
import { counted } from './parts/words.ts'

type Check = NonNullable<CheckPageQuery['checks']>[number]

/** Maximum number of bytes of the form: a draft of some 100,000 characters, as forms encode them. */
const LONGEST_FORM = 400_000

const GRADES: Readonly<Record<QuoteGrade, { readonly name: string; readonly isGood?: true }>> = {
  EXACT: { name: 'Exact', isGood: true },
  VARIANT: { name: 'Same words, written differently', isGood: true },
  ALTERED: { name: 'Altered' },
  STITCHED: { name: 'Joined from several places' },
  MISATTRIBUTED: { name: 'Somebody else’s words' },
  PARAPHRASE_IN_QUOTES: { name: 'A paraphrase in quotation marks' },
  NOT_FOUND: { name: 'Not found' },
  TEXT_NOT_HELD: { name: 'Cannot be checked' },
}

export const checkPage = definePage({
  path: '/check',
  longestForm: LONGEST_FORM,
  document: graphql(`
    query CheckPage($items: [QuoteInput!]!, $isGiven: Boolean!) {
      checks: verifyQuotes(items: $items) @include(if: $isGiven) {
        text
        grade
        explanation
        differences { change words }
        places { source { slug title } start end prefix exact suffix reference }
      }
      about { version }
    }
  `),
  variables({ query }) {
    const items = quotationsIn(given(query, 'draft') ?? '').map(({ text }) => ({ text }))
    return { items, isGiven: items.length > 0 }
  },
  address: () => '/check',
  title: () => 'Check quotations',
  description: () => 'Paste a draft. Each quotation is compared with the sources.',
  render({ checks }, { query }) {
    const draft = given(query, 'draft')
    const lede = (
      <p>
        Paste a draft. Each quotation in it is compared with the texts of the sources stored here, word by word. Nothing
        that you paste is stored.
      </p>
    )
    return (
      <>
        <Title kind="Tool" name="Check quotations" lede={lede} />
        <DraftForm draft={draft ?? ''} />
        {draft && !checks && (
          <p>The draft has no quotations: nothing is in quotation marks, and no paragraph is marked as one.</p>
        )}
        {checks && <Results checks={checks} />}
      </>
    )
  },
})

const DraftForm: FC<{ draft: string }> = ({ draft }) => (
  <form action={useHref()('check')} method="post" class="draft-form">
    <label for="draft">Draft</label>
    <textarea id="draft" name="draft" rows={10} required dir="auto">
      {draft}
    </textarea>
    <button type="submit" class="button">
      Check
    </button>
  </form>
)

const Results: FC<{ checks: readonly Check[] }> = ({ checks }) => {
  const good = checks.filter(({ grade }) => GRADES[grade].isGood).length
  return (
    <Section title={counted(checks.length, 'quotation')} note={`${good} of them as the sources have them`}>
      <ol class="checks">
        {checks.map((check) => (
          <CheckedQuote check={check} />
        ))}
      </ol>
    </Section>
  )
}

const CheckedQuote: FC<{ check: Check }> = ({ check: { text, grade, explanation, differences, places } }) => (
  <li class={GRADES[grade].isGood ? 'is-good' : undefined}>
    <h3>{GRADES[grade].name}</h3>
    <blockquote dir="auto">
      {differences.length === 0 ? text : differences.map((difference) => <Words {...difference} />)}
    </blockquote>
    <p>{explanation}</p>
    {places.map(({ source, prefix, exact, suffix, start, end, reference }) => (
      <div class="checked-place">
        <p class="serif" dir="auto">
          …{prefix}
          <mark>{exact}</mark>
          {suffix}…
        </p>
        <p class="soft">
          {reference} <SourceLink source={source} />,{' '}
          <A to={`sources/${source.slug}?from=${start}`}>
            characters {start} to {end}
          </A>
        </p>
      </div>
    ))}
  </li>
)

const Words: FC<Check['differences'][number]> = ({ change, words }) => {
  if (change === 'ADDED') return <ins>{words} </ins>
  return change === 'LEFT_OUT' ? <del>{words} </del> : <>{words} </>
}
