import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { pages, readPage } from './page.ts'

it.each([...pages, 'CONTRIBUTING.md', 'CHANGELOG.md'])('the links of %s lead to files and headings', (page) => {
  const broken = linksOf(page).filter((link) => !leads(page, link))
  expect(broken).toEqual([])
})

it.each([...pages, 'CONTRIBUTING.md'])('the commands of %s write no lines of npm to files', (page) => {
  expect(readPage(page).match(/npm run (?!-s )[^`\n]* > ?\S+/g)).toBeNull()
})

/** What a page links to within the repository. */
const linksOf = (page: string) =>
  [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link))

function leads(page: string, link: string): boolean {
  const [path, anchor] = link.split('#')
  const target = path ? join(dirname(page), path) : page
  return existsSync(target) && (anchor === undefined || headingsOf(target).includes(anchor))
}

/** The anchors that GitHub gives to the headings of a page. */
const headingsOf = (page: string) =>
  [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
