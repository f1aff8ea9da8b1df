/** The words of the article that are selected, in code points. Undefined if there are none. */
export function selectedRange(): { start: number; end: number } | undefined {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const [one, other] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)]
  if (one === undefined || other === undefined || one === other) return undefined
  return { start: Math.min(one, other), end: Math.max(one, other) }
}

/** A place in the article, in code points. */
function placeOf(node: Node, offset: number): number | undefined {
  const part = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(
    '[data-article] [data-start]',
  )
  if (!part) return undefined
  const before = node instanceof Text ? node.data.slice(0, offset) : ''
  return Number(part.dataset['start']) + [...before].length
}
