/** Titles of the two offices that stand for a state in the chart, as the sources write them, where they are not the usual ones. */
const TITLES: Readonly<Record<string, readonly [string, string]>> = {
  CN: ['President', 'Premier'],
  DE: ['Chancellor', 'Foreign Minister'],
  GB: ['Prime Minister', 'Foreign Secretary'],
  IL: ['Prime Minister', 'Foreign Minister'],
  IN: ['Prime Minister', 'Foreign Minister'],
  JP: ['Prime Minister', 'Foreign Minister'],
  SUHH: ['General Secretary', 'Premier'],
  US: ['President of the United States', 'Secretary of State'],
}

/** Titles of the offices of a state that the chart shows. */
export const leadingOffices = (code: string): readonly [string, string] =>
  TITLES[code] ?? ['President', 'Prime Minister']
