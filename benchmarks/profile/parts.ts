/** Packages by part of the stack. A package that matches none is listed by its own name. */
const packages: readonly (readonly [part: string, names: RegExp])[] = [
  ['graphql-js', /^graphql$/],
  ['Pothos', /^@pothos\//],
  ['Yoga and whatwg-node', /^(graphql-yoga|@graphql-yoga\/|@whatwg-node\/|@envelop\/|@graphql-tools\/)/],
  ['Prisma adapter', /^@prisma\/(adapter-pg|driver-adapter-utils)/],
  ['Prisma client', /^(@prisma\/|prisma$)/],
  ['pg driver', /^(pg|pg-.*|postgres-.*)$/],
]

/** The part of the stack that a function belongs to. Undefined if it depends on the caller. */
export function partOf(functionName: string, url: string): string | undefined {
  if (functionName === '(idle)') return 'idle'
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (url.startsWith('wasm:')) return 'Prisma query compiler (WebAssembly)'
  if (url.startsWith('node:')) return /http|net|stream|_/.test(url) ? 'Node, HTTP and streams' : 'Node, other'
  const [name] = url.match(/(?<=node_modules\/)(@[^/]+\/)?[^/]+(?!.*node_modules\/)/) ?? []
  if (name) return packages.find(([, names]) => names.test(name))?.[0] ?? name
  const [file] = url.match(/(?<=\/dist\/).*/) ?? []
  return file?.startsWith('generated/') ? 'Prisma client' : file && `ours: ${file.replace(/\.js$/, '')}`
}
