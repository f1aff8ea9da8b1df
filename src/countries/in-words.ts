/**
 * Words before an office that name its country: "Egyptian", "Burkinabe". A renamed country has its present code, a divided or
 * absorbed country its ISO 3166-3 code, and a country that ISO 3166 never listed an `X-` slug. Words that two countries share
 * ("Korean", "Congolese", "Dominican") or that mean only a part of a country have `?`: they do not identify one.
 */
const DEMONYMS = `
AD Andorran|AE Emirati|AF Afghan;Afghani|AG Antiguan|AL Albanian|AM Armenian|AO Angolan
AR Argentine;Argentinian;Argentinean|AT Austrian|AU Australian|AZ Azerbaijani;Azeri|BA Bosnian|BA Herzegovinian
BB Barbadian|BD Bangladeshi|BE Belgian|BF Burkinabe;Burkinabé;Upper Voltan|BG Bulgarian|BH Bahraini|BI Burundian
BJ Beninese;Dahomean|BN Bruneian|BO Bolivian|BR Brazilian|BS Bahamian|BT Bhutanese|BW Botswanan;Motswana
BY Belarusian;Belarussian;Byelorussian|BZ Belizean|CA Canadian|CD Zairian;Zairean|CF Central African|? Congolese
CH Swiss|CI Ivorian|CL Chilean|CM Cameroonian|CN Chinese|CO Colombian|CR Costa Rican|CU Cuban|CV Cape Verdean
CY Cypriot;Greek Cypriot|CZ Czech|CSHH Czechoslovak;Czechoslovakian|DE German;West German|DDDE East German
DJ Djiboutian|DK Danish|? Dominican|DZ Algerian|EC Ecuadorian;Ecuadorean|EE Estonian|EG Egyptian|ER Eritrean
ES Spanish|ET Ethiopian|FI Finnish|FJ Fijian|FR French|GA Gabonese|GD Grenadian|GB British
? English;Scottish;Welsh;Northern Irish|GE Georgian|GH Ghanaian;Ghanian|GM Gambian|GN Guinean|GQ Equatorial Guinean
GR Greek|GT Guatemalan|GW Bissau-Guinean|GY Guyanese|HN Honduran|HR Croatian;Croat|HT Haitian|HU Hungarian
ID Indonesian|IE Irish|IL Israeli|IN Indian|IQ Iraqi|IR Iranian;Persian|IS Icelandic|IT Italian|JM Jamaican
JO Jordanian|JP Japanese|KE Kenyan|KG Kyrgyz;Kyrgyzstani;Kirghiz|KH Cambodian;Kampuchean;Khmer|KM Comoran;Comorian
? Korean|KP North Korean|KR South Korean|KW Kuwaiti|KZ Kazakh;Kazakhstani|LA Lao;Laotian|LB Lebanese|LC St. Lucian
LI Liechtensteiner|LK Sri Lankan;Ceylonese|LR Liberian|LS Basotho|LT Lithuanian|LU Luxembourgish;Luxembourger
LV Latvian|LY Libyan|MA Moroccan|MC Monegasque;Monégasque|MD Moldovan;Moldavian|ME Montenegrin|MG Malagasy
MH Marshallese|MK Macedonian;North Macedonian|ML Malian|MM Burmese|MN Mongolian|MR Mauritanian|MT Maltese|MU Mauritian
MV Maldivian|MW Malawian|MX Mexican|MY Malaysian;Malayan|MZ Mozambican;Mozambiquan|NA Namibian|NE Nigerien|NG Nigerian
NI Nicaraguan|NL Dutch|NO Norwegian|NP Nepalese;Nepali|NZ New Zealander|OM Omani|PA Panamanian|PE Peruvian
PG Papua New Guinean|PH Philippine;Filipino|PK Pakistani|PL Polish|PS Palestinian|PT Portuguese|PW Palauan
PY Paraguayan|QA Qatari|RO Romanian;Rumanian|RS Serbian|RU Russian|RW Rwandan|SA Saudi;Saudi Arabian|SC Seychellois
SD Sudanese|SE Swedish|SG Singaporean|SI Slovenian;Slovene|SK Slovak;Slovakian|SL Sierra Leonean;Sierra Leonian
SM San Marinese|SN Senegalese|SO Somali;Somalian|SR Surinamese|SS South Sudanese|ST Sao Tomean|SUHH Soviet
SV Salvadoran;Salvadorean;Salvadorian|SY Syrian|SZ Swazi|TD Chadian|TG Togolese|TH Thai;Siamese
TJ Tajik;Tajikistani;Tadjikistan|TL Timorese;East Timorese|TM Turkmen|TN Tunisian|TO Tongan|TR Turkish|TT Trinidadian
TW Taiwanese;Nationalist Chinese;Chinese Nationalist|TZ Tanzanian;Tanganyikan|UA Ukrainian|UG Ugandan|US American|UY Uruguayan
UZ Uzbek;Uzbekistani|VA Papal|VE Venezuelan|VN Vietnamese|X-north-vietnam North Vietnamese
X-south-vietnam South Vietnamese|WS Samoan|X-kosovo Kosovar;Kosovan|YE Yemeni|YDYE South Yemeni
YUCS Yugoslav;Yugoslavian|ZA South African|ZM Zambian|ZW Zimbabwean;Rhodesian`

/** Common English names of countries that differ from CLDR. */
const NAMES = `
AE Emirates;UAE|BA Bosnia;Bosnia-Herzegovina|BA Bosnia and Herzegovina|BD Bangladesh|BF Upper Volta|BI Burundi
BJ Dahomey|BN Brunei Darussalam|BZ Belize|CD Zaire;Democratic Republic of the Congo;DRC|CF Central African Republic
? Congo|CG Republic of the Congo|CI Ivory Coast;Cote d'Ivoire;Cote d’Ivoire|CM Cameroon
CN PRC;People's Republic of China;People’s Republic of China;Communist China|CV Cabo Verde;Cape Verde
CZ Czech Republic;Czechia|CSHH Czechoslovakia|DE West Germany;Federal Republic of Germany;FRG
DDDE East Germany;German Democratic Republic;GDR|DO Dominican Republic|EG United Arab Republic;UAR|FM Federated States of Micronesia
GB U.K.;UK;Great Britain;Britain|? Northern Ireland;England;Scotland;Wales|GH Gold Coast|GW Guinea-Bissau
GY British Guiana|IE Irish Republic|JO Transjordan|KG Kyrgyz Republic
KN St. Christopher and Nevis;St. Kitts and Nevis;St. Kitts|? Korea|KP North Korea;DPRK
KR South Korea;Republic of Korea;ROK|KZ Kazakstan|LA Laos|LC St. Lucia|LK Ceylon|LS Lesotho|MG Malagasy Republic
MH Republic of the Marshall Islands|MK Macedonia;FYROM|MM Burma;Myanmar|MW Nyasaland|MY Malaya|NA South West Africa
NL Holland|PS Palestinian Authority;Palestinian National Authority|PW Republic of Palau|RO Rumania
RU Russian Federation;Russian Republic|SG Singapore|SK Slovak Republic|ST Sao Tome and Principe|SUHH Soviet Union;USSR;U.S.S.R.
SZ Swaziland|TH Siam|TL East Timor|TR Turkey|TT Trinidad;Trinidad and Tobago|TW Republic of China|TZ Tanganyika
US U.S.;US;United States|VA Vatican;Holy See|VC St. Vincent and the Grenadines;St. Vincent
X-north-vietnam North Vietnam|X-south-vietnam South Vietnam|X-kosovo Kosovo|YDYE South Yemen|YUCS Yugoslavia
CSXX Serbia and Montenegro|ZM Northern Rhodesia|ZW Rhodesia;Southern Rhodesia`

/** Country codes by folded name, and whether the name is a noun. */
const BY_NAME = new Map<string, { code: string; noun: boolean }>()

/** Number of words in the longest name. */
let longest = 1

function learn(name: string, code: string, noun: boolean) {
  BY_NAME.set(name.toLowerCase(), { code, noun })
  longest = Math.max(longest, name.split(' ').length)
}

/** Codes with names in CLDR that are not countries: groups, private use, and parts of countries with a reserved code. */
const NO_COUNTRY = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '))

/** ISO 3166-1 alpha-2 codes by name in CLDR. */
function learnNames() {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code)
    // CLDR gives a superseded code the name of its successor.
    const present = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
    if (name && present && !NO_COUNTRY.has(code)) learn(name.replaceAll('&', 'and'), code, true)
  }
}

function learnWords(text: string, noun: boolean) {
  for (const entry of text.trim().split(/[|\n]/)) {
    const space = entry.indexOf(' ')
    for (const name of entry.slice(space + 1).split(';')) learn(name, entry.slice(0, space), noun)
  }
}

learnNames()
learnWords(DEMONYMS, false)
learnWords(NAMES, true)

/** Words that name a country. */
interface CountryWords {
  /** Number of words, including an article. */
  readonly length: number
  /** Undefined if the words can mean several countries. */
  readonly code?: string
  /** "Egypt" is a noun, "Egyptian" is not. */
  readonly noun: boolean
}

/** The country that the words from `at` name; the longest name wins. Names start with capital letters. */
export function countryAt(words: readonly string[], at: number): CountryWords | undefined {
  const begin = words[at]?.toLowerCase() === 'the' ? at + 1 : at
  if (!/^\p{Lu}/u.test(words[begin] ?? '')) return undefined
  for (let end = Math.min(begin + longest, words.length); end > begin; end--) {
    const found = BY_NAME.get(words.slice(begin, end).join(' ').toLowerCase())
    if (found) return { length: end - at, noun: found.noun, ...(found.code !== '?' && { code: found.code }) }
  }
  return undefined
}
