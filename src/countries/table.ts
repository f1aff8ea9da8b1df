/** A country that an ID of the publisher stands for. */
interface TableCountry {
  readonly code: string
  /** The name in titles: `India`, `the Netherlands`. */
  readonly name: string
}

/**
 * All IDs in the publisher's lists of countries and missions, and their spellings in rows, reviewed by hand: ID, code and name.
 * The code is ISO 3166-1 alpha-2 if there is one; for a state that only changed its name (Burma, Zaire) it is today's code. It is
 * ISO 3166-3 for a state that ended, otherwise `X-` and a slug (ISO has no code for Kosovo).
 */
const TABLE = `
afghanistan AF Afghanistan
albania AL Albania
algeria DZ Algeria
american-samoa AS American Samoa
andorra AD Andorra
angola AO Angola
anguilla AI Anguilla
antarctica AQ Antarctica
antigua-and-barbuda AG Antigua and Barbuda
antigua-barbuda AG Antigua and Barbuda
argentina AR Argentina
armenia AM Armenia
aruba AW Aruba
ascension-island SH Saint Helena, Ascension and Tristan da Cunha
australia AU Australia
austria AT Austria
austria-hungary X-austria-hungary Austria-Hungary
austrian-empire X-austrian-empire the Austrian Empire
azerbaijan AZ Azerbaijan
azores PT Portugal
baden X-baden Baden
bahamas BS the Bahamas
bahrain BH Bahrain
bangladesh BD Bangladesh
barbados BB Barbados
bavaria X-bavaria Bavaria
belarus BY Belarus
belgium BE Belgium
belize BZ Belize
benin BJ Benin
bermuda BM Bermuda
bhutan BT Bhutan
bolivia BO Bolivia
bosnia BA Bosnia and Herzegovina
bosnia-and-herzegovina BA Bosnia and Herzegovina
bosnia-herzegovina BA Bosnia and Herzegovina
botswana BW Botswana
brazil BR Brazil
british-virgin-islands VG the British Virgin Islands
brunei BN Brunei
brunei-darussalam BN Brunei
brunswick-and-luneburg X-brunswick-luneburg Brunswick and Lüneburg
brunswick-luneburg X-brunswick-luneburg Brunswick and Lüneburg
bulgaria BG Bulgaria
burkina-faso BF Burkina Faso
burma MM Burma
burundi BI Burundi
cabo-verde CV Cape Verde
cambodia KH Cambodia
cameroon CM Cameroon
canada CA Canada
cape-verde CV Cape Verde
cayman-islands KY the Cayman Islands
central-african-republic CF the Central African Republic
central-american-federation X-central-american-federation the Central American Federation
ceylon LK Sri Lanka
chad TD Chad
chile CL Chile
china CN China
colombia CO Colombia
comoros KM the Comoros
congo-brazzaville CG the Republic of the Congo
congo-democratic-republic CD the Democratic Republic of the Congo
congo-free-state X-congo-free-state the Congo Free State
congo-kinshasa CD the Democratic Republic of the Congo
congo-republic CG the Republic of the Congo
cook-islands CK the Cook Islands
costa-rica CR Costa Rica
cote-d-ivoire CI Côte d’Ivoire
cote-divoire CI Côte d’Ivoire
croatia HR Croatia
cuba CU Cuba
curacao CW Curaçao
cyprus CY Cyprus
czech-republic CZ the Czech Republic
czechia CZ the Czech Republic
czechoslovakia CSHH Czechoslovakia
democratic-republic-of-the-congo CD the Democratic Republic of the Congo
denmark DK Denmark
djibouti DJ Djibouti
dominica DM Dominica
dominican-republic DO the Dominican Republic
duchy-of-parma X-parma Parma
duchy-parma X-parma Parma
east-germany DDDE the German Democratic Republic
east-timor TL Timor-Leste
ecuador EC Ecuador
egypt EG Egypt
el-salvador SV El Salvador
equatorial-guinea GQ Equatorial Guinea
eritrea ER Eritrea
estonia EE Estonia
eswatini SZ Eswatini
ethiopia ET Ethiopia
falkland-islands FK the Falkland Islands
federal-government-germany X-frankfurt-federal-government the Federal Government of Germany
fiji FJ Fiji
finland FI Finland
france FR France
french-polynesia PF French Polynesia
gabon GA Gabon
gambia GM the Gambia
gaza PS Palestine
gaza-strip PS Palestine
genoa X-genoa Genoa
georgia GE Georgia
german-democratic-republic DDDE the German Democratic Republic
germany DE Germany
ghana GH Ghana
gibraltar GI Gibraltar
grand-duchy-of-tuscany X-tuscany Tuscany
grand-duchy-tuscany X-tuscany Tuscany
great-britain GB the United Kingdom
greece GR Greece
greenland GL Greenland
grenada GD Grenada
guadeloupe GP Guadeloupe
guam GU Guam
guatemala GT Guatemala
guinea GN Guinea
guinea-bissau GW Guinea-Bissau
guyana GY Guyana
haiti HT Haiti
hanover X-hanover Hanover
hanseatic-republics X-hanseatic-republics the Hanseatic Republics
hawaii X-hawaii Hawaii
hesse X-hesse Hesse
hesse-cassel X-hesse-cassel Hesse-Cassel
hesse-darmstadt X-hesse-darmstadt Hesse-Darmstadt
holy-see VA the Holy See
honduras HN Honduras
hong-kong HK Hong Kong
hungary HU Hungary
iceland IS Iceland
india IN India
indonesia ID Indonesia
iran IR Iran
iraq IQ Iraq
ireland IE Ireland
israel IL Israel
italy IT Italy
ivory-coast CI Côte d’Ivoire
jamaica JM Jamaica
japan JP Japan
jordan JO Jordan
joseon-dynasty X-korea Korea
kazakhstan KZ Kazakhstan
kenya KE Kenya
kingdom-of-hawaii X-hawaii Hawaii
kingdom-of-sardinia X-sardinia Sardinia
kingdom-of-the-two-sicilies X-two-sicilies the Two Sicilies
kingdom-of-two-sicilies X-two-sicilies the Two Sicilies
kingdom-of-yugoslavia YUCS Yugoslavia
kiribati KI Kiribati
korea KR Korea
korea-north KP North Korea
korea-south KR South Korea
kosovo X-kosovo Kosovo
kuwait KW Kuwait
kyrgyz-republic KG Kyrgyzstan
kyrgyzstan KG Kyrgyzstan
laos LA Laos
latvia LV Latvia
lebanon LB Lebanon
lesotho LS Lesotho
lew-chew X-ryukyu Ryukyu
liberia LR Liberia
libya LY Libya
liechtenstein LI Liechtenstein
lithuania LT Lithuania
luxembourg LU Luxembourg
macao MO Macao
macau MO Macao
macedonia MK Macedonia
madagascar MG Madagascar
malawi MW Malawi
malaya MY Malaya
malaysia MY Malaysia
maldives MV the Maldives
mali ML Mali
malta MT Malta
marshall-islands MH the Marshall Islands
martinique MQ Martinique
mauritania MR Mauritania
mauritius MU Mauritius
mecklenburg-schwerin X-mecklenburg-schwerin Mecklenburg-Schwerin
mecklenburg-strelitz X-mecklenburg-strelitz Mecklenburg-Strelitz
mexico MX Mexico
micronesia FM Micronesia
moldova MD Moldova
monaco MC Monaco
mongolia MN Mongolia
montenegro ME Montenegro
montserrat MS Montserrat
morocco MA Morocco
mozambique MZ Mozambique
myanmar MM Burma
namibia NA Namibia
nassau X-nassau Nassau
nauru NR Nauru
nepal NP Nepal
netherlands NL the Netherlands
netherlands-antilles ANHH the Netherlands Antilles
new-caledonia NC New Caledonia
new-zealand NZ New Zealand
newfoundland X-newfoundland Newfoundland
nicaragua NI Nicaragua
niger NE Niger
nigeria NG Nigeria
niue NU Niue
north-german-confederation X-north-german-confederation the North German Confederation
north-german-union X-north-german-confederation the North German Confederation
north-korea KP North Korea
north-macedonia MK Macedonia
northern-mariana-islands MP the Northern Mariana Islands
norway NO Norway
oldenburg X-oldenburg Oldenburg
oman OM Oman
orange-free-state X-orange-free-state the Orange Free State
ottoman-empire TR Turkey
pakistan PK Pakistan
palau PW Palau
palestine PS Palestine
palestinian-authority PS Palestine
palestinian-territories PS Palestine
panama PA Panama
panama-canal-zone PZPA the Panama Canal Zone
papal-states X-papal-states the Papal States
papua-new-guinea PG Papua New Guinea
paraguay PY Paraguay
parma X-parma Parma
peru PE Peru
peru-bolivian-confederation X-peru-bolivian-confederation the Peru-Bolivian Confederation
philippines PH the Philippines
piedmont-sardinia X-sardinia Sardinia
poland PL Poland
portugal PT Portugal
prussia X-prussia Prussia
puerto-rico PR Puerto Rico
qatar QA Qatar
republic-of-genoa X-genoa Genoa
republic-of-korea KR South Korea
republic-of-macedonia MK Macedonia
republic-of-the-congo CG the Republic of the Congo
republic-of-venice X-venice Venice
republic-texas X-texas Texas
romania RO Romania
russia RU Russia
rwanda RW Rwanda
ryukyu X-ryukyu Ryukyu
saint-kitts-and-nevis KN Saint Kitts and Nevis
saint-kitts-nevis KN Saint Kitts and Nevis
saint-lucia LC Saint Lucia
saint-vincent-and-the-grenadines VC Saint Vincent and the Grenadines
saint-vincent-grenadines VC Saint Vincent and the Grenadines
samoa WS Samoa
san-marino SM San Marino
sao-tome-and-principe ST São Tomé and Príncipe
sao-tome-principe ST São Tomé and Príncipe
sardinia X-sardinia Sardinia
saudi-arabia SA Saudi Arabia
saxony X-saxony Saxony
schaumburg-lippe X-schaumburg-lippe Schaumburg-Lippe
senegal SN Senegal
serbia RS Serbia
serbia-and-montenegro CSXX Serbia and Montenegro
serbia-montenegro CSXX Serbia and Montenegro
seychelles SC Seychelles
siam TH Thailand
sierra-leone SL Sierra Leone
singapore SG Singapore
sint-maarten SX Sint Maarten
slovak-republic SK Slovakia
slovakia SK Slovakia
slovenia SI Slovenia
solomon-islands SB the Solomon Islands
somalia SO Somalia
somoa WS Samoa
south-africa ZA South Africa
south-korea KR South Korea
south-sudan SS South Sudan
south-yemen YDYE South Yemen
soviet-union SUHH the Soviet Union
spain ES Spain
sri-lanka LK Sri Lanka
st-kitts-and-nevis KN Saint Kitts and Nevis
st-lucia LC Saint Lucia
st-vincent-and-the-grenadines VC Saint Vincent and the Grenadines
sudan SD Sudan
suriname SR Suriname
swaziland SZ Swaziland
sweden SE Sweden
switzerland CH Switzerland
syria SY Syria
taiwan TW Taiwan
tajikistan TJ Tajikistan
tanganyika TZ Tanzania
tanzania TZ Tanzania
texas X-texas Texas
thailand TH Thailand
the-bahamas BS the Bahamas
the-gambia GM the Gambia
tibet X-tibet Tibet
timor-leste TL Timor-Leste
togo TG Togo
tonga TO Tonga
transvaal X-transvaal the Transvaal
trinidad-and-tobago TT Trinidad and Tobago
trinidad-tobago TT Trinidad and Tobago
tunisia TN Tunisia
turkey TR Turkey
turkiye TR Turkey
turkmenistan TM Turkmenistan
turks-and-caicos-islands TC the Turks and Caicos Islands
tuscany X-tuscany Tuscany
tuvalu TV Tuvalu
two-sicilies X-two-sicilies the Two Sicilies
uganda UG Uganda
ukraine UA Ukraine
union-of-soviet-socialist-republics SUHH the Soviet Union
united-arab-emirates AE the United Arab Emirates
united-arab-republic EG the United Arab Republic
united-kingdom GB the United Kingdom
united-states US the United States
united-states-of-america US the United States
uruguay UY Uruguay
us-virgin-islands VI the U.S. Virgin Islands
ussr SUHH the Soviet Union
uzbekistan UZ Uzbekistan
vanuatu VU Vanuatu
vatican VA the Holy See
vatican-city VA the Holy See
venezuela VE Venezuela
vietnam VN Vietnam
vietnam-north VDVN North Vietnam
vietnam-south VN Vietnam
virgin-islands VI the U.S. Virgin Islands
wake-island UM Wake Island
west-bank PS Palestine
west-bank-and-gaza PS Palestine
west-germany DE Germany
western-samoa WS Samoa
wurttemberg X-wurttemberg Württemberg
yemen YE Yemen
yemen-aden YDYE South Yemen
yemen-sanaa YE Yemen
yemen-south YDYE South Yemen
yugoslavia YUCS Yugoslavia
zaire CD the Democratic Republic of the Congo
zambia ZM Zambia
zanzibar X-zanzibar Zanzibar
zimbabwe ZW Zimbabwe
`

export const COUNTRIES: ReadonlyMap<string, TableCountry> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [id = '', code = '', ...name] = line.split(' ')
      return [id, { code, name: name.join(' ') }]
    }),
)

/** IDs that stand for several states. The label in the row decides, otherwise the day; `until` is exclusive. */
interface Relabelled {
  readonly id: string
  readonly labelled?: RegExp
  readonly since?: string
  readonly until?: string
  readonly code: string
}

/** The first entry that fits decides. */
export const RELABELLED: readonly Relabelled[] = [
  { id: 'russia', since: '1922-12-30', until: '1991-12-26', code: 'SUHH' },
  { id: 'russia', until: '1922-12-30', code: 'RU' },
  { id: 'russia', labelled: /U\.?S\.?S\.?R|Soviet/i, code: 'SUHH' },
  { id: 'germany', labelled: /Democratic Republic|East/i, code: 'DDDE' },
  { id: 'yemen', labelled: /Democratic|South|Aden/i, code: 'YDYE' },
  { id: 'vietnam', labelled: /Democratic|North/i, code: 'VDVN' },
  // From 1949 on, "China, Republic of" is the government in Taipei.
  { id: 'china', labelled: /^(?!.*People).*Republic/i, since: '1949-10-01', code: 'TW' },
  { id: 'taiwan', until: '1949-10-01', code: 'CN' },
  { id: 'korea', labelled: /South|Republic of/i, code: 'KR' },
  { id: 'korea', labelled: /North|Democratic/i, code: 'KP' },
  { id: 'korea', until: '1948-08-15', code: 'X-korea' },
  { id: 'serbia', labelled: /Montenegro/i, code: 'CSXX' },
  { id: 'serbia', labelled: /Yugoslavia/i, code: 'YUCS' },
  { id: 'serbia', since: '1992-04-27', until: '2003-02-04', code: 'YUCS' },
  { id: 'serbia', since: '2003-02-04', until: '2006-06-05', code: 'CSXX' },
  { id: 'montenegro', labelled: /Serbia/i, code: 'CSXX' },
  { id: 'czech-republic', labelled: /Czechoslovakia/i, code: 'CSHH' },
  { id: 'slovakia', labelled: /Czechoslovakia/i, code: 'CSHH' },
  { id: 'tanzania', labelled: /Zanzibar(?!.*Tanganyika)/i, code: 'X-zanzibar' },
]

/** The state that followed another, from a day on. */
export interface Successor {
  readonly code: string
  readonly since: string
}

/** Labels outlive states: from that day on, the successor is meant. A state that was divided has no single successor. */
export const SUCCESSORS: ReadonlyMap<string, Successor> = new Map([
  ['SUHH', { code: 'RU', since: '1991-12-26' }],
  ['DDDE', { code: 'DE', since: '1990-10-03' }],
  ['YDYE', { code: 'YE', since: '1990-05-22' }],
  ['VDVN', { code: 'VN', since: '1976-07-02' }],
  ['YUCS', { code: 'CSXX', since: '2003-02-04' }],
  ['CSXX', { code: 'RS', since: '2006-06-05' }],
])

/** Names of states that share their ID with another state. */
export const FORMER: ReadonlyMap<string, string> = new Map([
  ['SUHH', 'the Soviet Union'],
  ['DDDE', 'the German Democratic Republic'],
  ['KR', 'South Korea'],
  ['DE', 'Germany'],
  ['VN', 'Vietnam'],
  ['X-korea', 'Korea'],
])
