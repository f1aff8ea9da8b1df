import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endAll, run } from '../program.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-agents-'))
})
afterAll(async () => {
  await endAll()
  await rm(folder, { recursive: true, force: true })
})

test('an assistant that starts the program uses the tools over its input and output', async () => {
  const env = { BILATERAL_DATA: join(folder, 'data') }
  expect(await run(['seed'], env)).toMatchObject({ code: 0 })
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['dist/main.js', 'mcp', '--site', 'https://example.org'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
  await client.connect(transport)
  const { tools } = await client.listTools()
  expect(tools).toHaveLength(8)
  const { structuredContent } = await client.callTool({
    name: 'verify_quotes',
    arguments: { items: [{ text: 'strong momentum', speaker: 'Jaishankar' }] },
  })
  expect(structuredContent).toMatchObject({
    checks: [{ grade: 'EXACT', nearest: [{ address: 'https://example.org/sources/daijiworld-2026-02-05?from=38' }] }],
  })
  await client.close()
})
