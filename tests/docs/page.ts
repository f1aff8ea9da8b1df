import { readdirSync, readFileSync } from 'node:fs'

/** A code block of a page. */
export interface Block {
  /** Where it begins, as `docs/evidence.md:12`. */
  readonly place: string
  readonly language: string
  /** The file that the block shows, which is the second word of its first line: ```json note.json. */
  readonly file: string | undefined
  readonly text: string
}

const root = new URL('../../', import.meta.url)

export const readPage = (page: string): string => readFileSync(new URL(page, root), 'utf8')

/** The pages whose examples are run. */
export const pages = [
  'README.md',
  ...readdirSync(new URL('docs', root))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
]

export function blocksOf(page: string): Block[] {
  const text = readPage(page)
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ({ index, 1: language = '', 2: file, 3: code }) => {
      const line = text.slice(0, index).split('\n').length
      return { place: `${page}:${line}`, language, file, text: code ?? '' }
    },
  )
}

/** A block that is run, and the block right after it that shows what it gives. */
export interface Example {
  readonly block: Block
  readonly result: Block | undefined
}

const RESULTS = ['json', 'text']

/** What a page asks its reader to try, in order. A block that is neither run, nor a result, nor a file is an error. */
export function examplesOf(page: string): Example[] {
  const blocks = blocksOf(page)
  const examples: Example[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i] as Block
    const next = blocks[i + 1]
    const isFile = block.file !== undefined
    if (!isFile && RESULTS.includes(block.language)) throw new Error(`${block.place} is the result of nothing`)
    const result = !isFile && next && !next.file && RESULTS.includes(next.language) ? next : undefined
    examples.push({ block, result })
    if (result) i++
  }
  return examples
}

/** The commands of a shell block, each as its words. A backslash at the end of a line continues it; comments are left out. */
export function commandsIn(shell: string): string[][] {
  const commands: string[][] = []
  let words: string[] = []
  for (const [token, single, double] of shell.matchAll(/\\\n|\n|#[^\n]*|(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|[^\s'"])+/g)) {
    if (token === '\n') {
      if (words.length > 0) commands.push(words)
      words = []
    } else if (token !== '\\\n' && !token.startsWith('#')) {
      const isQuoted = single !== undefined || double !== undefined
      words.push(isQuoted ? unquoted(token) : token)
    }
  }
  return words.length > 0 ? [...commands, words] : commands
}

const unquoted = (token: string) =>
  token.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, single, double) => single ?? double.replaceAll(/\\(.)/g, '$1'))
