/**
 * Words that tell a country in front of an office ("Egyptian", "Burkinabe") and names that stand for it in running
 * English and are not its name in CLDR. A country that was renamed has its present code, one that was divided or
 * absorbed its code of ISO 3166-3, and one that ISO 3166 never had an `X-` slug. Words that two countries share
 * ("Korean", "Congolese", "Dominican") have the code `?`: they are a country's, but do not tell which.
 */
const DEMONYMS = `
AD Andorran|AE Emirati;Emirates;UAE|AF Afghan;Afghani|AG Antiguan|AL Albanian|AM Armenian|AO Angolan
AR Argentine;Argentinian;Argentinean|AT Austrian|AU Australian|AZ Azerbaijani;Azeri|BA Bosnian;Bosnia;Bosnia-Herzegovina
BA Bosnia and Herzegovina;Herzegovinian|BB Barbadian|BD Bangladeshi;Bangladesh|BE Belgian|BF Burkinabe;Burkinabé;Upper Volta;Upper Voltan
BG Bulgarian|BH Bahraini|BI Burundian;Burundi|BJ Beninese;Dahomey;Dahomean|BN Bruneian;Brunei Darussalam|BO Bolivian
BR Brazilian|BS Bahamian|BT Bhutanese|BW Botswanan;Motswana|BY Belarusian;Belarussian;Byelorussian|BZ Belizean;Belize
CA Canadian|CD Zairian;Zairean;Zaire;Democratic Republic of the Congo;DRC|CF Central African;Central African Republic|? Congolese;Congo
CG Republic of the Congo|CH Swiss|CI Ivorian;Ivory Coast;Cote d'Ivoire;Cote d’Ivoire|CL Chilean|CM Cameroonian;Cameroon
CN Chinese;PRC;People's Republic of China;People’s Republic of China;Communist China|CO Colombian|CR Costa Rican|CU Cuban
CV Cape Verdean;Cabo Verde;Cape Verde|CY Cypriot;Greek Cypriot|CZ Czech;Czech Republic;Czechia|CSHH Czechoslovak;Czechoslovakian;Czechoslovakia
DE German;West German;West Germany;Federal Republic of Germany;FRG|DDDE East German;East Germany;German Democratic Republic;GDR
DJ Djiboutian|DK Danish|? Dominican|DO Dominican Republic|DZ Algerian|EC Ecuadorian;Ecuadorean|EE Estonian|EG Egyptian;United Arab Republic;UAR
ER Eritrean|ES Spanish|ET Ethiopian|FI Finnish|FJ Fijian|FR French|GA Gabonese|GD Grenadian
GB British;U.K.;UK;Great Britain;Britain;English;Scottish;Welsh;England;Scotland;Wales|GE Georgian|GH Ghanaian;Ghanian;Gold Coast
GM Gambian|GN Guinean|GQ Equatorial Guinean|GR Greek|GT Guatemalan|GW Bissau-Guinean;Guinea-Bissau|GY Guyanese;British Guiana
HN Honduran|HR Croatian;Croat|HT Haitian|HU Hungarian|ID Indonesian|IE Irish;Irish Republic|IL Israeli|IN Indian|IQ Iraqi|IR Iranian;Persian
IS Icelandic|IT Italian|JM Jamaican|JO Jordanian;Transjordan|JP Japanese|KE Kenyan|KG Kyrgyz;Kyrgyzstani;Kirghiz;Kyrgyz Republic
KH Cambodian;Kampuchean;Khmer|KM Comoran;Comorian|KN St. Christopher and Nevis;St. Kitts and Nevis;St. Kitts|? Korean;Korea
KP North Korean;North Korea;DPRK|KR South Korean;South Korea;Republic of Korea;ROK|KW Kuwaiti|KZ Kazakh;Kazakhstani;Kazakstan|LA Lao;Laotian;Laos
LB Lebanese|LC St. Lucian;St. Lucia|LI Liechtensteiner|LK Sri Lankan;Ceylonese;Ceylon|LR Liberian|LS Basotho;Lesotho|LT Lithuanian|LU Luxembourgish;Luxembourger
LV Latvian|LY Libyan|MA Moroccan|MC Monegasque;Monégasque|MD Moldovan;Moldavian|ME Montenegrin|MG Malagasy;Malagasy Republic
MH Marshallese;Republic of the Marshall Islands|MK Macedonian;North Macedonian;Macedonia;FYROM|ML Malian|MM Burmese;Burma;Myanmar|MN Mongolian
MR Mauritanian|MT Maltese|MU Mauritian|MV Maldivian|MW Malawian;Nyasaland|MX Mexican|MY Malaysian;Malayan;Malaya|MZ Mozambican;Mozambiquan
NA Namibian;South West Africa|NE Nigerien|NG Nigerian|NI Nicaraguan|NL Dutch;Holland|NO Norwegian|NP Nepalese;Nepali|NZ New Zealander|OM Omani
PA Panamanian|PE Peruvian|PG Papua New Guinean|PH Philippine;Filipino|PK Pakistani|PL Polish
PS Palestinian;Palestinian Authority;Palestinian National Authority|PT Portuguese|PW Palauan;Republic of Palau|PY Paraguayan|QA Qatari
RO Romanian;Rumanian;Rumania|RS Serbian|RU Russian;Russian Federation|RW Rwandan|SA Saudi;Saudi Arabian
SC Seychellois|SD Sudanese|SE Swedish|SG Singaporean;Singapore|SI Slovenian;Slovene|SK Slovak;Slovakian;Slovak Republic|SL Sierra Leonean;Sierra Leonian
SM San Marinese|SN Senegalese|SO Somali;Somalian|SR Surinamese|SS South Sudanese|ST Sao Tomean;Sao Tome and Principe|SUHH Soviet;Soviet Union;USSR;U.S.S.R.
SV Salvadoran;Salvadorean;Salvadorian|SY Syrian|SZ Swazi;Swaziland|TD Chadian|TG Togolese|TH Thai;Siamese;Siam|TJ Tajik;Tajikistani;Tadjikistan
TL Timorese;East Timorese;East Timor|TM Turkmen|TN Tunisian|TO Tongan|TR Turkish;Turkey|TT Trinidadian;Trinidad;Trinidad and Tobago
TW Taiwanese;Nationalist Chinese;Republic of China|TZ Tanzanian;Tanganyika;Tanganyikan|UA Ukrainian|UG Ugandan
US American;U.S.;US;United States|UY Uruguayan|UZ Uzbek;Uzbekistani|VA Vatican;Holy See;Papal|VC St. Vincent and the Grenadines;St. Vincent
VE Venezuelan|VN Vietnamese|X-north-vietnam North Vietnamese;North Vietnam|X-south-vietnam South Vietnamese;South Vietnam
WS Samoan|X-kosovo Kosovar;Kosovan;Kosovo|YE Yemeni|YDYE South Yemeni;South Yemen|YUCS Yugoslav;Yugoslavian;Yugoslavia|CSXX Serbia and Montenegro
ZA South African|ZM Zambian;Northern Rhodesia|ZW Zimbabwean;Rhodesian;Rhodesia;Southern Rhodesia`

/** Country code by name, folded; `?` where a word is a country's and does not tell which. */
const BY_NAME = new Map<string, string>()

/** The longest name, in words. */
let longest = 1

function learn(name: string, code: string) {
  BY_NAME.set(name.toLowerCase(), code)
  longest = Math.max(longest, name.split(' ').length)
}

/** What CLDR has names for that is no country: groups, private use, and parts of countries with a reserved code. */
const NO_COUNTRY = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '))

/** ISO 3166-1 alpha-2 by its names in CLDR. */
function learnNames() {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code)
    // CLDR names superseded codes by what supersedes them.
    const present = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
    if (name && present && !NO_COUNTRY.has(code)) learn(name.replaceAll('&', 'and'), code)
  }
}

learnNames()
for (const entry of DEMONYMS.trim().split(/[|\n]/)) {
  const space = entry.indexOf(' ')
  for (const name of entry.slice(space + 1).split(';')) learn(name, entry.slice(0, space))
}

/**
 * The country that the words from `at` name, the longest name first, and how many words that takes; `code` is missing
 * where the words are a country's and do not tell which. Names are written with capital letters.
 */
export function countryAt(words: readonly string[], at: number): { length: number; code?: string } | undefined {
  const begin = words[at]?.toLowerCase() === 'the' ? at + 1 : at
  if (!/^\p{Lu}/u.test(words[begin] ?? '')) return undefined
  for (let end = Math.min(begin + longest, words.length); end > begin; end--) {
    const code = BY_NAME.get(words.slice(begin, end).join(' ').toLowerCase())
    if (code) return code === '?' ? { length: end - at } : { length: end - at, code }
  }
  return undefined
}
