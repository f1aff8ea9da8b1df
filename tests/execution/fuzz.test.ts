import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { both, expectSame, expectSameButForCauses, type Given } from './compare.ts'

/** Number of documents to try: 1,000 in `npm run test:all`, 100,000 in `npm run test:long`. */
const DOCUMENTS = Number(process.env['FUZZ_DOCUMENTS'] ?? 400)

type How = Given['how']

/** How fields fail: a third of them at once or late. */
const failing = (...failures: How[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<How>(undefined) },
    { weight: 2, arbitrary: fc.constant<How>(failures.includes('reject') ? 'later' : undefined) },
    { weight: 2, arbitrary: fc.constantFrom<How>(...failures) },
  )

/** Records with fields that are there, null, late, or fail; of either type. */
function recordsOf(hows: fc.Arbitrary<How>, slow: fc.Arbitrary<boolean>) {
  const given = (value: fc.Arbitrary<unknown>) => fc.record({ how: hows, value })
  const { thing } = fc.letrec((tie) => ({
    thing: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'record', withCrossShrink: true },
      fc.constant({ is: 'Thing', name: null, must: 'leaf', number: 1, needs: { must: 'n', all: [] }, all: [] }),
      fc.record({
        is: fc.constant('Thing'),
        slow,
        name: given(fc.option(fc.string())),
        must: given(fc.oneof({ weight: 9, arbitrary: fc.string() }, { weight: 1, arbitrary: fc.constant(null) })),
        number: given(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(null, 'no number', 1.5))),
        kind: given(fc.constantFrom('PLAIN', 'FANCY', 'ODD', null)),
        one: given(fc.option(tie('thing'))),
        needs: given(fc.oneof({ weight: 9, arbitrary: tie('thing') }, { weight: 1, arbitrary: fc.constant(null) })),
        some: given(fc.oneof(fc.array(fc.option(tie('thing')), { maxLength: 3 }), fc.constant('no list'))),
        all: given(fc.array(tie('thing'), { maxLength: 2 })),
        grid: given(fc.array(fc.array(fc.option(fc.nat(9), { freq: 9 }), { maxLength: 2 }), { maxLength: 2 })),
        either: given(fc.option(tie('either'))),
        named: given(fc.option(tie('either'))),
        eithers: given(fc.array(tie('either'), { maxLength: 2 })),
      }),
    ),
    other: fc.record({
      is: fc.constantFrom('Other', 'Other', 'Other', 'Query'),
      slow,
      name: given(fc.option(fc.string())),
      count: given(fc.option(fc.nat(9), { freq: 9 })),
    }),
    either: fc.oneof({ maxDepth: 4, depthIdentifier: 'record' }, tie('other'), tie('thing')),
  })) as { thing: fc.Arbitrary<object> }
  return fc.record({ thing: given(fc.option(thing, { freq: 9 })), things: given(fc.array(thing, { maxLength: 2 })) })
}

const LEAVES = ['name', 'must', 'number', 'kind', 'grid', '__typename', 'echo', 'echo(text: $text, times: $times)']
const CONDITIONS = ['', '', '', '', ' @include(if: $a)', ' @skip(if: $b)', ' @skip(if: false)']

const condition = fc.constantFrom(...CONDITIONS)
/** Each field has few aliases, all its own, so that fields often come twice and never conflict. */
const aliased = fc.constantFrom('', '1', '2')
const alias = (field: string, suffix: string) => (suffix ? `${field.split('(')[0]}${suffix}${field.length}: ` : '')

const spread = fc.tuple(fc.nat(3), condition).map(([n, when]) => `...F${n}${when}`)

/** Selections on each type. Fragments spread only those with a higher number, so that none goes round in a circle. */
const { onThing, onEither, onNamed } = fc.letrec((tie) => {
  const leaf = fc
    .tuple(fc.constantFrom(...LEAVES), aliased, condition)
    .map(([f, a, when]) => `${alias(f, a)}${f}${when}`)
  const field = (names: string[], selections: string) =>
    fc
      .tuple(fc.constantFrom(...names), aliased, condition, tie(selections))
      .map(([f, a, when, inner]) => `${alias(f, a)}${f}${when} ${inner}`)
  const set = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 4 }).map((some) => `{ ${some.join(' ')} }`)
  const depth = { maxDepth: 4, depthIdentifier: 'document' } as const
  return {
    onThing: set(
      fc.oneof(
        depth,
        leaf,
        leaf,
        spread,
        field(['one', 'needs', 'some', 'all'], 'onThing'),
        field(['either', 'eithers'], 'onEither'),
        field(['named'], 'onNamed'),
        fc.tuple(condition, tie('onThing')).map(([when, inner]) => `...${when} ${inner}`),
      ),
    ),
    onEither: set(
      fc.oneof(
        depth,
        fc.constant('__typename'),
        tie('onThing').map((inner) => `... on Thing ${inner}`),
        fc.constant('... on Other { name count }'),
      ),
    ),
    onNamed: set(
      fc.oneof(
        depth,
        fc.constantFrom('name', '__typename', 'n: name'),
        tie('onThing').map((inner) => `... on Thing ${inner}`),
        fc.constant('... on Other { count }'),
      ),
    ),
  }
}) as Record<'onThing' | 'onEither' | 'onNamed', fc.Arbitrary<string>>

const documents = fc
  .tuple(onThing, onThing, onEither, onNamed, fc.array(onThing, { minLength: 4, maxLength: 4 }))
  .map(([one, other, either, named, fragments]) => {
    const bodies = fragments.map((body, i) => {
      const forward = body.replace(/\.\.\.F(\d)[^.{}]*?(?=[ }])/g, (text, n) => (Number(n) > i ? text : '__typename'))
      return `fragment F${i} on Thing ${forward}`
    })
    const fields = `thing ${one} things ${other} first: thing { either ${either} named ${named} ...F0 ...F1 ...F2 ...F3 }`
    return `query ($a: Boolean!, $b: Boolean!, $text: String, $times: Int! = 3) { ${fields} } ${bodies.join(' ')}`
  })

const variables = fc.record(
  { a: fc.boolean(), b: fc.boolean(), text: fc.option(fc.string()), times: fc.nat(9) },
  { requiredKeys: ['a', 'b'] },
)

// Where an element of a list fails at once, graphql-js leaves the promises of others behind, which may be rejected.
const listeners = process.listeners('unhandledRejection')
beforeAll(() => void process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {}))
afterAll(() => {
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
})

test.each([
  ['of which some fail at once', recordsOf(failing('throw', 'error'), fc.constant(false)), expectSame],
  // Which of several failures beneath one null is reported depends on which is noticed first.
  [
    'of which some are late and some fail',
    recordsOf(failing('throw', 'reject', 'error'), fc.boolean()),
    expectSameButForCauses,
  ],
])(
  `planned execution returns what graphql-js returns, for ${DOCUMENTS / 2} random documents and records, %s`,
  async (_how, records, compare) => {
    await fc.assert(
      fc.asyncProperty(documents, records, variables, async (source, rootValue, values) => {
        const results = await both(source, rootValue, values)
        // Large documents are refused or left to graphql-js.
        fc.pre(results.executor === 'planned')
        compare(results)
      }),
      { numRuns: DOCUMENTS / 2 },
    )
  },
  // A backstop, as elsewhere.
  300_000 + 50 * DOCUMENTS,
)
