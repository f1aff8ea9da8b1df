/** Shows the buttons that copy, which need a script, and makes them work. */
export function addCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) button.hidden = false
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[data-copy]') : null
    if (!button) return
    const label = button.textContent
    button.textContent = (await copied(textOf(button))) ? 'Copied' : 'The browser does not allow copying'
    setTimeout(() => {
      button.textContent = label
    }, 2_000)
  })
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** What a button copies: the address of its evidence, or the footnotes in it. */
function textOf(button: HTMLButtonElement): string {
  const details = button.closest('details')
  if (button.dataset['copy'] === 'link') {
    const url = new URL(location.href)
    if (details) url.hash = details.id
    return url.href
  }
  const notes = details?.querySelectorAll('.footnotes li') ?? []
  return [...notes].map(({ textContent }) => textContent).join('\n')
}
