import { addBrush } from './brush.ts'

/** Shows what the reader chooses at once: fetches the page of the choice, and swaps the parts that changed. */
export function narrowAtOnce(): void {
  addParts()
  document.addEventListener('change', ({ target }) => {
    const form = target instanceof HTMLInputElement ? target.form : null
    if (form?.id === 'filters' && form.checkValidity()) void show(urlOf(form))
  })
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.id !== 'filters') return
    event.preventDefault()
    void show(urlOf(form))
  })
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-choice]') : null
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void show(new URL(link.href))
  })
  addEventListener('popstate', () => {
    // A link to a part of the page changes the history, too.
    if (addressOf(location) !== shown) void show(new URL(location.href), false)
  })
}

/** What scripts add to the parts of the page, after each swap again. */
function addParts(): void {
  for (const element of document.querySelectorAll<HTMLElement>('.brush')) addBrush(element, choosePeriod)
  const end = document.querySelector<HTMLAnchorElement>('[data-part=timeline] a[rel=next]')
  if (end) loadNear(end)
}

/** Fills in the fields of the period, empty where it has no limit. */
function choosePeriod(from: string, to: string): void {
  const form = document.querySelector<HTMLFormElement>('#filters')
  if (!form) return
  for (const [name, value] of Object.entries({ from, to })) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
  void show(urlOf(form))
}

/** The address of a choice. What is chosen anyway is left out. */
function urlOf(form: HTMLFormElement): URL {
  const url = new URL(form.action)
  const kinds = form.querySelectorAll('input[name=kind]').length
  const data = new FormData(form)
  for (const [name, value] of data) {
    if (value === '' || (name === 'order' && value === 'newest')) continue
    if (name === 'kind' && data.getAll('kind').length === kinds) continue
    url.searchParams.append(name, String(value))
  }
  return url
}

let latest: AbortController | undefined

const addressOf = ({ pathname, search }: URL | Location) => `${pathname}${search}`

/** The address of what the page shows, or will show once it has arrived. */
let shown = addressOf(location)

/** Shows a choice. It is a new entry of the history, so that Back undoes it, unless Back or Forward led to it. */
async function show(url: URL, isNew = true): Promise<void> {
  latest?.abort()
  latest = new AbortController()
  const { signal } = latest
  const isOther = addressOf(url) !== shown
  shown = addressOf(url)
  try {
    const page = await pageAt(url, signal)
    if (isNew && isOther) history.pushState(null, '', url)
    swap(page)
  } catch {
    // The server explains what is wrong with the choice.
    if (!signal.aborted) location.assign(url)
  }
}

async function pageAt(url: URL, signal?: AbortSignal): Promise<Document> {
  const response = await fetch(url, { headers: { accept: 'text/html' }, ...(signal && { signal }) })
  if (!response.ok) throw new Error(`status ${response.status}`)
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

function swap(page: Document): void {
  const focused = document.activeElement
  const selector = focused && selectorOf(focused)
  const opened = [...document.querySelectorAll<HTMLDetailsElement>('details.behind')].map(({ open }) => open)
  for (const part of document.querySelectorAll<HTMLElement>('[data-part]')) {
    const next = page.querySelector(`[data-part="${part.dataset['part']}"]`)
    if (next && !next.isEqualNode(part)) part.replaceWith(next)
  }
  document.querySelectorAll<HTMLDetailsElement>('details.behind').forEach((details, i) => {
    details.open = opened[i] ?? false
  })
  addParts()
  if (selector && !focused?.isConnected) document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
  announce(document.querySelector('#filters output')?.textContent ?? '')
}

/** Finds an element again after the part with it was swapped. */
function selectorOf(element: Element): string | null {
  if (element instanceof HTMLInputElement) {
    const isChoice = element.type === 'checkbox' || element.type === 'radio'
    return `input[name="${element.name}"]${isChoice ? `[value="${CSS.escape(element.value)}"]` : ''}`
  }
  const handle = element instanceof HTMLElement ? element.dataset['handle'] : undefined
  return handle ? `[data-handle=${handle}]` : null
}

/** Says how many entries fit the choice: screen readers read changes of a region that was there before. */
function announce(text: string): void {
  let region = document.querySelector('#announced')
  if (!region) {
    region = document.createElement('p')
    region.id = 'announced'
    region.className = 'visually-hidden'
    region.setAttribute('role', 'status')
    document.querySelector('main')?.append(region)
  }
  region.textContent = text
}

/** Loads the next page of the timeline when its link comes near. */
function loadNear(link: HTMLAnchorElement): void {
  const observer = new IntersectionObserver(
    async ([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      try {
        append(await pageAt(new URL(link.href)), link)
      } catch {
        // The link stays, and works without a script.
      }
    },
    { rootMargin: '900px' },
  )
  observer.observe(link)
}

/** Adds the entries of the next page to the timeline, unless the reader chose something else meanwhile. */
function append(page: Document, link: HTMLAnchorElement): void {
  const timeline = document.querySelector('[data-part=timeline] .timeline')
  if (!timeline || !link.isConnected) return
  for (const year of page.querySelectorAll('[data-part=timeline] .year')) {
    const last = timeline.lastElementChild
    const isSame = last?.querySelector('h3')?.textContent === year.querySelector('h3')?.textContent
    if (isSame) last?.lastElementChild?.append(...(year.lastElementChild?.children ?? []))
    else timeline.append(year)
  }
  const shown = document.querySelector('[data-part=timeline] [data-shown]')
  if (shown) shown.textContent = String(timeline.querySelectorAll('.entry').length)
  const next = page.querySelector<HTMLAnchorElement>('[data-part=timeline] a[rel=next]')
  const place = link.closest('.page-link')
  if (next) {
    place?.replaceChildren(next)
    loadNear(next)
  } else {
    place?.remove()
  }
}
