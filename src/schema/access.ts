import { DirectiveLocation, GraphQLDirective, GraphQLNonNull, GraphQLString } from 'graphql'
import type { CallerKey } from '../access/caller.ts'
import { type Key, listKeys } from '../access/keys.ts'
import { type RequiredScope, type Scope, scopesOf } from '../access/scopes.ts'
import { builder } from './builder.ts'
import { aStatement, type Weight } from './lists/weight.ts'

/** Maximum number of keys in a response. */
const MOST_KEYS = 500

/** Marks the fields that need a scope in `schema.graphql`. `execution/required-scopes.ts` refuses requests without it. */
export const requiresScope = new GraphQLDirective({
  name: 'requiresScope',
  description:
    'The field needs a key with this scope: `read`, `edit` or `admin`. A higher scope includes the lower ones.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { scope: { type: new GraphQLNonNull(GraphQLString), description: 'The scope.' } },
})

/** The description and the extensions of a field that needs a scope. */
export const needing = (scope: Scope, description: string, weight?: Weight) => ({
  description: `${description} Requires a key with the scope \`${scope}\`.`,
  extensions: { ...weight, requiredScope: scope, directives: { requiresScope: { scope } } } satisfies RequiredScope,
})

const AccessScope = builder.enumType('AccessScope', {
  description: 'What a key allows.',
  values: {
    READ: { value: 'read', description: 'Read everything.' },
    EDIT: { value: 'edit', description: 'Also change data.' },
    ADMIN: { value: 'admin', description: 'Also list the keys.' },
  } as const satisfies Record<Uppercase<Scope>, { value: Scope; description: string }>,
})

const Viewer = builder.objectRef<CallerKey>('Viewer').implement({
  description: 'The key with which a request was sent.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the key, as the operator wrote it.' }),
    scopes: t.field({ type: [AccessScope], description: 'What the key allows.', resolve: ({ scopes }) => [...scopes] }),
  }),
})

const AccessKey = builder.objectRef<Key>('AccessKey').implement({
  description: 'A key of the API. The key itself is not stored, so no response contains it.',
  fields: (t) => ({
    id: t.exposeString('id', {
      description: 'The start of the key’s random part, as in the log and in `bilateral key revoke`.',
    }),
    name: t.exposeString('name', { description: 'Name of the key, as the operator wrote it.' }),
    scopes: t.field({
      type: [AccessScope],
      description: 'What the key allows.',
      resolve: ({ scope }) => [...scopesOf(scope)],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key expires. Null if it does not expire.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was revoked. Null if it is valid.',
    }),
    lastUsed: t.expose('lastUsed', {
      type: 'Date',
      nullable: true,
      description: 'The last day on which the key was used, in UTC. Null if it was not used.',
    }),
  }),
})

builder.queryFields((t) => ({
  viewer: t.field({
    type: Viewer,
    nullable: true,
    description: 'Returns the key with which the request was sent. Null if it was sent without a key.',
    resolve: (_root, _args, { exchange }) => {
      exchange.isPersonal = true
      return exchange.caller.key ?? null
    },
  }),
  keys: t.field({
    type: [AccessKey],
    ...needing('admin', `Returns the ${MOST_KEYS} newest keys, the newest first.`, {
      ...aStatement,
      listSize: () => MOST_KEYS,
    }),
    resolve: async (_root, _args, { database, exchange }) => {
      exchange.isPersonal = true
      return await listKeys(database, MOST_KEYS)
    },
  }),
}))
