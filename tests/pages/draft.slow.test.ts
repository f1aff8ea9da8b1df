import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import type { Database } from '../../src/database/open.ts'
import { faultsByAxe } from '../axe.ts'
import { describeInBrowser, openPage } from '../browser.ts'
import { openEmpty } from '../support.ts'

/** The article of the seed, if it is here; otherwise an invented one with a statement of the same words. */
const ARTICLE = process.env['ARTICLE_TEXT']
  ? readFileSync(process.env['ARTICLE_TEXT'], 'utf8')
  : `Washington, Feb 5: External Affairs Minister S. Jaishankar met US Secretary of State Marco Rubio on Tuesday. Jaishankar on Thursday said a “strong momentum” is clearly visible in bilateral engagement. “The India–US trade deal is close,” he said.
`

let database: Database
let key: string

describeInBrowser(
  'a draft in a browser',
  async () => {
    database = await openEmpty('PGlite')
    key = (await createKey(database, { name: 'editor', scope: 'edit' })).key
    return database
  },
  (place) => {
    test('is read, corrected and accepted by keyboard, imported, and then shown on the page of the relation', async () => {
      const { page, complaints, abroad, context } = await openPage(place.browser)
      await page.goto(`${place.address}/key`)
      await page.fill('input[name=key]', key)
      await page.keyboard.press('Enter')
      await page.waitForURL(`${place.address}/`)
      await page.goto(`${place.address}/draft`)
      await page.fill('#article', ARTICLE)
      await page.fill('#published', '2026-02-05')
      await page.fill('#source', 'paper-2026-02-05')
      await page.getByRole('button', { name: 'Read the article' }).click()
      const status = page.locator('.review-bar [role=status]')
      const chosen = page.locator('.review-facts > .is-chosen')
      await chosen.waitFor()
      expect(await faultsByAxe(page)).toEqual([])

      // Two corrections: another kind of quotation, and another speaker, which is undone.
      await page.locator('.review-facts li', { hasText: 'strong momentum' }).getByRole('button').first().click()
      await page.keyboard.press('q')
      await page.keyboard.press('r')
      await page.keyboard.press('Escape')
      await status.filter({ hasText: 'Kind of quotation changed.' }).waitFor()
      expect(await chosen.locator('[data-field=kind]').inputValue()).toBe('REPORTED')
      await page.keyboard.press('s')
      await page.keyboard.press('m')
      await page.keyboard.press('Escape')
      await status.filter({ hasText: 'Speaker changed.' }).waitFor()
      expect(await chosen.locator('[data-field=speaker]').inputValue()).toBe('marco-rubio')
      await page.keyboard.press('u')
      await status.filter({ hasText: 'Undone.' }).waitFor()
      expect(await chosen.locator('[data-field=speaker]').inputValue()).toBe('s-jaishankar')

      // What has doubts is not imported.
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('Nothing was imported, because of these problems:').waitFor()
      await page.getByLabel('Address').fill('https://paper.example/1')
      await page.getByRole('button', { name: 'Accept the source' }).click()
      await page.locator('.review-facts button').first().focus()
      for (let left = await page.locator('.review-facts > li:has(.review-doubt)').count(); left > 0; ) {
        await page.locator('.review-facts > li:has(.review-doubt) .review-fact').first().click()
        await page.keyboard.press('a')
        const now = left
        await expect.poll(() => page.locator('.review-facts > li:has(.review-doubt)').count()).toBeLessThan(now)
        left = await page.locator('.review-facts > li:has(.review-doubt)').count()
      }
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('All facts are imported.').waitFor()

      await page.goto(`${place.address}/relations/IN-US?kind=statement`)
      await page.locator('article', { hasText: 'trade deal' }).first().waitFor()
      expect([complaints, abroad]).toEqual([[], []])
      await context.close()
    })
  },
)
