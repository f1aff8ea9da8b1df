import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Database } from '../src/database/open.ts'
import { serverOf } from './api/ask.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is: what CHROMIUM names, or the usual places. Only CI insists that there is one. */
function findChromium(): string | undefined {
  const found = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place))
  if (!found && process.env['CI']) throw new Error(`no Chromium at ${PLACES.join(', ')}; set CHROMIUM to its path`)
  return found
}

/** Starts Chromium with no network but this machine: other names do not resolve. */
async function openBrowser(executablePath: string): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  ]
  return await chromium.launch({ executablePath, args })
}

/** A page of a new profile, and everything that went wrong or abroad in it. */
export interface Visit {
  readonly page: Page
  /** Addresses of other machines that the page asked for; they are refused. */
  readonly abroad: readonly string[]
  /** What the console complained of. */
  readonly complaints: readonly string[]
  readonly context: BrowserContext
}

export async function openPage(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<Visit> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  // Less than a test may take, so that the error names what was waited for.
  page.setDefaultTimeout(240_000)
  const abroad: string[] = []
  const complaints: string[] = []
  await context.route('**/*', async (route) => {
    const { hostname, href } = new URL(route.request().url())
    if (hostname === 'localhost' || hostname === '127.0.0.1') return await route.continue()
    abroad.push(href)
    await route.abort()
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, abroad, complaints, context }
}

/** A browser, and the service that its pages are asked of. */
export interface InBrowser {
  readonly browser: Browser
  /** URL of the service, without a slash at its end. */
  readonly address: string
}

/** Tests with a service of their own for a database, and a browser that reaches nothing else. Without Chromium they are skipped. */
export function describeInBrowser(
  name: string,
  open: () => Promise<Database>,
  tests: (place: InBrowser) => void,
): void {
  const executable = findChromium()
  describe.skipIf(!executable)(executable ? name : `${name}: no Chromium here, set CHROMIUM to its path`, () => {
    let database: Database
    let server: Server
    const place = {} as { -readonly [Key in keyof InBrowser]: InBrowser[Key] }
    beforeAll(async () => {
      database = await open()
      server = serverOf(database).createHttpServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      place.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      place.browser = await openBrowser(executable as string)
    })
    afterAll(async () => {
      await place.browser?.close()
      server?.close()
      server?.closeAllConnections()
      await database?.close()
    })
    tests(place)
  })
}
