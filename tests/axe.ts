import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare const axe: {
  run(options: {
    runOnly?: string[]
    resultTypes: ['violations']
  }): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>
}

/** The faults that axe finds in a page, in both colour schemes, with everything open. */
export async function faultsByAxe(page: Page): Promise<string[]> {
  // Contrast cannot be told while something fades in.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // What is closed is checked too.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  // Not a script element, which the content security policy forbids.
  await page.evaluate(AXE)
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const runOnly = colorScheme === 'dark' && ['color-contrast']
    const { violations } = await page.evaluate(
      (some) => axe.run({ resultTypes: ['violations'], ...(some && { runOnly: some }) }),
      runOnly,
    )
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes.slice(0, 3))
        faults.push(`${colorScheme}: ${id} at ${target.join(' ')}: ${failureSummary}`)
  }
  return faults
}
