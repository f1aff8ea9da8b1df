// npm run generate:client: writes schema.graphql and the JSON Schema of bundles, which are committed, and the client's typed
// documents with their ids, which are not.
// Given a folder, it writes only what is below it. With --check it writes nothing, and fails where something is stale.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import { introspectionFromSchema, isObjectType, printSchema } from 'graphql'
import { bundleJsonSchemaText } from './src/bundle/json-schema.ts'
import { schema } from './src/schema/index.ts'

interface Output {
  readonly filename: string
  readonly content: string
}

const options = {
  documentMode: 'string',
  importExtension: '.ts',
  emitLegacyCommonJSImports: false,
  useTypeImports: true,
  strictScalars: true,
  scalars: {
    ID: 'string',
    Bundle: 'unknown',
    CountryCode: 'string',
    Date: 'string',
    DateTime: 'string',
    EDTF: 'string',
    URL: 'string',
  },
}

const generated: Output[] = await generate(
  {
    silent: true,
    schema: printSchema(schema),
    generates: {
      'schema.graphql': { plugins: ['schema-ast'], config: { sort: true } },
      'src/generated/client/': {
        preset: 'client',
        documents: 'src/client/*.ts',
        presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
        config: options,
      },
      // The queries of the pages and of other formats are not for clients, so they are documents of their own.
      'src/generated/pages/': {
        preset: 'client',
        documents: ['src/pages/**/*.tsx', 'src/formats/*.ts', 'src/agents/*.ts'],
        presetConfig: { fragmentMasking: false },
        config: options,
      },
    },
  },
  false,
)

/** The schema as a type, for gql.tada: its own command needs TypeScript 6 or older. */
const introspection: Output = {
  filename: 'src/generated/client/introspection.ts',
  content: `export type introspection = ${JSON.stringify(introspectionFromSchema(schema, { descriptions: false }))}\n`,
}

/** The format of bundles, for editors and other programs. */
const bundleSchema: Output = {
  filename: 'docs/bundle.schema.json',
  content: bundleJsonSchemaText(),
}

/** As a module, since Node 20 warns of JSON that is imported. */
function asModule({ filename, content }: Output): Output {
  if (!filename.endsWith('/persisted-documents.json')) return { filename, content }
  const declaration = 'export const persistedDocuments: Readonly<Record<string, string>> ='
  return { filename: filename.replace(/json$/, 'ts'), content: `${declaration} ${content}\n` }
}

/** Adds `@requiresScope` to the fields that have it, because graphql-js prints no directives of a schema's own. */
function withScopes({ filename, content }: Output): Output {
  if (filename !== 'schema.graphql') return { filename, content }
  let type: string | undefined
  const lines = content.split('\n').map((line) => {
    type = /^\w+ (\w+).* \{$/.exec(line)?.[1] ?? type
    const [, field] = /^ {2}(\w+).*: [\w![\]]+$/.exec(line) ?? []
    const definition = type && field ? schema.getType(type) : undefined
    const scope = isObjectType(definition) && definition.getFields()[field ?? '']?.extensions['requiredScope']
    return scope ? `${line} @requiresScope(scope: "${scope}")` : line
  })
  return { filename, content: lines.join('\n') }
}

const outputs = [...generated.map(asModule).map(withScopes), introspection, bundleSchema].map(
  ({ filename, content }) => ({
    filename,
    // Programs that import the client shall need no other package, not even for its types.
    content: content.replace(`'@graphql-typed-document-node/core'`, `'../../client/document.ts'`),
  }),
)

const [argument = ''] = process.argv.slice(2)
if (argument === '--check') await check(outputs)
else await write(outputs.filter(({ filename }) => filename.startsWith(argument)))

async function write(outputs: readonly Output[]): Promise<void> {
  for (const { filename, content } of outputs) {
    await mkdir(dirname(filename), { recursive: true })
    await writeFile(filename, content)
  }
}

async function check(outputs: readonly Output[]): Promise<void> {
  for (const { filename, content } of outputs) {
    const present = await readFile(filename, 'utf8').catch(() => undefined)
    if (present === content) continue
    process.stderr.write(`${filename} is not up to date: run \`npm run generate\`, and commit what it changes\n`)
    process.exitCode = 1
  }
}
