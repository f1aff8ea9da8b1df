// The ceiling of answers from a cache: the HTTP server of the service, Yoga, with a ready text for every question.

import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'

const { ANSWER = '', PORT } = process.env

const yoga = createYoga({
  schema: createSchema({ typeDefs: 'type Query { ready: Boolean }' }),
  plugins: [{ onParams: ({ setResult }) => setResult({ stringify: () => ANSWER } as never) }],
  logging: false,
  graphiql: false,
  landingPage: false,
})

createServer(yoga).listen(Number(PORT), '127.0.0.1')
