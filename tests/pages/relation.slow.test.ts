import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { serverOf } from '../api/ask.ts'
import { findChromium, openBrowser, openPage } from '../browser.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { openEmpty } from '../support.ts'

const executable = findChromium()

describe.skipIf(!executable)('the page of a relation in a browser', () => {
  let database: Database
  let server: Server
  let browser: Browser
  let address: string

  beforeAll(async () => {
    database = await openEmpty('PGlite')
    // One visit in each of 40 years, by turns in both directions.
    const visits = Array.from({ length: 40 }, (_, i) => {
      const [from, to] = i % 2 === 0 ? ['DE', 'FR'] : ['FR', 'DE']
      return visit({ slug: `visit-${1950 + i}`, title: `Visit ${i}`, from, to, when: `${1950 + i}-05-03` })
    })
    await load(database, bundleWith({ visits }))
    server = serverOf(database).createHttpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/relations/DE-FR`
    browser = await openBrowser(executable as string)
  })
  afterAll(async () => {
    await browser?.close()
    server.close()
    server.closeAllConnections()
    await database.close()
  })

  test('keys and the pointer choose a period, and every part of the page follows', async () => {
    const { page, abroad, complaints, context } = await openPage(browser)
    await page.goto(address)
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
    expect([abroad, complaints]).toEqual([[], []])
    await context.close()
  })

  test('the timeline goes on while the reader scrolls, without a gap or a repetition', async () => {
    const { page, context } = await openPage(browser)
    await page.goto(`${address}?order=oldest`)
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
    const { page, complaints, context } = await openPage(browser)
    await page.goto(address)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('PNG').first().click()])
    expect(download.suggestedFilename()).toBe('DE-FR.png')
    expect(complaints).toEqual([])
    await context.close()
  })
})
