import type { FC } from 'hono/jsx'

interface FilterFormProps {
  /** The parameter of the URL. */
  readonly name: string
  readonly label: string
  readonly value: string | null
}

/** Narrows a list by a text. Without a text, it shows all again. */
export const FilterForm: FC<FilterFormProps> = ({ name, label, value }) => (
  <form class="filter-form">
    <label for="filter">{label}</label>
    <input id="filter" name={name} value={value ?? ''} dir="auto" maxlength={100} />
    <button type="submit" class="button">
      Show
    </button>
    {value && <a href="?">Show all</a>}
  </form>
)
