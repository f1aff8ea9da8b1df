// The limit: node:http, and one statement by hand for each question, whose answer is passed on as it is. It speaks as much of
// GraphQL over HTTP as the same load needs.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { statements } from './limit-sql.ts'

const { DATABASE_URL: connectionString, DATABASE_POOL } = process.env
const pool = new pg.Pool({ connectionString, max: Number(DATABASE_POOL) })

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { operationName: name, variables } = JSON.parse(Buffer.concat(chunks).toString())
  const { text, values } = statements[name] as (typeof statements)[string]
  const { rows } = await pool.query<{ answer: string }>({ name, text, values: values(variables) })
  const body = `{"data":${rows[0]?.answer ?? null}}`
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}

createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
}).listen(Number(process.env['PORT']), '127.0.0.1')
