import type { BundleInput } from '../bundle/format.ts'
import { SLUG } from '../keys.ts'
import { formOf, plainTextOf } from '../reading/document.ts'
import { draftOf } from '../reading/draft/draft.ts'
import { readArticle, UnreadableText } from '../reading/read.ts'
import { needing } from './access.ts'
import { builder } from './builder.ts'
import { badUserInput } from './errors.ts'
import { anArticle } from './lists/weight.ts'
import { readKnown } from './loading/known-records.ts'

/** Maximum number of characters of an article in a request. A long one has 20,000. What repeats itself is slow to read if it is longer. */
const LONGEST_ARTICLE = 40_000

/** Maximum number of characters of its HTML. To parse deep HTML takes time that grows with the square of its length. */
const LONGEST_HTML = 200_000

interface ArticleDraft {
  readonly text: string
  readonly bundle: BundleInput
}

const ArticleDraftType = builder.objectRef<ArticleDraft>('ArticleDraft').implement({
  description: 'The facts that a program read in an article. A person must check them.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The plain text, to which the positions of citations refer.' }),
    bundle: t.expose('bundle', {
      type: 'Bundle',
      description:
        'The facts as a bundle. Each guess has a note that begins with `DRAFT`; a bundle with such notes cannot be imported.',
    }),
  }),
})

const { extensions, description } = needing(
  'edit',
  `Reads an article in English, and returns a draft of its facts: who said what, who met whom, visits, offices and agreements, each with the words that say so. People, organizations and topics are those of the database where the names leave no doubt. Nothing is stored. A request from this machine needs no key.`,
  anArticle,
)

builder.queryField('draftArticle', (t) =>
  t.field({
    type: ArticleDraftType,
    description,
    extensions: { ...extensions, isFreeHere: true },
    args: {
      text: t.arg.string({
        required: true,
        description: `The article, as plain text of at most ${LONGEST_ARTICLE} characters, or as HTML of at most ${LONGEST_HTML} characters with such a text.`,
      }),
      published: t.arg({
        type: 'Date',
        description: 'Day of publication, as `YYYY-MM-DD`. Default: the day in the head of the text.',
      }),
      source: t.arg.string({
        description: 'Slug for the source: a-z, 0-9 and -. Default: made of the first words and the day.',
      }),
    },
    async resolve(_root, { text: content, published, source }, { database, exchange }) {
      // Callers elsewhere may not read it.
      exchange.isPersonal = true
      if (content.length > LONGEST_HTML) throw tooLong(LONGEST_HTML, content)
      if (source && !SLUG.test(source))
        throw badUserInput(`\`source\`: expected a slug of a-z, 0-9 and -, got ${source}`)
      const text = plainTextOf(content, formOf('', content)).replaceAll(/\r\n?/g, '\n')
      if (text.length > LONGEST_ARTICLE) throw tooLong(LONGEST_ARTICLE, text)
      try {
        const reading = readArticle(text, { published: published ?? undefined })
        return { text, bundle: draftOf(reading, { source: source ?? undefined, known: await readKnown(database) }) }
      } catch (error) {
        throw error instanceof UnreadableText ? badUserInput(`\`text\`: ${error.message}`) : error
      }
    },
  }),
)

const tooLong = (most: number, { length }: string) =>
  badUserInput(`\`text\`: expected at most ${most} characters, got ${length}`)
