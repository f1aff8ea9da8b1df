import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, openPage } from './browser.ts'
import { openSeeded } from './support.ts'

const TITLES = ['Analyst', 'FactChecker', 'Historian', 'Developer', 'DataEditor', 'Operator']

describeInBrowser(
  'the playground in a browser without a network',
  async () => await openSeeded('PGlite'),
  (place) => {
    test('the playground opens with its tabs, and each of them answers', async () => {
      const { page, abroad, complaints, context } = await openPage(place.browser)
      await page.goto(`${place.address}/graphql`)
      await tab(page, 'Analyst').waitFor()
      expect(await page.title()).toBe('bilateral')
      expect(await tabsOf(page)).toEqual({ titles: TITLES, open: 'Analyst' })

      const answers = {
        Analyst: '"timeline"',
        FactChecker: '"strong momentum"',
        Historian: '"Visit of External Affairs',
        Developer: '"totalCount": 27',
        DataEditor: '"2cdd3217ccdf312b',
        Operator: '"meetings": 3',
      }
      for (const [title, words] of Object.entries(answers)) {
        if (title !== 'Analyst') await openTab(page, title)
        await run(page, words)
      }
      expect(abroad).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })

    test('the first tab says what data is here, and opens with the timeline', async () => {
      const { page, context } = await openPage(place.browser)
      await page.goto(`${place.address}/graphql`)
      await page.locator('.graphiql-query-editor .view-line', { hasText: /statements:\s27/ }).waitFor()
      await page
        .locator('.graphiql-query-editor .view-line', { hasText: /^#\s+“/ })
        .first()
        .waitFor()
      await run(page, '"timeline"')
      const lines = await page.locator('.graphiql-response .view-line').allTextContents()
      expect(lines.slice(0, 4).map((line) => line.trim())).toEqual([
        '{',
        '"data":\u00a0{',
        '"relation":\u00a0{',
        '"timeline":\u00a0{',
      ])
      await context.close()
    })

    test('on a phone, the panes are below each other and as wide as the screen', async () => {
      const { page, context } = await openPage(place.browser, { width: 390, height: 844 })
      await page.goto(`${place.address}/graphql`)
      await tab(page, 'Analyst').waitFor()
      const boxOf = async (selector: string) =>
        (await page.locator(selector).boundingBox()) ?? expect.fail(`no box of ${selector}`)
      const [editor, response] = [
        await boxOf('.graphiql-query-editor .graphiql-editor'),
        await boxOf('.graphiql-response'),
      ]
      for (const { x, width, height } of [editor, response]) {
        expect(width).toBeGreaterThan(300)
        expect(height).toBeGreaterThan(200)
        expect(x + width).toBeLessThanOrEqual(390)
      }
      expect(response.y).toBeGreaterThan(editor.y + editor.height)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      await run(page, '"timeline"')
      await context.close()
    })

    test('the playground restores its tabs', async () => {
      const { page, complaints, context } = await openPage(place.browser)
      await page.goto(`${place.address}/graphql`)
      await tab(page, 'Analyst').waitFor()
      await page.reload()
      await tab(page, 'Analyst').waitFor()
      expect(await tabsOf(page)).toEqual({ titles: TITLES, open: 'Analyst' })

      await openTab(page, 'Developer')
      await page.reload()
      await tab(page, 'Developer').waitFor()
      expect(await tabsOf(page)).toEqual({ titles: TITLES, open: 'Developer' })
      expect(complaints).toEqual([])
      await context.close()
    })

    test('a link opens its query and variables in a tab of their own', async () => {
      const { page, complaints, context } = await openPage(place.browser)
      const query = 'query Linked($slug: String!) { person(slug: $slug) { name } }'
      const link = new URLSearchParams({ query, variables: '{"slug": "marco-rubio"}' })
      await page.goto(`${place.address}/graphql?${link}`)
      await tab(page, 'Linked').waitFor()
      expect(await tabsOf(page)).toEqual({ titles: ['Linked', ...TITLES], open: 'Linked' })
      await run(page, '"Marco Rubio"')
      expect(complaints).toEqual([])
      await context.close()
    })
  },
)

const tab = (page: Page, title: string) => page.locator('.graphiql-tab-button', { hasText: title })

/** Goes to another tab, and waits for GraphiQL to have read it: a moment later than it shows it. */
async function openTab(page: Page, title: string): Promise<void> {
  await tab(page, title).click()
  await page.waitForURL((url) => url.searchParams.get('query')?.includes(`query ${title}`) ?? false)
}

/** Runs what is in the editor, and reads the answer until the words come. */
async function run(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Execute query' }).click()
  // The editor writes each space as one that does not break.
  const text = new RegExp(words.replaceAll(' ', '\\s'))
  await page.locator('.graphiql-response .view-line', { hasText: text }).first().waitFor()
}

async function tabsOf(page: Page) {
  const titles = page.locator('.graphiql-tab-button')
  const open = page.locator('.graphiql-tab-active .graphiql-tab-button')
  return { titles: await titles.allTextContents(), open: await open.textContent() }
}
