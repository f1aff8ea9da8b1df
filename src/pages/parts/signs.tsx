import type { FC } from 'hono/jsx'
import type { Quotation, Verification } from '../../generated/pages/graphql.ts'

/**
 * The signs and patterns that all pages refer to by id, once in each page. Classes give the colours, because the content security
 * policy forbids styles in the page.
 */
export const Signs: FC = () => (
  <svg class="defs" aria-hidden="true" focusable="false">
    <defs>
      <Patterns />
      <symbol id="sign-direct" viewBox="0 0 16 15">
        <path class="fill-n" d={`${MARK}zm8 0V6.4C9 3.9 10.6 2.4 13 2v1.8c-1.2.4-1.8 1.2-1.8 2.2H14v6H9z`} />
      </symbol>
      <symbol id="sign-mixed" viewBox="0 0 16 15">
        <path class="fill-n" d={`${MARK}z`} />
        <path class="line-n" d="M9 3.5h6M9 7.5h6M9 11.5h6" />
      </symbol>
      <symbol id="sign-reported" viewBox="0 0 16 15">
        <path class="line-n" d="M1 3.5h14M1 7.5h14M1 11.5h9" />
      </symbol>
      <symbol id="sign-own" viewBox="0 0 16 15">
        <rect class="open-n" x="1.5" y="1" width="13" height="13" />
        <path class="line-n" d="M4.5 4.5h7M4.5 7.5h7M4.5 10.5h4" />
      </symbol>
      <symbol id="sign-verified" viewBox="0 0 18 18">
        <circle cx="9" cy="9" r="8" class="fill-n" />
        <path d="M5 9.3l2.8 2.8L13 6.3" class="line-paper" />
      </symbol>
      <symbol id="sign-text-not-held" viewBox="0 0 18 18">
        <circle cx="9" cy="9" r="7.2" class="dots-n" />
        <path d="M5.5 9h7" class="line-n" />
      </symbol>
      <symbol id="sign-mismatch" viewBox="0 0 18 18">
        <rect class="open-n" x="1.5" y="1.5" width="15" height="15" />
        <path d="M5.5 5.5l7 7m0-7l-7 7" class="line-n" />
      </symbol>
      <symbol id="sign-visit" viewBox="0 0 14 14">
        <rect x="2" y="2" width="10" height="10" class="fill-own" />
      </symbol>
      <symbol id="sign-meeting" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="5" class="fill-own" />
      </symbol>
      <symbol id="sign-agreement" viewBox="0 0 14 14">
        <path d="M1 12V8h5V4h7v8z" class="fill-own" />
      </symbol>
      <symbol id="sign-office" viewBox="0 0 14 14">
        <rect x="0" y="5" width="14" height="4" class="fill-own" />
      </symbol>
      <symbol id="sign-person" viewBox="0 0 14 14">
        <circle cx="7" cy="4.5" r="2.6" class="fill-own" />
        <path d="M2 13c0-3 2-4.6 5-4.6s5 1.6 5 4.6z" class="fill-own" />
      </symbol>
      <symbol id="sign-topic" viewBox="0 0 14 14">
        <path d="M2 2h5l6 6-5 5-6-6z" class="open-n" />
      </symbol>
      <symbol id="sign-relation" viewBox="0 0 14 14">
        <path d="M7 1l6 6-6 6-6-6z" class="fill-own" />
      </symbol>
    </defs>
  </svg>
)

/** Patterns and fades that marks are filled with. SVG files have them, too. */
export const Patterns: FC = () => (
  <>
    {TONES.map((tone) => (
      <>
        <pattern id={`hatch-${tone}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.8" height="5" class={`fill-${tone}`} />
        </pattern>
        <linearGradient id={`fade-out-${tone}`}>
          <stop offset="0" class={`stop-${tone}`} />
          <stop offset="1" class={`stop-${tone}`} stop-opacity="0" />
        </linearGradient>
      </>
    ))}
    <pattern id="uncovered" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle cx="1.5" cy="1.5" r=".8" class="fill-faint" />
      <circle cx="4.5" cy="4.5" r=".8" class="fill-faint" />
    </pattern>
    <linearGradient id="to-white">
      <stop offset="0" stop-color="#fff" stop-opacity="0" />
      <stop offset="1" stop-color="#fff" />
    </linearGradient>
    <mask id="fade-in" maskContentUnits="objectBoundingBox">
      <rect width="1" height="1" fill="url(#to-white)" />
    </mask>
  </>
)

/** The first state by alphabet, the second, and everything else. */
const TONES = ['a', 'b', 'n'] as const

export type Tone = (typeof TONES)[number]

const MARK = 'M1 9V6.4C1 3.9 2.6 2.4 5 2v1.8C3.8 4.2 3.2 5 3.2 6H6v6H1'

/** One of the signs above. It is an ornament: words beside it say the same. */
export const Sign: FC<{ name: string; tone?: Tone }> = ({ name, tone = 'n' }) => (
  <svg class={`sign tone-${tone}`} aria-hidden="true" focusable="false">
    <use href={`#sign-${name}`} />
  </svg>
)

interface Explained {
  readonly sign: string
  readonly word: string
  readonly explanation: string
}

export const quotations: Readonly<Record<Quotation, Explained>> = {
  DIRECT: { sign: 'direct', word: 'Direct', explanation: 'the speaker’s words, as the source quotes them' },
  MIXED: { sign: 'mixed', word: 'Mixed', explanation: 'only the words in quotation marks are the speaker’s' },
  REPORTED: { sign: 'reported', word: 'Reported', explanation: 'a paraphrase, in which the source quotes nothing' },
  OWN: {
    sign: 'own',
    word: 'Source’s own',
    explanation: 'the publisher says this itself, and attributes it to no person and no state',
  },
}

export const verifications: Readonly<Record<Verification, Explained>> = {
  VERIFIED: {
    sign: 'verified',
    word: 'Verified',
    explanation: 'The stored text of the source has these words at this place.',
  },
  TEXT_NOT_HELD: {
    sign: 'text-not-held',
    word: 'Not checked: the text is not stored',
    explanation:
      'Stored are the words, their place and the SHA-256 of the text. Once the text is attached, they are checked.',
  },
  MISMATCH: {
    sign: 'mismatch',
    word: 'Mismatch',
    explanation: 'The stored text of the source does not have these words at this place.',
  },
}

/** The sign and the word for a kind of quotation. */
export const QuotationSign: FC<{ quotation: Quotation }> = ({ quotation }) => {
  const { sign, word } = quotations[quotation]
  return (
    <span class="kind">
      <Sign name={sign} /> {word}
    </span>
  )
}
