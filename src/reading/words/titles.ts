const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** The last word of a title that stands before a name. With a capital letter. */
export const TITLE_HEADS = words(`
  Minister President Secretary Chancellor Ambassador Premier King Queen Emperor Prince Princess Emir Amir Sheikh Sheikha Sultan Pope
  Spokesperson Spokesman Spokeswoman Chairman Chairwoman Chair Chairperson Chief Director Envoy Commissioner General Senator
  Congressman Congresswoman Representative Governor Mayor Speaker Leader Adviser Advisor Counselor Counsellor Councillor
  Administrator Deputy Undersecretary Under-Secretary Attorney Justice Judge Admiral Colonel Major Captain Lieutenant Marshal
  Commander Consul Treasurer Taoiseach Ayatollah Officer Delegate Co-chair Sen. Rep. Gov. Gen. Col. Lt. Maj. Sgt. Adm. Professor
  Father Archbishop Bishop Cardinal Rabbi Imam Reverend Rev. Prof. Analyst Economist Director-General Secretary-General Officials
  Coordinator Negotiator Vice-President Vice-Premier Vice-Chancellor Chargé Nuncio Ombudsman Chargé Head Ministers Presidents
  Majesty Highness Excellency`)

/** Forms of address, with the gender that they tell. */
export const HONORIFICS: ReadonlyMap<string, 'female' | 'male' | undefined> = new Map([
  ...[...words('Mr. Mr Sir Lord Shri King Prince Sheikh Emperor Sultan Spokesman Congressman Chairman')].map(
    (word) => [word, 'male'] as const,
  ),
  ...[...words('Mrs. Mrs Ms. Ms Miss Lady Dame Smt Queen Princess Sheikha Spokeswoman Congresswoman Chairwoman')].map(
    (word) => [word, 'female'] as const,
  ),
  ['Dr.', undefined],
  ['Dr', undefined],
])

/** Words of titles before the last one. With a capital letter. */
export const TITLE_MODIFIERS = words(`
  Prime Foreign External Affairs Internal Interior Home Defence Defense Finance Treasury Trade Commerce State Deputy Vice Acting
  Former Ex- Assistant Under Permanent National Security Joint First Second Chief Executive Supreme Attorney Special Crown Union
  Federal European Council Commission Minister Secretary President Opposition Majority Minority House Senate White Press Health
  Energy Education Environment Justice Labor Labour Agriculture Transport Transportation Economy Economic Industry Culture
  Technology Principal Additional Senior Managing Party Central Bank Campaign Republican Democratic Ministerial Presidential
  Infrastructure Climate Interim Caretaker Outgoing Incoming Relations Cooperation Development International Planning Water
  Resources Immigration Fisheries Tourism Petroleum Mines Science Digital Maritime Civil Aviation Social Public Works Royal General Cyber Emerging Homeland Strategic Parliamentary`)

/** A word by which a name is that of an organization. */
export const ORGANIZATION_WORD =
  /^(?:Ministry|Department|Office|Council|Commission|Committee|Union|Nations|Bank|House|Senate|Congress|Parliament|Party|Agency|Network|Times|Post|News|Journal|Institute|University|College|School|Dialogue|Quad|Organization|Organisation|Association|Foundation|Corporation|Corp\.?|Inc\.?|Ltd\.?|Company|Group|Bureau|Court|Authority|Army|Navy|Force|Forces|Guard|Police|Embassy|Consulate|Mission|Administration|Campaign|Fund|Board|Federation|League|Alliance|Coalition|Front|Movement|Center|Centre|Service|Services|Press|Media|Television|Radio|Magazine|Herald|Tribune|Telegraph|Guardian|Reuters|Kremlin|Pentagon|Government|Cabinet|Assembly|Conference|Convention|Forum|Society|Trust|Club|Team|Reserve|Secretariat|Presidency|Treasury|Palace)$/
