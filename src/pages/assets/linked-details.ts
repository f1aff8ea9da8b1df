/** Opens the evidence that the address links to. Paper shows what is open: the style sheet hides the closed summaries. */
export function openLinkedDetails(): void {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const details = target?.closest('details')
    if (!details) return
    details.open = true
    details.scrollIntoView()
  }
  addEventListener('hashchange', open)
  open()
}
