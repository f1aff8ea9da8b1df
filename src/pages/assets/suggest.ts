/** A suggestion as the server returns it (`parts/search-form.tsx`). */
interface Suggestion {
  readonly kind: string
  /** The name that matches. */
  readonly name: string
  readonly node: {
    readonly __typename: string
    readonly preferred: string
    readonly slug?: string
    readonly code?: string
  }
}

/** Time without typing after which suggestions are requested. */
const PAUSE_MS = 120

const FOLDERS: Readonly<Record<string, string>> = {
  Person: 'people',
  Country: 'countries',
  Organization: 'organizations',
  Topic: 'topics',
}

/** Makes the fields of all searches comboboxes, by the pattern of the ARIA Authoring Practices. */
export function addSuggestions(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-suggestions]')) addTo(form)
}

function addTo(form: HTMLFormElement): void {
  const input = form.querySelector('input')
  if (!input) return
  const list = document.createElement('ul')
  const status = document.createElement('p')
  const found = new Map<Element, string>()
  let asking: AbortController | undefined
  let pause: ReturnType<typeof setTimeout> | undefined
  /** Whether suggestions for what was typed are on their way. */
  let isWaiting = false

  list.id = `${input.id}-suggestions`
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Suggestions')
  list.hidden = true
  status.className = 'visually-hidden'
  status.setAttribute('role', 'status')
  form.append(list, status)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  })) {
    input.setAttribute(name, value)
  }

  const chosen = () => list.querySelector('[aria-selected="true"]')

  function choose(option: Element | null | undefined): void {
    chosen()?.setAttribute('aria-selected', 'false')
    option?.setAttribute('aria-selected', 'true')
    if (option) input?.setAttribute('aria-activedescendant', option.id)
    else input?.removeAttribute('aria-activedescendant')
  }

  function show(isShown: boolean): void {
    list.hidden = !isShown
    input?.setAttribute('aria-expanded', String(isShown))
    if (!isShown) choose(null)
  }

  /** Closes the list, also for suggestions that are still on their way. */
  function close(): void {
    clearTimeout(pause)
    asking?.abort()
    isWaiting = false
    show(false)
  }

  function fill(suggestions: readonly Suggestion[], text: string): void {
    found.clear()
    const options = suggestions.map(({ kind, name, node }, i) => {
      const option = optionOf(`${list.id}-${i}`, kind, name, text, node.preferred)
      found.set(option, `${form.dataset['root']}${FOLDERS[node.__typename]}/${node.slug ?? node.code}`)
      return option
    })
    const all = optionOf(`${list.id}-all`, 'Everything', `All texts with “${text}”`, '', undefined)
    list.replaceChildren(...options, all)
    status.textContent = `${suggestions.length} ${suggestions.length === 1 ? 'suggestion' : 'suggestions'}`
    choose(null)
    isWaiting = false
    show(true)
  }

  async function ask(text: string): Promise<void> {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const variables = encodeURIComponent(JSON.stringify({ text: text.slice(0, 100) }))
    try {
      const response = await fetch(`${form.dataset['suggestions']}&variables=${variables}`, {
        headers: { accept: 'application/graphql-response+json' },
        signal,
      })
      const { data } = await response.json()
      if (data && !signal.aborted && document.activeElement === input) fill(data.suggest, text)
    } catch {
      // Without suggestions, it is still a form.
    }
  }

  function take(option: Element): void {
    const address = found.get(option)
    if (address) location.assign(address)
    else form.requestSubmit()
  }

  input.addEventListener('input', () => {
    clearTimeout(pause)
    const text = input.value.trim()
    if (text === '') return close()
    isWaiting = true
    pause = setTimeout(() => ask(text), PAUSE_MS)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const options = [...list.children]
    const current = chosen()
    const at = current ? options.indexOf(current) : -1
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (options.length === 0) return
      event.preventDefault()
      show(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      // Between the last option and the first one, the focus is on the field alone.
      const next = at < 0 && step < 0 ? options.length - 1 : at + step
      choose(options[next])
    } else if (event.key === 'Escape' && (isWaiting || !list.hidden)) {
      event.preventDefault()
      close()
    } else if (event.key === 'Enter') {
      const option = chosen()
      if (!option) return
      event.preventDefault()
      take(option)
    }
  })
  input.addEventListener('blur', close)
  // Otherwise the field would lose the focus, and the list would close before the click.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role="option"]') : null
    if (option) take(option)
  })
}

function optionOf(id: string, kind: string, name: string, text: string, preferred: string | undefined): HTMLLIElement {
  const option = document.createElement('li')
  option.id = id
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  const label = document.createElement('span')
  label.className = 'suggestion-kind'
  label.textContent = kind.charAt(0) + kind.slice(1).toLowerCase()
  const words = document.createElement('bdi')
  const at = text === '' ? -1 : name.toLowerCase().indexOf(text.toLowerCase())
  const match = document.createElement('b')
  match.textContent = at < 0 ? '' : name.slice(at, at + text.length)
  if (at < 0) words.append(name)
  else words.append(name.slice(0, at), match, name.slice(at + text.length))
  option.append(label, words)
  if (preferred && preferred !== name) {
    const other = document.createElement('bdi')
    other.className = 'soft'
    other.textContent = preferred
    option.append(' ', other)
  }
  return option
}
