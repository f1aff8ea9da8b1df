import { getDatamodel } from '../../generated/pothos.ts'

/** A column of a table. */
export interface Column {
  readonly kind: 'column'
  readonly sql: string
  /** JSON has no dates. */
  readonly isDate: boolean
}

/** How rows of another table belong to those of a table: where the two columns agree. */
export interface Relation {
  readonly kind: 'relation'
  readonly model: string
  readonly isList: boolean
  readonly column: string
  readonly otherColumn: string
  /** Whether its column refers to the other's, so that where there is one there is the other. */
  readonly refers: boolean
}

/** What SQL needs to know of a Prisma model. Names in SQL are quoted. */
export interface Table {
  readonly sql: string
  /** The column that other tables refer to; none where that takes several. */
  readonly key: string | undefined
  readonly fields: ReadonlyMap<string, Column | Relation>
}

const { models } = getDatamodel().datamodel

/** As the schema's `@map` writes names in the database; held against the database by a test. */
const quoted = (name: string) => `"${name.replaceAll(/(?<=.)[A-Z]/g, '_$&').toLowerCase()}"`

type Field = (typeof models)[string]['fields'][number]

const fieldsOf = (model: string) => models[model]?.fields ?? []

/** The field of a model that others refer to. */
const keyOf = (model: string) => fieldsOf(model).find(({ isId }) => isId)?.name

/** The foreign keys of this schema have one column each, and refer to the other's id. */
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
  if (!own || !other) return undefined
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

/** The table of each Prisma model, by the model's name; but for the one that has a time, since dates here are days. */
export const tables: ReadonlyMap<string, Table> = new Map(
  Object.keys(models)
    .filter((model) => model !== 'Dataset')
    .map((model) => [model, tableOf(model)]),
)
