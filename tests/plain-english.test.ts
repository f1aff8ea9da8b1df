import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Words of the first version of this project, with the ordinary words of the field. */
const OLD_WORDS: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\baskers?\b/i, 'client'],
  [/\bunless told\b/i, 'default'],
  [/\b(told|tells?|telling)\b/i, 'report, return or say'],
  [/\b(kept|keeps?|keeping)\b/i, 'store or cache'],
  [/\b(held|holds?|holding)\b/i, 'store, contain or have'],
  [/\breckon(s|ed|ing)?\b/i, 'compute'],
  [/\bfor good\b/i, 'permanently'],
  [/\bwhoever\b/i, 'the person, client or program that'],
  [/\blet be\b/i, 'ignore'],
  [/\bperhaps\b/i, 'possibly, or say when'],
]

/** Text around an old word that makes it the right one: a person holds an office. */
const RIGHT = [
  /\b(offices?|posts?|positions?|tenures?|titles?|minister|holders?|in turn|one after the other)\b/i,
  /told (reporters|X)|keep-alive|keep a changelog|merged into kept|redirect to kept|toured visited/i,
]

/** Folders and files to check. A folder of `tests` is checked for the names of its tests. */
const CHECKED = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'schema.graphql',
  'docs',
  'benchmarks',
  'prisma/schema-engine.ts',
  'src',
  'tests',
]

/** It has old words as examples. */
const THIS_FILE = 'tests/plain-english.test.ts'

/** Lists of words that articles use. */
const WORD_LISTS = 'src/reading/words/'

interface Prose {
  readonly line: number
  readonly text: string
}

const lineAt = (content: string, index: number) => content.slice(0, index).split('\n').length

const COMMENT_OR_STRING =
  /\/\*[\s\S]*?\*\/|(?<![:\w])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g
const TEST_NAME = /(?:\b(?:test|it|describe)(?:\.\w+(?:\([^()\n]*\))?)*|^\s*\]\))\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/gm

/** The comments of a program, and its strings of three words or more. */
function proseOfCode(content: string): Prose[] {
  return [...content.matchAll(COMMENT_OR_STRING)]
    .map(({ 0: text, index }) => ({ line: lineAt(content, index), text }))
    .filter(({ text }) => text.startsWith('/') || text.split(/\s+/).length >= 3)
}

const namesOfTests = (content: string): Prose[] =>
  [...content.matchAll(TEST_NAME)].map(({ 2: text = '', index }) => ({ line: lineAt(content, index), text }))

/** The descriptions of a schema. */
const proseOfSchema = (content: string): Prose[] =>
  [...content.matchAll(/"""[\s\S]*?"""/g)].map(({ 0: text, index }) => ({ line: lineAt(content, index), text }))

/** The paragraphs of a page, without its code. */
function proseOfPage(content: string): Prose[] {
  const blank = (code: string) => code.replaceAll(/[^\n]/g, ' ')
  const text = content.replaceAll(/^```[\s\S]*?^```/gm, blank)
  return [...text.matchAll(/\S[\s\S]*?(?=\n\s*\n|$(?![\s\S]))/g)].map(({ 0: text, index }) => ({
    line: lineAt(content, index),
    text,
  }))
}

function proseOf(file: string): Prose[] {
  const content = readFileSync(file, 'utf8')
  if (file.startsWith('tests')) return file.endsWith('.test.ts') && file !== THIS_FILE ? namesOfTests(content) : []
  if (file.startsWith(WORD_LISTS)) return []
  if (file.endsWith('.graphql')) return proseOfSchema(content)
  if (file === 'CHANGELOG.md')
    return proseOfPage(
      content
        .split(/^(?=## )/m)
        .slice(0, 2)
        .join(''),
    )
  if (file.endsWith('.md')) return proseOfPage(content)
  return proseOfCode(content)
}

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return /\.(ts|js|md|graphql)$/.test(path) ? [path] : []
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'generated')
    .flatMap((name) => filesIn(join(path, name)))
}

/** The old words of a text, each with its line and the words around it. */
function oldWordsIn({ line, text }: Prose): string[] {
  const prose = text.replaceAll(/`[^`\n]*`/g, (code) => ' '.repeat(code.length))
  return OLD_WORDS.flatMap(([word, instead]) =>
    [...prose.matchAll(new RegExp(word, 'gi'))].flatMap(({ 0: found, index }) => {
      const around = prose.slice(Math.max(0, index - 80), index + found.length + 80)
      if (RIGHT.some((right) => right.test(around))) return []
      return [`${line + prose.slice(0, index).split('\n').length - 1}: "${found}"; write ${instead}`]
    }),
  )
}

test.each(CHECKED)('%s has no old words', (path) => {
  const found = filesIn(path).flatMap((file) =>
    proseOf(file).flatMap((prose) => oldWordsIn(prose).map((at) => `${file}:${at}`)),
  )
  expect(found).toEqual([])
})

test('an old word is found in a comment, a string, a test name, a description and a page, with its line', () => {
  const found = (prose: Prose[]) => prose.flatMap(oldWordsIn)
  expect(found(proseOfCode("const a = 1\n// 20 unless told\nthrow new Error('this was told twice')"))).toEqual([
    '2: "unless told"; write default',
    '2: "told"; write report, return or say',
    '3: "told"; write report, return or say',
  ])
  expect(
    found(namesOfTests("test('a mistake\\'s place is told', () => {\n  it.each([1])('%s is kept', f)\n})")),
  ).toEqual(['1: "told"; write report, return or say', '2: "kept"; write store or cache'])
  expect(found(proseOfSchema('type A {\n  """\n  The same\n  for good.\n  """\n  holding: Int\n}'))).toEqual([
    '4: "for good"; write permanently',
  ])
  expect(found(proseOfPage('# A\n\n```sh\nwhoever\n```\n\nNot `kept`, but\nheld.\n'))).toEqual([
    '8: "held"; write store, contain or have',
  ])
})

test('an office is held', () => {
  expect(oldWordsIn({ line: 1, text: 'The person who held the office.' })).toEqual([])
})
