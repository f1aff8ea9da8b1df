/** An organization of states, as a record of a bundle. */
interface International {
  readonly slug: string
  readonly name: string
  readonly names: string[]
  readonly kind: 'ALLIANCE' | 'OTHER'
}

/** Slug, name, and other names, between semicolons. The military alliances are marked with a star. */
const TABLE = `
african-union; African Union; AU
apec; Asia-Pacific Economic Cooperation; APEC
arab-league; League of Arab States; Arab League
asean; Association of Southeast Asian Nations; ASEAN
brics; BRICS
caricom; Caribbean Community; CARICOM
commonwealth; Commonwealth of Nations; The Commonwealth
commonwealth-of-independent-states; Commonwealth of Independent States; CIS
council-of-europe; Council of Europe
ecowas; Economic Community of West African States; ECOWAS
european-union; European Union; EU
g20; G20; Group of Twenty
g7; G7; Group of Seven
gulf-cooperation-council; Gulf Cooperation Council; GCC
international-atomic-energy-agency; International Atomic Energy Agency; IAEA
international-committee-of-the-red-cross; International Committee of the Red Cross; ICRC
international-monetary-fund; International Monetary Fund; IMF
league-of-nations; League of Nations
mercosur; Mercosur; Southern Common Market
*nato; North Atlantic Treaty Organization; NATO; North Atlantic Treaty Organisation
oecd; Organization for Economic Cooperation and Development; OECD; Organisation for Economic Co-operation and Development
opec; Organization of the Petroleum Exporting Countries; OPEC
organisation-of-islamic-cooperation; Organisation of Islamic Cooperation; OIC
organization-of-american-states; Organization of American States; OAS
osce; Organization for Security and Cooperation in Europe; OSCE; Organization for Security and Co-operation in Europe
saarc; South Asian Association for Regional Cooperation; SAARC
shanghai-cooperation-organisation; Shanghai Cooperation Organisation; SCO
unesco; United Nations Educational, Scientific and Cultural Organization; UNESCO
united-nations; United Nations; UN
*warsaw-treaty-organization; Warsaw Treaty Organization; Warsaw Pact
world-bank; World Bank
world-health-organization; World Health Organization; WHO
world-trade-organization; World Trade Organization; WTO
`

/** Organizations of states that sources name where they name countries. */
export const internationalOrganizations: readonly International[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [slug = '', name = '', ...names] = line.replace('*', '').split('; ')
    return { slug, name, names, kind: line.startsWith('*') ? 'ALLIANCE' : 'OTHER' }
  })

const BY_SLUG = new Map(internationalOrganizations.map((organization) => [organization.slug, organization]))

/** The organization with a slug of the table. */
export function international(slug: string): International {
  const organization = BY_SLUG.get(slug)
  if (!organization) throw new Error(`no organization ${slug}`)
  return organization
}
