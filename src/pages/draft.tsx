import type { FC } from 'hono/jsx'
import { graphql } from '../generated/pages/gql.ts'
import { SLUG } from '../keys.ts'
import { isDay } from '../time/day.ts'
import { BadParameter, definePage, given } from './page.ts'
import { useHref } from './parts/here.ts'
import { A } from './parts/links.tsx'
import { Title } from './parts/section.tsx'

/** Maximum number of bytes of the form: an article of some 100,000 characters, as forms encode them. */
const LONGEST_FORM = 400_000

export const draftPage = definePage({
  path: '/draft',
  longestForm: LONGEST_FORM,
  document: graphql(`
    query DraftPage($text: String!, $published: Date, $source: String, $isGiven: Boolean!) {
      draft: draftArticle(text: $text, published: $published, source: $source) @include(if: $isGiven) { text bundle }
      viewer { scopes }
      about { version }
    }
  `),
  variables({ query }) {
    const text = given(query, 'article')
    const [published, source] = [given(query, 'published'), given(query, 'source')]
    if (published && !isDay(published)) throw new BadParameter('published', 'a day as YYYY-MM-DD', published)
    if (source && !SLUG.test(source)) throw new BadParameter('source', 'a slug of a-z, 0-9 and -', source)
    return { text: text ?? '', published, source, isGiven: text !== null }
  },
  address: () => '/draft',
  title: () => 'Draft from an article',
  description: () => 'Paste an article, check the facts that are read in it, and import them.',
  render({ draft, viewer }) {
    if (draft) {
      return (
        <>
          <Title kind="Tool" name="Draft from an article" />
          <div
            id="draft-review"
            class="review"
            data-text={draft.text}
            data-bundle={JSON.stringify(draft.bundle)}
            data-may-import={viewer?.scopes.includes('EDIT') ? 'yes' : undefined}
          >
            <noscript>
              <p>
                To check a draft needs scripts. Without them, use the command <code>bilateral draft</code>, and correct
                its file.
              </p>
            </noscript>
          </div>
        </>
      )
    }
    const lede = (
      <p>
        Paste an article or a readout in English. A program reads who said what, who met whom, visits, offices and
        agreements. You check each fact beside its words, and import what is right. The article is not stored, and is
        sent to nobody.
      </p>
    )
    return (
      <>
        <Title kind="Tool" name="Draft from an article" lede={lede} />
        <ArticleForm />
        <div id="draft-review" class="review" data-may-import={viewer?.scopes.includes('EDIT') ? 'yes' : undefined} />
        <p class="soft">
          To import facts needs a key with the scope <code>edit</code>: <A to="key">sign in</A>. Without one, you can
          save the draft as a file.
        </p>
      </>
    )
  },
})

const ArticleForm: FC = () => (
  <form action={useHref()('draft')} method="post" class="draft-form">
    <label for="article">Article</label>
    <textarea id="article" name="article" rows={12} required dir="auto" />
    <p class="draft-fields">
      <label for="published">Published on</label>
      <input id="published" name="published" type="date" />
      <label for="source">Slug of the source</label>
      <input id="source" name="source" pattern="[a-z0-9\-]+" placeholder="daijiworld-2026-02-05" autocomplete="off" />
    </p>
    <button type="submit" class="button">
      Read the article
    </button>
  </form>
)
