import { expect, test } from 'vitest'
import { describeInBrowser, openPage } from '../browser.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { openEmpty } from '../support.ts'

/** One visit in each of 40 years, by turns in both directions. */
async function openVisits() {
  const database = await openEmpty('PGlite')
  const visits = Array.from({ length: 40 }, (_, i) => {
    const [from, to] = i % 2 === 0 ? ['DE', 'FR'] : ['FR', 'DE']
    return visit({ slug: `visit-${1950 + i}`, title: `Visit ${i}`, from, to, when: `${1950 + i}-05-03` })
  })
  await load(database, bundleWith({ visits }))
  return database
}

describeInBrowser('the page of a relation in a browser', openVisits, (place) => {
  test('keys and the pointer choose a period, and every part of the page follows', async () => {
    const { page, abroad, complaints, context } = await openPage(place.browser)
    await page.goto(`${place.address}/relations/DE-FR`)
    const first = page.locator('[data-handle=from]')
    const count = (text: string) => page.locator('#filters output', { hasText: text }).waitFor()
    await first.focus()
    for (const key of ['PageUp', 'PageUp', 'ArrowRight', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key)
    await count('19 entries of 40')
    expect(new URL(page.url()).search).toBe('?from=1971')
    expect(await first.getAttribute('aria-valuenow')).toBe('1971')
    expect(await first.evaluate((handle) => handle === document.activeElement)).toBe(true)
    expect(await page.locator('.downloads a', { hasText: 'CSV' }).first().getAttribute('href')).toMatch(/\?from=1971$/)

    await page.keyboard.press('Home')
    await count('40 entries')
    expect(new URL(page.url()).search).toBe('')

    const { x = 0, y = 0, width = 0 } = (await page.locator('.brush').boundingBox()) ?? {}
    const at = (year: number) => x + (width * (year - 1950 + 0.5)) / 40
    await page.mouse.move(at(1960), y + 9)
    await page.mouse.down()
    await page.mouse.move(at(1969), y + 9, { steps: 4 })
    await page.mouse.up()
    await count('10 entries of 40')
    expect(new URL(page.url()).search).toBe('?from=1960&to=1969')
    expect(await page.locator('article').count()).toBe(10)
    expect(await page.locator('#announced').textContent()).toBe('10 entries of 40')

    await page.getByRole('link', { name: 'Clear' }).click()
    await count('40 entries')

    // Back undoes each choice, also in the form; Forward makes it again.
    await page.goBack()
    await count('10 entries of 40')
    expect(await page.locator('#filters input[name=from]').inputValue()).toBe('1960')
    expect(await page.locator('article').count()).toBe(10)
    await page.goBack()
    await count('40 entries')
    await page.goBack()
    await count('19 entries of 40')
    await page.goForward()
    await count('40 entries')
    expect(new URL(page.url()).search).toBe('')
    expect([abroad, complaints]).toEqual([[], []])
    await context.close()
  })

  test('the timeline goes on while the reader scrolls, without a gap or a repetition', async () => {
    const { page, context } = await openPage(place.browser)
    await page.goto(`${place.address}/relations/DE-FR?order=oldest`)
    for (let shown = 0; shown < 40; ) {
      const last = page.locator('article').nth(shown === 0 ? 0 : shown - 1)
      await last.scrollIntoViewIfNeeded()
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      await page.waitForFunction((before) => document.querySelectorAll('article').length > before, shown)
      shown = await page.locator('article').count()
    }
    expect(await page.locator('article .entry-title').allTextContents()).toEqual(
      Array.from({ length: 40 }, (_, i) => `Visit ${i}`),
    )
    expect(await page.locator('a[rel=next]').count()).toBe(0)
    await context.close()
  })

  test('the browser makes a PNG from the chart', async () => {
    const { page, complaints, context } = await openPage(place.browser)
    await page.goto(`${place.address}/relations/DE-FR`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('PNG').first().click()])
    expect(download.suggestedFilename()).toBe('DE-FR.png')
    expect(complaints).toEqual([])
    await context.close()
  })
})
