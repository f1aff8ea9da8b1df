/** The pattern of slugs. */
export const SLUG = /^[a-z0-9-]+$/

/** The pattern of country codes. */
export const COUNTRY_CODE = /^([A-Z]{2}|[A-Z]{4}|X-[a-z0-9-]+)$/
