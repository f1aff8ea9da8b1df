/** @jsxImportSource hono/jsx/dom */
import { render, useEffect, useRef, useState } from 'hono/jsx/dom'
import {
  accept,
  addStatement,
  type Draft,
  drop,
  type Fact,
  factsOf,
  finished,
  linkPerson,
  mergeWithNext,
  type Statement,
  setKind,
  setSource,
  setSpeaker,
  split,
  stretch,
} from './draft.ts'
import { download, type Imported, importBundle, type KnownPerson, openFile, peopleNamed } from './exchange.ts'
import { selectedRange } from './selection.ts'
import { Text } from './text.tsx'

/** Number of steps that can be undone. */
const MOST_STEPS = 200

const KINDS: Readonly<Record<Statement['quotation'], string>> = {
  DIRECT: 'Direct: the speaker’s words',
  MIXED: 'Mixed: partly the speaker’s words',
  REPORTED: 'Reported: the source’s words for it',
  OWN: 'The source’s own words',
}

const NAMES: Readonly<Record<Fact['kind'], string>> = {
  statements: 'Statement',
  meetings: 'Meeting',
  visits: 'Visit',
  agreements: 'Agreement',
  positions: 'Office',
}

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['j', 'next fact'],
  ['k', 'fact before'],
  ['a', 'accept'],
  ['d', 'drop'],
  ['s', 'speaker'],
  ['q', 'kind of quotation'],
  ['l', 'link the speaker to a known person'],
  [']', 'to the next end of a sentence'],
  ['[', 'to the end of a sentence before'],
  ['x', 'split'],
  ['m', 'join with the next statement'],
  ['u', 'undo'],
]

interface ReviewProps {
  readonly initial: Draft
  readonly mayImport: boolean
}

const Review = ({ initial, mayImport }: ReviewProps) => {
  const [steps, setSteps] = useState<readonly Draft[]>([initial])
  const [chosen, setChosen] = useState<string | undefined>(factsOf(initial)[0]?.name)
  const [said, setSaid] = useState('')
  const [selection, setSelection] = useState<{ start: number; end: number } | undefined>(undefined)
  const draft = steps.at(-1) as Draft
  const facts = factsOf(draft)
  const current = facts.find(({ name }) => name === chosen) ?? facts[0]
  const left = facts.filter(({ doubts }) => doubts.length > 0).length

  const edit = (next: Draft, message: string, choose?: string) => {
    if (next === draft) return setSaid('Nothing to change here.')
    setSteps([...steps.slice(-MOST_STEPS), next])
    setSaid(message)
    if (choose) setChosen(choose)
  }
  const undo = () => {
    if (steps.length === 1) return setSaid('Nothing to undo.')
    setSteps(steps.slice(0, -1))
    setSaid('Undone.')
  }
  const move = (by: 1 | -1) => {
    const at = facts.findIndex(({ name }) => name === current?.name)
    const next = facts[Math.min(Math.max(at + by, 0), facts.length - 1)]
    if (next) setChosen(next.name)
  }
  const slug = current?.kind === 'statements' ? current.record.slug : undefined
  const acceptIt = (fact: Fact) => {
    const at = facts.findIndex(({ name }) => name === fact.name)
    edit(accept(draft, fact), `${titleOf(fact)} accepted.`, facts[at + 1]?.name ?? fact.name)
  }
  const dropIt = (fact: Fact) => {
    const at = facts.findIndex(({ name }) => name === fact.name)
    edit(drop(draft, fact), `${titleOf(fact)} dropped.`, (facts[at + 1] ?? facts[at - 1])?.name)
  }
  const add = () => {
    if (!selection) return
    const added = addStatement(draft, selection.start, selection.end)
    setSelection(undefined)
    edit(added.draft, 'Statement added. Choose its speaker.', `statements/${added.slug}`)
  }

  // The listener is added once, and runs the function of the last rendering: a key must not act on the fact before.
  const onKey = useRef<(event: KeyboardEvent) => void>(() => {})
  onKey.current = (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return
    if (target instanceof Element && target.matches('input, textarea, select')) {
      if (key === 'Escape') (target as HTMLElement).blur()
      return
    }
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      j: () => move(1),
      k: () => move(-1),
      a: current && (() => acceptIt(current)),
      d: current && (() => dropIt(current)),
      u: undo,
      s: () => focusIn('[data-field=speaker]'),
      q: () => focusIn('[data-field=kind]'),
      l: () => focusIn('[data-field=link]'),
      ']': slug ? () => edit(stretch(draft, slug, 1), 'Extended.') : undefined,
      '[': slug ? () => edit(stretch(draft, slug, -1), 'Shortened.') : undefined,
      x: slug ? () => edit(split(draft, slug), 'Split.') : undefined,
      m: slug ? () => edit(mergeWithNext(draft, slug), 'Joined.') : undefined,
    }
    const action = actions[key]
    if (!action) return
    event.preventDefault()
    action()
  }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current?.(event)
    const onSelect = () => setSelection(selectedRange())
    document.addEventListener('keydown', listen)
    document.addEventListener('selectionchange', onSelect)
    return () => {
      document.removeEventListener('keydown', listen)
      document.removeEventListener('selectionchange', onSelect)
    }
  }, [])
  useEffect(() => {
    for (const element of document.querySelectorAll('.review .is-chosen'))
      element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  }, [current?.name])
  useEffect(() => {
    const warn = (event: Event) => event.preventDefault()
    if (steps.length === 1) return undefined
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [steps.length === 1])

  return (
    <>
      <div class="review-bar">
        <p>
          {facts.length} facts, {left} with doubts
        </p>
        <button type="button" class="button" onClick={undo}>
          Undo
        </button>
        <button type="button" class="button" onClick={() => download('draft.json', draft)}>
          Save the draft
        </button>
        <button type="button" class="button" onClick={() => download('bundle.json', finished(draft))}>
          Download the bundle
        </button>
        <p role="status" class="soft">
          {said}
        </p>
      </div>
      <div class="review-parts">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section aria-label="Article" class="review-text" tabIndex={0}>
          <Text draft={draft} facts={facts} chosen={current?.name} onChoose={setChosen} />
          {/* A press of the pointer would end the selection, and remove the button, before the click. */}
          {selection && (
            <button type="button" class="button review-add" onMouseDown={add} onClick={add}>
              Add a statement of these words
            </button>
          )}
        </section>
        <section aria-label="Facts">
          <Source draft={draft} onChange={edit} />
          <ol class="review-facts">
            {facts.map((fact) => (
              <li
                key={fact.name}
                class={fact.name === current?.name ? 'is-chosen' : undefined}
                aria-current={fact.name === current?.name ? 'true' : undefined}
              >
                <button type="button" class="review-fact" onClick={() => setChosen(fact.name)}>
                  <span class="soft">
                    {NAMES[fact.kind]}
                    {draft.accepted.includes(fact.name) ? ', accepted' : ''}
                  </span>
                  <span dir="auto">{titleOf(fact)}</span>
                  {fact.kind === 'statements' && fact.name !== current?.name && (
                    <span class="soft">{speakerName(draft, fact.record as Statement)}</span>
                  )}
                </button>
                {fact.doubts.map((doubt) => (
                  <p class="review-doubt">{doubt}</p>
                ))}
                {fact.name === current?.name && (
                  <div class="review-actions">
                    {fact.kind === 'statements' && (
                      <StatementFields draft={draft} statement={fact.record as Statement} onChange={edit} />
                    )}
                    <button type="button" class="button" onClick={() => acceptIt(fact)}>
                      Accept
                    </button>
                    <button type="button" class="button" onClick={() => dropIt(fact)}>
                      Drop
                    </button>
                  </div>
                )}
              </li>
            ))}
          </ol>
          <Import draft={draft} left={left} mayImport={mayImport} />
          <Keys />
        </section>
      </div>
    </>
  )
}

type OnChange = (next: Draft, message: string) => void

/** What a person can change of a statement. */
const StatementFields = ({
  draft,
  statement,
  onChange,
}: {
  draft: Draft
  statement: Statement
  onChange: OnChange
}) => {
  const { slug, quotation } = statement
  const speaker = statement.speakers?.[0]
  const person = speaker && 'person' in speaker ? speaker.person : undefined
  return (
    <div class="review-fields">
      <label>
        Speaker
        <select
          data-field="speaker"
          value={person ?? ''}
          onChange={({ target }: Event) => {
            const { value } = target as HTMLSelectElement
            onChange(setSpeaker(draft, slug, value || null), 'Speaker changed.')
          }}
        >
          <option value="">{speaker && !person ? 'an organization' : 'not named'}</option>
          {(draft.bundle.people ?? []).map(({ slug, name }) => (
            <option value={slug}>{name}</option>
          ))}
        </select>
      </label>
      {person && <Link draft={draft} slug={person} onChange={onChange} />}
      <label>
        Kind
        <select
          data-field="kind"
          value={quotation}
          onChange={({ target }: Event) =>
            onChange(
              setKind(draft, slug, (target as HTMLSelectElement).value as Statement['quotation']),
              'Kind of quotation changed.',
            )
          }
        >
          {Object.entries(KINDS).map(([kind, name]) => (
            <option value={kind}>{name}</option>
          ))}
        </select>
      </label>
      <p class="review-steps">
        <button type="button" class="button" onClick={() => onChange(stretch(draft, slug, -1), 'Shortened.')}>
          Shorten
        </button>
        <button type="button" class="button" onClick={() => onChange(stretch(draft, slug, 1), 'Extended.')}>
          Extend
        </button>
        <button type="button" class="button" onClick={() => onChange(split(draft, slug), 'Split.')}>
          Split
        </button>
        <button type="button" class="button" onClick={() => onChange(mergeWithNext(draft, slug), 'Joined.')}>
          Join with next
        </button>
      </p>
    </div>
  )
}

/** Finds the person in the database. */
const Link = ({ draft, slug, onChange }: { draft: Draft; slug: string; onChange: OnChange }) => {
  const [found, setFound] = useState<readonly KnownPerson[]>([])
  const choose = (value: string) => {
    const known = found.find((one) => one.slug === value || one.name === value)
    if (known) onChange(linkPerson(draft, slug, known), `Linked to ${known.name}.`)
  }
  return (
    <label>
      Known person
      <input
        data-field="link"
        list="known-people"
        autocomplete="off"
        placeholder={slug}
        onInput={async ({ target }: Event) => {
          const { value } = target as HTMLInputElement
          setFound(await peopleNamed(value))
        }}
        onChange={({ target }: Event) => choose((target as HTMLInputElement).value)}
      />
      <datalist id="known-people">
        {found.map(({ slug, name }) => (
          <option value={slug}>{name}</option>
        ))}
      </datalist>
    </label>
  )
}

/** What the program cannot know of the source. */
const Source = ({ draft, onChange }: { draft: Draft; onChange: OnChange }) => {
  const source = draft.bundle.sources?.[0]
  if (!source) return null
  const isChecked = draft.accepted.includes(`sources/${source.slug}`)
  return (
    <details class="review-source" open={!isChecked}>
      <summary>
        Source: {source.title}
        {isChecked ? ', accepted' : ''}
      </summary>
      <form
        onSubmit={(event: Event) => {
          event.preventDefault()
          const data = new FormData(event.target as HTMLFormElement)
          const [title, url] = [String(data.get('title')), String(data.get('url'))]
          onChange(setSource(draft, { title, url }), 'Source accepted.')
        }}
      >
        <label>
          Title
          <input name="title" value={source.title} required />
        </label>
        <label>
          Address
          <input name="url" type="url" value={source.url ?? ''} placeholder="https://" />
        </label>
        <button type="submit" class="button">
          Accept the source
        </button>
      </form>
    </details>
  )
}

/** Sends the bundle to the service. */
const Import = ({ draft, left, mayImport }: { draft: Draft; left: number; mayImport: boolean }) => {
  const [result, setResult] = useState<Imported | undefined>(undefined)
  const [isSending, setSending] = useState(false)
  const send = async () => {
    setSending(true)
    setResult(await importBundle(finished(draft)))
    setSending(false)
  }
  return (
    <div class="review-import">
      {left > 0 && <p class="soft">A draft with doubts is not imported: accept or drop each fact that has one.</p>}
      {mayImport ? (
        <button type="button" class="button" disabled={isSending} onClick={send}>
          Import
        </button>
      ) : (
        <p class="soft">To import needs a key with the scope “edit”. Save the draft, sign in, and open it again.</p>
      )}
      {result && (
        <div role="status">
          <p>{result.message}</p>
          <ul>
            {result.problems.map(({ path, message }) => (
              <li>
                <code>{path}</code> {message}
              </li>
            ))}
            {result.links.map(({ path, name }) => (
              <li>
                <a href={path}>{name}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

const Keys = () => (
  <details class="review-keys">
    <summary>Keys</summary>
    <dl>
      {KEYS.map(([key, does]) => (
        <div>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </details>
)

const titleOf = ({ record }: Fact): string =>
  ('text' in record && String(record.text)) || ('title' in record && String(record.title)) || record.slug

function speakerName(draft: Draft, { speakers = [], attribution }: Statement): string {
  const [voice] = speakers
  if (!voice) return attribution ?? 'not named'
  if (!('person' in voice)) return voice.organization ?? 'not named'
  return draft.bundle.people?.find(({ slug }) => slug === voice.person)?.name ?? voice.person ?? 'not named'
}

const focusIn = (selector: string) => document.querySelector<HTMLElement>(`.review .is-chosen ${selector}`)?.focus()

/** Shows the draft in the page, or a field that opens a saved one. */
export function reviewDraft(root: HTMLElement): void {
  const { text, bundle, mayImport } = root.dataset
  const show = (initial: Draft) => {
    document.querySelector('.draft-form')?.remove()
    root.replaceChildren()
    render(<Review initial={initial} mayImport={mayImport === 'yes'} />, root)
  }
  if (text !== undefined && bundle !== undefined) show({ text, bundle: JSON.parse(bundle), accepted: [] })
  else render(<Open onOpen={show} />, root)
}

const Open = ({ onOpen }: { onOpen: (draft: Draft) => void }) => {
  const [problem, setProblem] = useState('')
  return (
    <p class="draft-fields">
      <label>
        Or open a saved draft{' '}
        <input
          type="file"
          accept=".json,application/json"
          onChange={async ({ target }: Event) => {
            const [file] = (target as HTMLInputElement).files ?? []
            const draft = file && (await openFile(file))
            if (draft) onOpen(draft)
            else setProblem('This file is no saved draft.')
          }}
        />
      </label>{' '}
      <span role="status">{problem}</span>
    </p>
  )
}
