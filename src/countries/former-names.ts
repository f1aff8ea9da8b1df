/** Codes that ISO 3166 has withdrawn, or that others use, with the code of the state. */
export const FORMER_CODES: ReadonlyMap<string, string> = new Map(
  `BU MM BUR MM DD DDDE DDR DDDE CSK CSHH SCG CSXX SU SUHH SUN SUHH YU YUCS YUG YUCS YD YDYE YMD YDYE ZR CD ZAR CD TP TL TMP TL
  VD VDVN VDR VDVN DY BJ DHY BJ HV BF HVO BF RH ZW RHO ZW NH VU NHB VU AN ANHH ANT ANHH PZ PZPA PCZ PZPA ROM RO UK GB EL GR XK X-kosovo
  XKX X-kosovo XKK X-kosovo GDR DDDE FRG DE ROC TW PRC CN ROK KR DPRK KP DRC CD`
    .split(/\s+/)
    .flatMap((code, i, all) => (i % 2 === 0 ? [[code, all[i + 1] as string] as const] : [])),
)

/** Names that neither ISO 3166 nor the table of the archives has: official, former and short ones. A name twice is ambiguous. */
export const NAMES: readonly (readonly [name: string, code: string])[] = `
AE: Trucial States
AR: Argentine Republic
BA: Bosnia
BD: East Pakistan
BF: Upper Volta
BJ: Dahomey
BN: Nation of Brunei
BW: Bechuanaland
BY: Byelorussia, Belorussia, Byelorussian SSR
BZ: British Honduras
CD: Congo, DR Congo, D.R. Congo, DRC, Democratic Republic of Congo, Belgian Congo, Congo-Leopoldville
CF: Ubangi-Shari, Central African Empire
CG: Congo, Republic of Congo, People's Republic of the Congo, French Congo, Congo-Brazzaville
CH: Swiss Confederation
CI: Ivory Coast
CN: PRC, P.R. China, Communist China, Mainland China
DDDE: GDR, DDR, Democratic Republic of Germany
DE: FRG, BRD, Federal Republic of Germany, German Federal Republic, Bundesrepublik Deutschland
FM: Federated States of Micronesia
GA: Gabonese Republic
GB: UK, U.K., Britain, United Kingdom of Great Britain and Northern Ireland, United Kingdom of Great Britain and Ireland
GH: Gold Coast
GQ: Spanish Guinea
GR: Hellenic Republic
GW: Portuguese Guinea
GY: British Guiana
ID: Dutch East Indies
IE: Eire, Irish Free State, Republic of Ireland
IR: Persia
IT: Italian Republic
JO: Transjordan
KG: Kirghizia, Kirgizia
KH: Kampuchea, Khmer Republic
KP: Korea, DPRK, D.P.R. Korea, Democratic People's Republic of Korea, Korea DPR
KR: Korea, ROK
LA: Lao PDR, Lao
LB: Lebanese Republic
LS: Basutoland
MD: Moldavia
MK: FYROM, Former Yugoslav Republic of Macedonia
MM: Union of Burma
MW: Nyasaland
MX: United Mexican States
NL: Holland
PT: Portuguese Republic
RO: Rumania, Roumania
SK: Slovak Republic
SR: Dutch Guiana
SUHH: USSR, U.S.S.R., Soviet Russia
SY: Syrian Arab Republic
TG: Togolese Republic
TL: Portuguese Timor
TN: Tunisian Republic
TT: Trinidad, Tobago
TW: Republic of China, ROC, Nationalist China, Chinese Taipei, Formosa
UA: Ukrainian SSR
US: U.S., US, USA, U.S.A., America
UY: Oriental Republic of Uruguay
VA: Holy See, Vatican City State
VDVN: Democratic Republic of Vietnam
VG: Virgin Islands
VI: Virgin Islands
VN: Republic of Vietnam, Viet Nam
VU: New Hebrides
X-kosovo: Kosovo
X-korea: Korea
YDYE: Yemen People's Republic, People's Republic of Southern Yemen, People's Democratic Republic of Yemen
YE: Yemen Arab Republic, North Yemen
YUCS: Federal Republic of Yugoslavia, FR Yugoslavia, Jugoslavia
ZA: Union of South Africa
ZM: Northern Rhodesia
ZW: Rhodesia, Southern Rhodesia
`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [code = '', names = ''] = line.split(': ')
    return names.split(', ').map((name) => [name, code] as const)
  })
