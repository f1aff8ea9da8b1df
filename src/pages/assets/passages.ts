/** Points out the words of a passage while the pointer or the focus is on its facts, and its facts while it is on the words. */
export function pointOutPassages(): void {
  const reading = document.querySelector('.reading')
  if (!reading) return
  for (const type of ['pointerover', 'focusin']) reading.addEventListener(type, ({ target }) => pointOut(target))
}

function pointOut(target: EventTarget | null): void {
  for (const element of document.querySelectorAll('.is-pointed')) element.classList.remove('is-pointed')
  if (!(target instanceof Element)) return
  const facts = target.closest<HTMLElement>('[data-passage]')?.dataset['passage']
  const words = target.closest<HTMLElement>('[data-passages]')?.dataset['passages']?.split(' ') ?? []
  const selectors = [
    ...(facts ? [`[data-passages~="${facts}"]`] : []),
    ...words.map((passage) => `[data-passage="${passage}"]`),
  ]
  if (selectors.length === 0) return
  for (const element of document.querySelectorAll(selectors.join())) element.classList.add('is-pointed')
}
