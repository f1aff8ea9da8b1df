import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { faultsByAxe } from '../axe.ts'
import { describeInBrowser, type InBrowser, openPage } from '../browser.ts'
import { openSeeded } from '../support.ts'

/** One page of each kind, and the forms that it can take. */
const PAGES = [
  '/',
  '/search',
  '/search?q=jaishankar',
  '/search?q=%22strong+momentum%22',
  '/search?q=qwxyz',
  '/relations',
  '/people',
  '/topics',
  '/sources',
  '/relations/IN-US',
  '/relations/IN-US?from=2026-02&kind=meeting',
  '/relations/AD-BT',
  '/meetings/critical-minerals-ministerial-2026-02',
  '/visits/jaishankar-united-states-2026-02',
  '/agreements/india-us-trade-agreement-2026',
  '/statements/jaishankar-strong-momentum',
  '/sources/daijiworld-2026-02-05',
  '/people/s-jaishankar',
  '/organizations/daijiworld',
  '/topics/critical-minerals',
  '/countries/IN',
  '/countries/AD',
  '/check',
  '/draft',
  '/key',
  '/nothing',
  '/search?q=a&kind=nothing',
]

/** The same with the records of the archive that have most facts. */
const ARCHIVE_PAGES = [
  '/',
  '/search?q=kissinger',
  '/search?q=state+visit&kind=visit',
  '/relations',
  '/relations?country=DE',
  '/people?starts=k',
  '/sources',
  '/relations/GB-US',
  '/relations/GB-US?from=1941&to=1943&kind=visit',
  '/relations/IN-US?from=2000&to=2001&order=oldest',
  '/relations/DE-US?kind=relation',
  '/relations/NL-US',
  '/countries/US',
  '/countries/GB',
  '/people/clinton-hillary-rodham',
  '/people/lee-kuan-yew-sg',
  '/sources/hsg-visits-data-2010',
  '/sources/hsg-travels-secretary-travels-clinton-hillary-rodham',
  '/organizations/african-union',
  '/relation-events/rdcr-india-recognized-1947',
]

/** Opens each page at a width, in both colour schemes, with everything open, and expects that axe finds nothing. */
async function checkPages(place: InBrowser, paths: readonly string[], width: number): Promise<void> {
  const { page, abroad, complaints, context } = await openPage(place.browser, { width, height: 800 })
  const faults: string[] = []
  for (const path of paths) {
    await page.goto(place.address + path)
    faults.push(...(await faultsByAxe(page)).map((fault) => `${path}, ${fault}`))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) faults.push(`${path}: ${wide} px wide`)
  }
  expect(faults).toEqual([])
  expect(abroad).toEqual([])
  // Chromium reports the status of the pages that say what is wrong.
  expect(complaints.filter((complaint) => !/status of 40[04]/.test(complaint))).toEqual([])
  await context.close()
}

describeInBrowser(
  'every page in a browser without a network',
  async () => await openSeeded('PGlite'),
  (place) => {
    test.each([320, 1280])(
      'has no fault that axe finds at %i px, in light and dark colours',
      async (width) => await checkPages(place, PAGES, width),
    )

    test('has its language, one heading of the first level, its landmarks and its words without scripts', async () => {
      const context = await place.browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()
      const found = []
      for (const path of PAGES) {
        await page.goto(place.address + path)
        const count = async (selector: string) => await page.locator(selector).count()
        const words = (await page.locator('main').innerText()).split(/\s+/).length
        found.push([
          path,
          await count('html[lang=en]'),
          await count('h1'),
          await count('main'),
          await count('body > header, [role=banner]'),
          await count('body > footer, [role=contentinfo]'),
          words >= 10,
        ])
      }
      expect(found).toEqual(PAGES.map((path) => [path, 1, 1, 1, 1, 1, true]))
      await context.close()
    })
  },
)

/** URL of a PostgreSQL database with the archive. */
const archive = process.env['ARCHIVE_DATABASE']

describe.skipIf(!archive)('the archive', () => {
  describeInBrowser(
    'in a browser',
    async () => await openDatabase({ url: archive ?? '', connections: 4 }),
    (place) => {
      test.each([320, 1280])(
        'has no fault that axe finds at %i px, in light and dark colours',
        async (width) => {
          await checkPages(place, ARCHIVE_PAGES, width)
        },
        600_000,
      )
    },
  )
})
