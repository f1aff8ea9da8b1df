import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { FactEvidenceFragment, PassageFragment, Quotation, Verification } from '../../generated/pages/graphql.ts'
import { A, SourceLink } from './links.tsx'
import { quotations, Sign, verifications } from './signs.tsx'
import { counted, dayOfTime, fieldName, grouped } from './words.ts'

graphql(`
  fragment FactEvidence on Cited {
    id
    note
    citations { ...Passage }
    contradictedBy { ...Passage }
    withdrawn { at reason note }
  }

  fragment Passage on Citation {
    prefix
    exact
    suffix
    start
    end
    supports
    reference
    url
    verification
    source { slug title }
  }
`)

interface EvidenceSlipProps {
  readonly fact: FactEvidenceFragment
  /** The kind of quotation, if the fact is a statement. */
  readonly quotation?: Quotation
  /** What the evidence is for, if a page has several slips. Example: `Marco Rubio took part`. */
  readonly about?: string
  readonly open?: boolean
}

/**
 * The evidence for a fact, which a reader can open: the exact words in their context, what they support, whether they were checked,
 * the footnotes, and what the editors remark. The id of the `details` element is `evidence-` and the id of the fact.
 */
export const EvidenceSlip: FC<EvidenceSlipProps> = ({ fact, quotation, about, open = false }) => {
  const { citations, contradictedBy, note, withdrawn } = fact
  const id = `evidence-${fact.id}`
  const states = [...new Set([...citations, ...contradictedBy].map(({ verification }) => verification))]
  return (
    <details class="evidence" id={id} open={open}>
      <summary>
        <span class="summary-words">
          Evidence{about && <span class="visually-hidden"> that {about}</span>}: {counted(citations.length, 'passage')}
          {contradictedBy.length > 0 && `, ${contradictedBy.length} against`}
        </span>
        {states.map((state) => (
          <Sign name={verifications[state].sign} />
        ))}
        <span class="visually-hidden">{states.map((state) => verifications[state].word).join('; ')}</span>
      </summary>
      <div class="slip">
        <div>
          {quotation && (
            <p class="slip-kind">
              <Sign name={quotations[quotation].sign} />
              <span>
                <b>{quotations[quotation].word}:</b> {quotations[quotation].explanation}.
              </span>
            </p>
          )}
          {citations.map((passage) => (
            <Passage passage={passage} />
          ))}
          {contradictedBy.length > 0 && <p class="slip-label">Words that say otherwise</p>}
          {contradictedBy.map((passage) => (
            <Passage passage={passage} />
          ))}
        </div>
        <div class="slip-about">
          {states.map((state) => (
            <State verification={state} />
          ))}
          {withdrawn && (
            <div>
              <p class="slip-label">Withdrawn</p>
              <p>
                This does not count any more: <span dir="auto">{withdrawn.reason}</span>.{' '}
                {withdrawn.note && <span dir="auto">{withdrawn.note}</span>}
              </p>
            </div>
          )}
          {note && (
            <div>
              <p class="slip-label">Remark by the editors</p>
              <p dir="auto">{note}</p>
            </div>
          )}
          <div>
            <p class="slip-label">{citations.length === 1 ? 'Footnote' : 'Footnotes'}</p>
            <ul class="footnotes">
              {[...new Set(citations.map(({ reference }) => reference))].map((reference) => (
                <li dir="auto">{reference}</li>
              ))}
            </ul>
          </div>
          <p class="actions">
            <button type="button" class="button" data-copy="footnotes" hidden>
              Copy {citations.length === 1 ? 'footnote' : 'footnotes'}
            </button>
            <button type="button" class="button" data-copy="link" hidden>
              Copy link
            </button>
            <a href={`#${id}`}>Link to this evidence</a>
          </p>
        </div>
      </div>
    </details>
  )
}

/** The notice at the top of the page of a withdrawn record. */
export const WithdrawnNotice: FC<{ fact: FactEvidenceFragment }> = ({ fact: { withdrawn } }) =>
  withdrawn ? (
    <p class="withdrawn" role="note">
      <b>Withdrawn on {dayOfTime(withdrawn.at)}:</b> <bdi>{withdrawn.reason.replace(/\.$/, '')}</bdi>. It no longer
      counts.
    </p>
  ) : null

const State: FC<{ verification: Verification }> = ({ verification }) => {
  const { sign, word, explanation } = verifications[verification]
  return (
    <div class="slip-state">
      <Sign name={sign} />
      <p>
        <b>{word}.</b> {explanation}
      </p>
    </div>
  )
}

/** One cited passage: the words on yellow, in their context, in the typeface of sources. */
const Passage: FC<{ passage: PassageFragment }> = ({ passage }) => {
  const { start, end, source, supports, url } = passage
  return (
    <figure class="passage">
      <Excerpt passage={passage} />
      <figcaption>
        <SourceLink source={source} />{' '}
        <A to={`sources/${source.slug}?from=${start}#p${start}-${end}`}>
          characters {grouped(start)}–{grouped(end)}
        </A>{' '}
        {url && (
          <a href={url} rel="noreferrer">
            open at these words
          </a>
        )}
        <span class="soft">
          {supports.length > 0 ? `for: ${supports.map(fieldName).join(', ')}` : 'for the whole fact'}
        </span>
      </figcaption>
    </figure>
  )
}

/** The cited words on yellow, between the words before and after them. */
export const Excerpt: FC<{ passage: Pick<PassageFragment, 'prefix' | 'exact' | 'suffix'> }> = ({ passage }) => (
  <blockquote class="exact" dir="auto">
    <span class="ellipsis">… </span>
    {passage.prefix}
    <mark>{passage.exact}</mark>
    {passage.suffix}
    <span class="ellipsis"> …</span>
  </blockquote>
)
