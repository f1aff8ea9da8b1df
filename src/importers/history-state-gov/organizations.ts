import { international } from '../../countries/organizations.ts'
import type { Input } from './document.ts'

const organization = (slug: string, name: string, ...names: string[]): Input<'organizations'> => ({
  slug,
  name,
  names,
  kind: 'OTHER',
})

/** The organizations that have missions, by the ID of the mission. */
const MISSIONS = new Map<string, Input<'organizations'>>([
  ['representative-to-un', international('united-nations')],
  ['representative-uneo', organization('united-nations-office-at-geneva', 'European Office of the United Nations')],
  ['representative-unvo', organization('united-nations-office-at-vienna', 'Vienna Office of the United Nations')],
  [
    'representative-to-unafa',
    organization(
      'united-nations-agencies-for-food-and-agriculture',
      'United Nations Agencies for Food and Agriculture',
    ),
  ],
  ['representative-to-unesco', international('unesco')],
  ['representative-to-unido', organization('unido', 'United Nations Industrial Development Organization', 'UNIDO')],
  [
    'representative-to-icao',
    organization('international-civil-aviation-organization', 'International Civil Aviation Organization', 'ICAO'),
  ],
  ['representative-to-iaea', international('international-atomic-energy-agency')],
  ['representative-to-oecd', international('oecd')],
  ['representative-to-osce', international('osce')],
  ['representative-to-nato', international('nato')],
  ['representative-to-eu', international('european-union')],
  ['representative-to-oas', international('organization-of-american-states')],
  ['representative-to-asean', international('asean')],
  ['representative-to-au', international('african-union')],
])

export const organizationOf = (mission: string): Input<'organizations'> | undefined => MISSIONS.get(mission)

/** The names of organizations in remarks: "UN Secretary-General Annan". */
const WRITTEN: readonly (readonly [RegExp, Input<'organizations'>])[] = [
  [/\b(UN|U\.N\.|United Nations)(?!\w)/, international('united-nations')],
  [
    /\b(North Atlantic|NATO(['’]s)?( Permanent)?) Council\b/,
    organization('north-atlantic-council', 'North Atlantic Council', 'NATO Council'),
  ],
  [/\b(NATO|North Atlantic Treaty Organization)\b/, international('nato')],
  [
    /\b(EU|E\.U\.|EC|EEC|European (Union|Commission|Council|Community|Economic Community|Parliament))(?!\w)/,
    international('european-union'),
  ],
  [
    /\b(OAS|O\.A\.S\.|Organization of American States)( General Assembly)?(?!\w)/,
    international('organization-of-american-states'),
  ],
  [/\bASEAN\b/, international('asean')],
  [/\b(African Union|AU|OAU)\b/, international('african-union')],
  [/\b(IAEA|International Atomic Energy Agency)\b/, international('international-atomic-energy-agency')],
  [/\b(Arab League|League of Arab States)\b/, international('arab-league')],
  [/\b(IMF|International Monetary Fund)\b/, international('international-monetary-fund')],
  [/\bRed Cross\b/, international('international-committee-of-the-red-cross')],
  [/\bWorld Bank\b/, international('world-bank')],
  [/\b(OSCE)\b/, international('osce')],
  [/\b(GCC|Gulf Cooperation Council)\b/, international('gulf-cooperation-council')],
  [/\bECOWAS\b/, international('ecowas')],
  [/\bCaricom\b/i, international('caricom')],
  [/\bContact Group\b/, organization('contact-group', 'Contact Group')],
  [/\bQuartet\b/, organization('middle-east-quartet', 'Middle East Quartet', 'Quartet')],
  [
    /\bIGAD\b/,
    organization('intergovernmental-authority-on-development', 'Intergovernmental Authority on Development', 'IGAD'),
  ],
  [
    /\bOrganization of Eastern Caribbean States\b/,
    organization('organization-of-eastern-caribbean-states', 'Organization of Eastern Caribbean States', 'OECS'),
  ],
  [
    /\bIBRD\b/,
    organization(
      'international-bank-for-reconstruction-and-development',
      'International Bank for Reconstruction and Development',
      'IBRD',
    ),
  ],
  [/\bIraqi Governing Council\b/, organization('iraqi-governing-council', 'Iraqi Governing Council')],
  [
    /\bCoalition Provisional Authority\b/,
    organization('coalition-provisional-authority', 'Coalition Provisional Authority'),
  ],
  [/\bSyrian National Council\b/, organization('syrian-national-council', 'Syrian National Council')],
  [/\bAfghan Interim Authority\b/, organization('afghan-interim-authority', 'Afghan Interim Authority')],
  [/\bLeague of Nations\b/, international('league-of-nations')],
  [/\bCommonwealth Secretary/, international('commonwealth')],
]

/** The organization that a title belongs to. */
export const organizationNamed = (title: string): Input<'organizations'> | undefined =>
  WRITTEN.find(([pattern]) => pattern.test(title))?.[1]

/** True if words are the whole name of an organization or of one of its organs. */
export const isOrganization = (words: string): boolean =>
  WRITTEN.some(([pattern]) => pattern.exec(words)?.[0] === words)
