/** What the slug of a record looks like. */
export const SLUG = /^[a-z0-9-]+$/

/** What the code of a country looks like. */
export const COUNTRY_CODE = /^([A-Z]{2}|[A-Z]{4}|X-[a-z0-9-]+)$/
