import { getDatamodel } from '../../generated/pothos.ts'

/** A column of a table. */
export interface Column {
  readonly kind: 'column'
  readonly sql: string
  /** Dates need a conversion, because JSON has none. */
  readonly isDate: boolean
}

/** A relation to the rows of another table whose `otherColumn` equals `column`. */
export interface Relation {
  readonly kind: 'relation'
  readonly model: string
  readonly isList: boolean
  readonly column: string
  readonly otherColumn: string
  /** Whether `column` is the foreign key, so that a value guarantees a row. */
  readonly refers: boolean
}

/** The SQL names of a Prisma model, quoted. */
export interface Table {
  readonly sql: string
  /** The primary key. Undefined if it has several columns. */
  readonly key: string | undefined
  readonly fields: ReadonlyMap<string, Column | Relation>
}

const { models } = getDatamodel().datamodel

/** Names in the database by the rule of the schema's `@map`. A test compares them with the database. */
const quoted = (name: string) => `"${name.replaceAll(/(?<=.)[A-Z]/g, '_$&').toLowerCase()}"`

/** The models with a time of day, while every DateTime of the others is a date, those of JSON, and that of the rate limiter. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'ApiKey',
  'Dataset',
  'Edition',
  'EditRequest',
  'KeySession',
  'MergedRow',
  'PersonMerge',
  'PersonUnmerge',
  'RateLimit',
  'Withdrawal',
  'WithdrawnRow',
])

type Field = (typeof models)[string]['fields'][number]

const fieldsOf = (model: string) => models[model]?.fields ?? []

/** The name of a model's primary key. */
const keyOf = (model: string) => fieldsOf(model).find(({ isId }) => isId)?.name

/** Undefined for relations that this folder does not support. The foreign keys of this schema have one column each, and refer to an id. */
function relationOf(
  model: string,
  { type, name, isList, relationName, relationFromFields }: Field,
): Relation | undefined {
  const back = fieldsOf(type).find(
    (other) => other.relationName === relationName && (other.name !== name || type !== model),
  )
  const [own, other] = relationFromFields?.length
    ? [relationFromFields[0], keyOf(type)]
    : [keyOf(model), back?.relationFromFields?.[0]]
  if (!own || !other || LEFT_OUT.has(type)) return undefined
  const refers = Boolean(relationFromFields?.length)
  return { kind: 'relation', model: type, isList, column: quoted(own), otherColumn: quoted(other), refers }
}

function tableOf(model: string): Table {
  const fields = fieldsOf(model).flatMap((field): [string, Column | Relation][] => {
    const made = field.kind === 'object' ? relationOf(model, field) : columnOf(field)
    return made ? [[field.name, made]] : []
  })
  const key = keyOf(model)
  return { sql: quoted(model), key: key && quoted(key), fields: new Map(fields) }
}

const columnOf = ({ name, type }: Field): Column => ({ kind: 'column', sql: quoted(name), isDate: type === 'DateTime' })

/** Tables by the names of their models. */
export const tables: ReadonlyMap<string, Table> = new Map(
  Object.keys(models)
    .filter((model) => !LEFT_OUT.has(model))
    .map((model) => [model, tableOf(model)]),
)
