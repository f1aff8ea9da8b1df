/** Opens the evidence that the address links to. Paper shows what is open: the style sheet hides the closed summaries. */
export function openLinkedDetails(): void {
  const open = () => {
    const details = targetOf(location.hash)?.closest('details')
    if (!details) return
    details.open = true
    details.scrollIntoView()
  }
  addEventListener('hashchange', open)
  open()
}

/** The element that a fragment names. A fragment can be any text, such as `#%`. */
function targetOf(hash: string): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)))
  } catch {
    return null
  }
}
