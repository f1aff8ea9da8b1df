import type { Input } from './document.ts'

const organization = (slug: string, name: string, ...names: string[]): Input<'organizations'> => ({
  slug,
  name,
  names,
  kind: 'OTHER',
})

const UNITED_NATIONS = organization('united-nations', 'United Nations', 'UN')
const NATO: Input<'organizations'> = {
  ...organization('nato', 'North Atlantic Treaty Organization', 'NATO'),
  kind: 'ALLIANCE',
}
const EU = organization('european-union', 'European Union', 'EU')
const OAS = organization('organization-of-american-states', 'Organization of American States', 'OAS')
const ASEAN = organization('asean', 'Association of Southeast Asian Nations', 'ASEAN')
const AU = organization('african-union', 'African Union', 'AU')
const IAEA = organization('international-atomic-energy-agency', 'International Atomic Energy Agency', 'IAEA')

/** The organizations that have missions, by the ID of the mission. */
const MISSIONS: ReadonlyMap<string, Input<'organizations'>> = new Map([
  ['representative-to-un', UNITED_NATIONS],
  ['representative-uneo', organization('united-nations-office-at-geneva', 'European Office of the United Nations')],
  ['representative-unvo', organization('united-nations-office-at-vienna', 'Vienna Office of the United Nations')],
  [
    'representative-to-unafa',
    organization(
      'united-nations-agencies-for-food-and-agriculture',
      'United Nations Agencies for Food and Agriculture',
    ),
  ],
  [
    'representative-to-unesco',
    organization('unesco', 'United Nations Educational, Scientific and Cultural Organization', 'UNESCO'),
  ],
  ['representative-to-unido', organization('unido', 'United Nations Industrial Development Organization', 'UNIDO')],
  [
    'representative-to-icao',
    organization('international-civil-aviation-organization', 'International Civil Aviation Organization', 'ICAO'),
  ],
  ['representative-to-iaea', IAEA],
  ['representative-to-oecd', organization('oecd', 'Organization for Economic Cooperation and Development', 'OECD')],
  ['representative-to-osce', organization('osce', 'Organization for Security and Cooperation in Europe', 'OSCE')],
  ['representative-to-nato', NATO],
  ['representative-to-eu', EU],
  ['representative-to-oas', OAS],
  ['representative-to-asean', ASEAN],
  ['representative-to-au', AU],
])

export const organizationOf = (mission: string): Input<'organizations'> | undefined => MISSIONS.get(mission)

/** The names of organizations in remarks: "UN Secretary-General Annan". */
const WRITTEN: readonly (readonly [RegExp, Input<'organizations'>])[] = [
  [/\b(UN|U\.N\.|United Nations)(?!\w)/, UNITED_NATIONS],
  [/\b(NATO|North Atlantic)\b/, NATO],
  [/\b(EU|E\.U\.|EC|European (Union|Commission|Council|Community|Parliament))(?!\w)/, EU],
  [/\b(OAS|O\.A\.S\.|Organization of American States)(?!\w)/, OAS],
  [/\bASEAN\b/, ASEAN],
  [/\b(African Union|AU|OAU)\b/, AU],
  [/\b(IAEA|International Atomic Energy Agency)\b/, IAEA],
  [/\b(Arab League|League of Arab States)\b/, organization('arab-league', 'League of Arab States', 'Arab League')],
  [
    /\b(IMF|International Monetary Fund)\b/,
    organization('international-monetary-fund', 'International Monetary Fund', 'IMF'),
  ],
  [
    /\bRed Cross\b/,
    organization('international-committee-of-the-red-cross', 'International Committee of the Red Cross', 'ICRC'),
  ],
  [/\bWorld Bank\b/, organization('world-bank', 'World Bank')],
  [/\b(OSCE)\b/, organization('osce', 'Organization for Security and Cooperation in Europe', 'OSCE')],
  [/\b(GCC|Gulf Cooperation Council)\b/, organization('gulf-cooperation-council', 'Gulf Cooperation Council', 'GCC')],
  [/\bLeague of Nations\b/, organization('league-of-nations', 'League of Nations')],
  [/\bCommonwealth Secretary/, organization('commonwealth', 'Commonwealth of Nations')],
]

/** The organization that a title belongs to. */
export const organizationNamed = (title: string): Input<'organizations'> | undefined =>
  WRITTEN.find(([pattern]) => pattern.test(title))?.[1]
