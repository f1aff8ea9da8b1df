import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Kind } from '../concepts.ts'
import { records } from '../format.ts'
import type { Placed } from '../records.ts'

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

/** Number of records of a row group: as many are in memory at once. */
const ROW_GROUP = 10_000

/** The column of a field: text, a whole number, or a list as JSON. Any of them can be null. */
function columnOf(name: string, field: Field): SchemaElement {
  const { type } = innermost(field).def
  if (type === 'number') return { name, type: 'INT32', repetition_type: 'OPTIONAL' }
  const converted_type = type === 'array' ? 'JSON' : 'UTF8'
  return { name, type: 'BYTE_ARRAY', converted_type, repetition_type: 'OPTIONAL' }
}

interface Field {
  readonly def: { readonly type: string; readonly innerType?: Field }
}

const innermost = (field: Field): Field => (field.def.innerType ? innermost(field.def.innerType) : field)

/** Writes records of one kind as a Parquet file, whose columns are the fields of the format. Each method returns the next bytes of it. */
export class ParquetTable {
  readonly #columns: readonly SchemaElement[]
  readonly #bytes = new ByteWriter()
  readonly #writer: ParquetWriter
  #rows: Readonly<Record<string, unknown>>[] = []

  constructor(kind: Kind) {
    this.#columns = Object.entries(records[kind].shape).map(([name, field]) =>
      columnOf(name, field as unknown as Field),
    )
    const root = { name: 'root', num_children: this.#columns.length }
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema: [root, ...this.#columns] })
  }

  /** Adds a record. Most records only wait for the rest of their row group. */
  add({ record }: Placed): Uint8Array {
    this.#rows.push(record as unknown as Record<string, unknown>)
    if (this.#rows.length === ROW_GROUP) this.#writeRows()
    return this.#taken()
  }

  /** The rest of the file. */
  end(): Uint8Array {
    if (this.#rows.length > 0) this.#writeRows()
    this.#writer.finish()
    return this.#taken()
  }

  #writeRows(): void {
    const columnData = this.#columns.map(({ name }) => ({ name, data: this.#rows.map((row) => row[name] ?? null) }))
    this.#writer.write({ columnData, rowGroupSize: ROW_GROUP })
    this.#rows = []
  }

  #taken(): Uint8Array {
    const { buffer, index } = this.#bytes
    this.#bytes.index = 0
    return new Uint8Array(buffer.slice(0, index))
  }
}
