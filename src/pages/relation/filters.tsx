import type { FC } from 'hono/jsx'
import type { TimelineKind } from '../../generated/pages/graphql.ts'
import { counted, grouped } from '../parts/words.ts'
import type { Relation } from './score.tsx'
import { hasChoice, KINDS, shows, type View } from './view.ts'

/** The form’s id: the topics stand elsewhere in the page and belong to it. */
const FORM = 'filters'

/** What the reader chooses. Works as a form; with scripts each change is shown at once. */
export const Filters: FC<{ relation: Relation; view: View; action: string }> = ({ relation, view, action }) => {
  const counts: Readonly<Record<TimelineKind, { readonly totalCount: number }>> = {
    VISIT: relation.visitEntries,
    MEETING: relation.meetingEntries,
    STATEMENT: relation.statementEntries,
    AGREEMENT_EVENT: relation.agreementEntries,
    RELATION_EVENT: relation.relationEntries,
  }
  const hasFilter = hasChoice(view)
  return (
    <form id={FORM} class="filters" action={action} data-part="filters">
      {view.peopleOrder === 'first' && <input type="hidden" name="people" value="first" />}
      <fieldset>
        <legend>Period</legend>
        <Limit name="from" label="From" value={view.from} placeholder={relation.coverage.first?.slice(0, 4)} />
        <Limit name="to" label="to" value={view.to} placeholder={relation.coverage.last?.slice(0, 4)} />
      </fieldset>
      <fieldset>
        <legend>Show</legend>
        {KINDS.map(({ kind, value, words }) => (
          <label class="choice">
            <input type="checkbox" name="kind" value={value} checked={shows(view, kind)} />
            <span>
              {words} <span class="soft">{grouped(counts[kind].totalCount)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Order</legend>
        {(['newest', 'oldest'] as const).map((order) => (
          <label class="choice">
            <input
              type="radio"
              name="order"
              value={order}
              checked={(order === 'oldest') === (view.order === 'OLDEST_FIRST')}
            />
            <span>{order} first</span>
          </label>
        ))}
      </fieldset>
      <p class="filters-end">
        <button type="submit" class="button needs-no-script">
          Show
        </button>
        <output>
          {counted(relation.timeline.totalCount, 'entry', 'entries')}
          {hasFilter && <> of {grouped(relation.everything.totalCount)}</>}
        </output>
        {hasFilter && (
          <a href={action} data-choice>
            Clear
          </a>
        )}
      </p>
    </form>
  )
}

const Limit: FC<{ name: string; label: string; value: string; placeholder: string | undefined }> = ({
  name,
  label,
  value,
  placeholder,
}) => (
  <label class="limit">
    <span>{label}</span>
    <input
      name={name}
      value={value}
      placeholder={placeholder}
      size={8}
      inputmode="numeric"
      autocomplete="off"
      pattern="\d{4}(-\d\d){0,2}"
      title="A year, a month or a day: 1994, 1994-05 or 1994-05-03"
    />
  </label>
)

/** Topics by weight. They belong to the form of the filters. */
export const Topics: FC<{ topics: Relation['topics']; view: View }> = ({ topics, view }) => {
  const most = Math.max(1, ...topics.map(({ count }) => count))
  const missing = view.topics.filter((slug) => !topics.some(({ topic }) => topic.slug === slug))
  const rows = [...missing.map((slug) => ({ topic: { slug, name: slug }, count: 0 })), ...topics]
  return (
    <ul class="weights">
      {rows.map(({ topic, count }) => (
        <li>
          <label class="choice">
            <input
              type="checkbox"
              name="topic"
              value={topic.slug}
              form={FORM}
              checked={view.topics.includes(topic.slug)}
            />
            <bdi>{topic.name}</bdi>
          </label>
          <svg width="100%" height="6" aria-hidden="true" focusable="false">
            <rect width={`${Math.round((count / most) * 100)}%`} height="6" class="fill-n" />
          </svg>
          <span class="number">{count}</span>
        </li>
      ))}
    </ul>
  )
}
