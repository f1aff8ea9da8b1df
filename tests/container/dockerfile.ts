import { execFile } from 'node:child_process'
import { chmod, chown, cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'

interface Instruction {
  readonly name: string
  readonly text: string
}

/** What the last stage says about the container. Paths are those in the container. */
export interface Image {
  /** The folder with the files of the container. */
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  readonly user: string
  readonly command: readonly string[]
  readonly healthCheck: readonly string[]
}

function parse(dockerfile: string): Instruction[] {
  return dockerfile
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', text = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? []
      return { name, text }
    })
}

/** The context of the build: the files of a folder that `.dockerignore` does not name. */
export async function copyContext(from: string, to: string): Promise<void> {
  const ignored = (await readFile(join(from, '.dockerignore'), 'utf8')).split('\n').filter(Boolean)
  await cp(from, to, {
    recursive: true,
    filter: (path) => {
      const name = relative(from, path)
      return !ignored.some((rule) => (rule.startsWith('*') ? name.endsWith(rule.slice(1)) : name === rule))
    },
  })
}

/**
 * Carries out the instructions of a Dockerfile without a container engine: each stage gets a folder for its root. Throws for an
 * instruction that it does not know. `run` runs the command of RUN in a folder.
 */
export async function build(
  dockerfile: string,
  context: string,
  folder: string,
  run: (command: string, cwd: string) => Promise<void>,
): Promise<Image> {
  const stages = new Map<string, string>()
  let root = ''
  let workdir = '/'
  let env: Record<string, string> = {}
  let [user, command, entrypoint, healthCheck] = ['root', [] as string[], [] as string[], [] as string[]]
  for (const { name, text } of parse(dockerfile)) {
    const words = text.split(' ')
    const inRoot = (path: string) => join(root, path.startsWith('/') ? path : join(workdir, path))
    switch (name) {
      case 'FROM':
        root = join(folder, words[2] ?? 'final')
        if (words[2]) stages.set(words[2], root)
        env = {}
        workdir = '/'
        await mkdir(root)
        break
      case 'WORKDIR':
        workdir = text
        await mkdir(inRoot('.'), { recursive: true })
        break
      case 'COPY': {
        const options = words.filter((word) => word.startsWith('--'))
        const paths = words.slice(options.length)
        const option = (name: string) => options.find((option) => option.startsWith(`--${name}=`))?.split('=')[1]
        const from = option('from')
        const source = from === undefined ? context : stages.get(from)
        if (!source) throw new Error(`no stage ${from}`)
        const target = paths.pop() ?? ''
        for (const path of paths) await copy(join(source, path), inRoot(target))
        const [uid, gid] = option('chown')?.split(':').map(Number) ?? []
        if (uid !== undefined && gid !== undefined) await chown(inRoot(target), uid, gid)
        break
      }
      case 'RUN':
        if (/(^|\s)\//.test(text)) throw new Error(`expected relative paths: ${text}`)
        await run(text, inRoot('.'))
        break
      case 'ENV':
        for (const [key, value] of words.map((word) => word.split('='))) env[key ?? ''] = value ?? ''
        break
      case 'USER':
        user = text
        break
      case 'ENTRYPOINT':
        entrypoint = JSON.parse(text)
        break
      case 'CMD':
        command = JSON.parse(text)
        break
      case 'HEALTHCHECK':
        healthCheck = JSON.parse(text.slice(text.indexOf('CMD ') + 4))
        break
      case 'EXPOSE':
      case 'VOLUME':
        break
      default:
        throw new Error(`unknown instruction ${name}`)
    }
  }
  return { root, env, user, command: [...entrypoint, ...command], healthCheck }
}

/** Copies a file into a folder, or the content of a folder. Links stay links, as in a container. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await promisify(execFile)('cp', ['-a', (await isFolder(from)) ? `${from}/.` : from, to])
  await chmod(to, 0o755)
}

const isFolder = async (path: string) =>
  await readdir(path).then(
    () => true,
    () => false,
  )
