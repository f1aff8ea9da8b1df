import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { serverOf } from '../api/ask.ts'
import { findChromium, openBrowser, openPage } from '../browser.ts'
import { openSeeded } from '../support.ts'

const PAGES = [
  '/',
  '/search?q=jaishankar',
  '/search?q=%22strong+momentum%22',
  '/relations',
  '/people',
  '/topics',
  '/sources',
  '/relations/IN-US',
  '/meetings/critical-minerals-ministerial-2026-02',
  '/visits/jaishankar-united-states-2026-02',
  '/agreements/india-us-trade-agreement-2026',
  '/statements/jaishankar-strong-momentum',
  '/sources/daijiworld-2026-02-05',
  '/people/s-jaishankar',
  '/organizations/daijiworld',
  '/topics/critical-minerals',
  '/countries/IN',
  '/nothing',
]

const executable = findChromium()

const where = executable ? 'in a browser without a network' : 'in a browser: no Chromium here, set CHROMIUM to its path'
describe.skipIf(!executable)(where, () => {
  let database: Database
  let server: Server
  let browser: Browser
  let address: string

  beforeAll(async () => {
    database = await openSeeded('PGlite')
    server = serverOf(database).createHttpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await openBrowser(executable as string)
  })
  afterAll(async () => {
    await browser?.close()
    server.close()
    server.closeAllConnections()
    await database.close()
  })

  test('no page complains, asks another host, or scrolls sideways at 320 px', async () => {
    const { page, abroad, complaints, context } = await openPage(browser, { width: 320, height: 640 })
    for (const path of PAGES) {
      await page.goto(address + path)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, width]).toEqual([path, 320])
    }
    expect(abroad).toEqual([])
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
    await context.close()
  })

  test('suggestions are chosen by keyboard, and the search stays a form', async () => {
    const { page, complaints, context } = await openPage(browser)
    await page.goto(`${address}/topics`)
    const field = page.getByRole('combobox')
    await field.focus()
    await page.keyboard.type('jaish')
    await page.getByRole('option', { name: 'Jaishankar' }).first().waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    expect([await field.getAttribute('aria-expanded'), await field.inputValue()]).toEqual(['false', 'jaish'])
    await page.keyboard.press('ArrowDown')
    const chosen = await field.getAttribute('aria-activedescendant')
    expect(await page.locator(`[id="${chosen}"]`).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${address}/people/s-jaishankar`)
    await page.getByRole('combobox').fill('jaish')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${address}/search?q=jaish`)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the evidence of a fact opens by keyboard, and its footnote and its link are copied', async () => {
    const { page, complaints, context } = await openPage(browser)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`${address}/relations/IN-US`)
    const entry = page.locator('article', { hasText: 'strong momentum' }).first()
    await entry.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await entry.locator('mark').first().textContent()).toBe('strong momentum')
    const copied = async (what: string) => {
      const button = entry.locator(`button[data-copy="${what}"]`)
      await button.click()
      await button.filter({ hasText: 'Copied' }).waitFor()
      return await page.evaluate(() => navigator.clipboard.readText())
    }
    expect(await copied('footnotes')).toMatch(/^Daijiworld Media Network, .*: “strong momentum”\.\nDaijiworld/)
    const link = await copied('link')
    await page.goto('about:blank')
    await page.goto(link)
    expect(await page.locator('details[open] mark').first().textContent()).toBe('strong momentum')
    expect(complaints).toEqual([])
    await context.close()
  })
})
