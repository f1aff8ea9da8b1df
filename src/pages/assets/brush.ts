type End = 'from' | 'to'

/** Milliseconds after the last key until the period is chosen. */
const AFTER_KEYS = 250

/**
 * Adds two handles that choose a period of whole years, and a window between them. Handles are sliders: arrow keys move a year, the
 * page keys ten years. On the chart itself, dragging chooses a new period.
 */
export function addBrush(brush: HTMLElement, choose: (from: string, to: string) => void): void {
  const number = (name: string) => Number(brush.dataset[name])
  const [first, last] = [number('first'), number('last')]
  const limited = (year: number, low = first, high = last) => Math.min(high, Math.max(low, year))
  const years = { from: limited(number('from')), to: limited(number('to')) }
  const chosen = document.createElement('div')
  chosen.className = 'brush-window'
  const handles = { from: handleOf('from'), to: handleOf('to') }

  function handleOf(end: End): HTMLElement {
    const handle = document.createElement('div')
    handle.className = 'brush-handle'
    handle.dataset['handle'] = end
    handle.tabIndex = 0
    handle.setAttribute('role', 'slider')
    handle.setAttribute('aria-label', end === 'from' ? 'First year' : 'Last year')
    return handle
  }

  const share = (year: number) => `${((year - first) / (last - first + 1)) * 100}%`

  function draw(): void {
    chosen.style.left = share(years.from)
    chosen.style.right = `calc(100% - ${share(years.to + 1)})`
    brush.classList.toggle('is-whole', years.from === first && years.to === last)
    for (const end of ['from', 'to'] as const) {
      const handle = handles[end]
      const [low, high] = limitsOf(end)
      handle.style.left = share(end === 'from' ? years.from : years.to + 1)
      handle.setAttribute('aria-valuemin', String(low))
      handle.setAttribute('aria-valuemax', String(high))
      handle.setAttribute('aria-valuenow', String(years[end]))
    }
  }

  const limitsOf = (end: End): [number, number] => (end === 'from' ? [first, years.to] : [years.from, last])

  function move(end: End, year: number): void {
    years[end] = limited(year, ...limitsOf(end))
    draw()
  }

  const commit = () =>
    choose(years.from === first ? '' : yearText(years.from), years.to === last ? '' : yearText(years.to))

  let waiting: ReturnType<typeof setTimeout> | undefined
  brush.addEventListener('keydown', (event) => {
    const end = endOf(event.target)
    const [low, high] = end ? limitsOf(end) : [0, 0]
    const year = end && yearAfter(event.key, years[end], low, high)
    if (!end || year === undefined) return
    event.preventDefault()
    move(end, year)
    clearTimeout(waiting)
    waiting = setTimeout(commit, AFTER_KEYS)
  })

  brush.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    const { left, width } = brush.getBoundingClientRect()
    const positionOf = ({ clientX }: PointerEvent) => ((clientX - left) / width) * (last - first + 1) + first
    const grabbed = endOf(event.target)
    const start = Math.floor(positionOf(event))
    let hasMoved = false
    const onMove = (moved: PointerEvent) => {
      const position = positionOf(moved)
      if (grabbed) move(grabbed, Math.round(grabbed === 'from' ? position : position - 1))
      else {
        const year = limited(Math.floor(position))
        if (year === start && !hasMoved) return
        years.from = limited(Math.min(start, year))
        years.to = limited(Math.max(start, year))
        draw()
      }
      hasMoved = true
    }
    const stop = () => {
      brush.removeEventListener('pointermove', onMove)
      if (grabbed) handles[grabbed].focus({ preventScroll: true })
      if (hasMoved) commit()
    }
    brush.setPointerCapture(event.pointerId)
    brush.addEventListener('pointermove', onMove)
    brush.addEventListener('lostpointercapture', stop, { once: true })
  })

  draw()
  brush.append(chosen, handles.from, handles.to)
  brush.hidden = false
}

const endOf = (target: EventTarget | null): End | undefined =>
  target instanceof HTMLElement ? (target.dataset['handle'] as End | undefined) : undefined

/** Addresses write years with four digits. */
const yearText = (year: number) => String(year).padStart(4, '0')

function yearAfter(key: string, year: number, low: number, high: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return year - 1
    case 'ArrowRight':
    case 'ArrowUp':
      return year + 1
    case 'PageDown':
      return year - 10
    case 'PageUp':
      return year + 10
    case 'Home':
      return low
    case 'End':
      return high
    default:
      return undefined
  }
}
