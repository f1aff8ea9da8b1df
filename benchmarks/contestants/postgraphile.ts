// PostGraphile 5 over the tables of the service, set up as for production.

import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { makeJSONPgSmartTagsPlugin } from 'postgraphile/utils'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'

const hidden = { tags: { behavior: '-*' } }

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [makeJSONPgSmartTagsPlugin({ version: 1, config: { attribute: { 'public.search_index.vector': hidden } } })],
  // It hides orders and filters by columns without an index of their own, such as the places of participants.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({
      connectionString: process.env['DATABASE_URL'],
      schemas: ['public', 'bench_peer'],
      poolConfig: { max: Number(process.env['DATABASE_POOL']) },
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
}

const server = createServer()
await postgraphile(preset).createServ(grafserv).addTo(server)
server.listen(Number(process.env['PORT']), '127.0.0.1')
