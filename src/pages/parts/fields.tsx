import type { Child, FC } from 'hono/jsx'

/** Names and values, in columns. A field whose value is null, undefined or false is left out; say what is not known in words instead. */
export const Fields: FC<{ fields: readonly (readonly [name: string, value: Child])[] }> = ({ fields }) => (
  <dl class="fields">
    {fields
      .filter(([, value]) => value !== null && value !== undefined && value !== false)
      .map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
  </dl>
)
