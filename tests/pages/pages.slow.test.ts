import { expect, test } from 'vitest'
import { describeInBrowser, openPage } from '../browser.ts'
import { openSeeded } from '../support.ts'

describeInBrowser(
  'pages in a browser without a network',
  async () => await openSeeded('PGlite'),
  (place) => {
    test('suggestions are chosen by keyboard, and the search stays a form', async () => {
      const { page, complaints, context } = await openPage(place.browser)
      await page.goto(`${place.address}/topics`)
      const field = page.getByRole('combobox')
      await field.focus()
      await page.keyboard.type('jaish')
      await page.getByRole('option', { name: 'Jaishankar' }).first().waitFor()
      expect(await field.getAttribute('aria-expanded')).toBe('true')
      await page.keyboard.press('Escape')
      expect([await field.getAttribute('aria-expanded'), await field.inputValue()]).toEqual(['false', 'jaish'])
      // Suggestions that arrive after Escape do not open the list again.
      let release = () => {}
      const late = new Promise<void>((resolve) => {
        release = resolve
      })
      await page.route('**/graphql?*', async (route) => {
        await late
        await route.continue().catch(() => {})
      })
      const asked = page.waitForRequest('**/graphql?*')
      await page.keyboard.type('a')
      const request = await asked
      await page.keyboard.press('Escape')
      release()
      await expect.poll(() => request.failure()?.errorText).toBe('net::ERR_ABORTED')
      await page.unroute('**/graphql?*')
      expect(await field.getAttribute('aria-expanded')).toBe('false')
      await page.keyboard.press('Backspace')
      await page.locator('[role=option]', { hasText: 'Jaishankar' }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      const chosen = await field.getAttribute('aria-activedescendant')
      expect(await page.locator(`[id="${chosen}"]`).getAttribute('aria-selected')).toBe('true')
      await page.keyboard.press('Enter')
      await page.waitForURL(`${place.address}/people/s-jaishankar`)
      await page.getByRole('combobox').fill('jaish')
      await page.keyboard.press('Enter')
      await page.waitForURL(`${place.address}/search?q=jaish`)
      expect(complaints).toEqual([])
      await context.close()
    })

    test('the evidence of a fact opens by keyboard, and its footnote and its link are copied', async () => {
      const { page, complaints, context } = await openPage(place.browser)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.goto(`${place.address}/relations/IN-US`)
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
  },
)
