/** @jsxImportSource hono/jsx/dom */
import type { Draft, Fact } from './draft.ts'

interface TextProps {
  readonly draft: Draft
  readonly facts: readonly Fact[]
  readonly chosen: string | undefined
  readonly onChoose: (name: string) => void
}

/** The article, with the words of each fact marked. Where facts share words, a click chooses the one with the fewest. */
export const Text = ({ draft: { text }, facts, chosen, onChoose }: TextProps) => {
  const points = [...text]
  const bounds = [...new Set([0, points.length, ...facts.flatMap(({ start, end }) => [start, end])])].sort(
    (one, other) => one - other,
  )
  return (
    <div class="review-article serif" dir="auto" data-article>
      {bounds.slice(0, -1).map((start, i) => {
        const end = bounds[i + 1] as number
        const words = points.slice(start, end).join('')
        const here = facts
          .filter((fact) => fact.start <= start && fact.end >= end)
          .sort((one, other) => one.end - one.start - (other.end - other.start))
        const [fact] = here
        if (!fact) return <span data-start={start}>{words}</span>
        const isChosen = here.some(({ name }) => name === chosen)
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list of facts does the same by keyboard
          <mark
            data-start={start}
            class={`of-${fact.kind}${isChosen ? ' is-chosen' : ''}${fact.doubts.length > 0 ? ' is-doubtful' : ''}`}
            onClick={() => onChoose(fact.name)}
          >
            {words}
          </mark>
        )
      })}
    </div>
  )
}
