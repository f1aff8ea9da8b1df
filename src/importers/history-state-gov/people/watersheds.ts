/**
 * Days on which a person was followed by somebody with the same name in the same country: a son, a brother or a namesake. A name
 * before such a day is never matched with the same name after it. This is general knowledge, reviewed by hand. It only
 * prevents matches.
 */
const TABLE = `
AF khan 1973-07-17
AG bird 1994-03-08
AR fernandez 2015-12-10
AR kirchner 2007-12-10
AZ aliyev 2003-10-31
BA izetbegovic 2003-10-19
BB adams 1985-03-11
BD rahman 1975-08-15
BD zia 1988-01-01
BE albert 1934-02-17
BE michel 2010-01-01
BO paz 2010-01-01
BR costa 1970-01-01
BW khama 1980-07-13
CA trudeau 2000-01-01
CD kabila 2001-01-16
CL alessandri 1955-01-01
CL frei 1985-01-01
CN li 1998-03-17
CO lleras 1964-01-01
CO lopez 1955-01-01
CO ospina 1935-01-01
CO pastrana 1985-01-01
CO santos 1970-01-01
CR calderon 1970-01-01
CR figueres 1985-01-01
CU batista 1945-01-01
CU castro 2006-07-31
DE schroeder 1980-01-01
DK rasmussen 2001-11-27
DK rasmussen 2009-04-05
DO fernandez 2012-08-16
DO trujillo 1961-05-30
EC arosemena 1965-01-01
EC noboa 2010-01-01
EC plaza 1930-01-01
EG fuad 1936-04-28
FR giscard 1995-01-01
GA bongo 2009-06-08
GB edward 1936-01-20
GB elizabeth 1952-02-06
GB george 1936-01-20
GB macdonald 1950-01-01
GR karamanlis 1995-01-01
GR mitsotakis 2000-01-01
GR papandreou 1972-01-01
GR papandreou 1996-06-23
GT arevalo 1980-01-01
HN zelaya 2009-06-28
HT duvalier 1971-04-21
IE cosgrave 1950-01-01
IL herzog 2000-01-01
IL rivlin 1990-01-01
IN gandhi 1966-01-01
IN gandhi 1984-10-31
IN singh 1997-01-01
IQ arif 1966-04-13
IQ faisal 1933-09-08
IR pahlavi 1941-09-16
JM manley 1969-07-04
JO abdullah 1975-01-01
JO hussein 1999-02-07
JP abe 1990-01-01
JP fukuda 1990-01-01
JP hatoyama 1980-01-01
JP kono 2010-01-01
JP nakasone 2000-01-01
JP suzuki 1960-01-01
JP tanaka 1980-01-01
KE kenyatta 1990-01-01
KG bakiyev 2010-04-15
KH hun 2023-08-22
KH norodom 1993-09-24
KP kim 1994-07-08
KP kim 2011-12-17
KR chang 1960-01-01
KR chun 1960-01-01
KR kim 1998-02-25
KR lee 1970-01-01
KR lee 2000-01-01
KR park 1995-01-01
KR roh 1998-01-01
KR yoon 1975-01-01
KR yun 1975-01-01
KW sabah 1977-12-31
KW sabah 2006-01-15
LB chamoun 1987-08-07
LB gemayel 1982-09-14
LB hariri 2005-02-14
LB karami 1987-06-01
LB salam 2000-01-01
LB solh 1951-07-16
LK bandaranaike 1959-09-26
LK rajapaksa 2019-11-18
LK senanayake 1952-03-22
LR johnson 2000-01-01
MA mohammed 1980-01-01
MU jugnauth 2003-09-30
MU ramgoolam 1985-12-15
MW banda 2000-01-01
MW mutharika 2012-04-05
MX calderon 1990-01-01
MX lopez 1970-01-01
MY abdul 1980-01-01
MY hussein 1990-01-01
MY rahman 1975-01-01
MY razak 1990-01-01
NG yar 2010-05-05
NI chamorro 1978-01-10
NI somoza 1956-09-29
NI somoza 1967-04-12
NO stoltenberg 1995-01-01
NP koirala 1990-01-01
NP koirala 2010-01-01
PA arias 1937-01-01
PA chiari 1945-01-01
PA delvalle 1970-01-01
PA torrijos 1981-07-31
PE garcia 1995-01-01
PE prado 1930-01-01
PH aquino 2000-01-01
PH macapagal 1985-01-01
PH marcos 2000-01-01
PH roxas 1980-01-01
PK bhutto 1979-04-04
PK khan 1969-03-25
PK khan 1980-01-01
PK sharif 2018-01-01
PK zardari 2015-01-01
PL kaczynski 2010-04-10
PY gonzalez 1960-01-01
QA hamad 2013-06-25
RU ivanov 1998-01-01
SA abdullah 1980-01-01
SA faisal 1975-03-25
SA saud 1953-11-09
SE carlsson 1980-01-01
SG lee 1997-01-01
SV sanchez 2000-01-01
SY assad 2000-06-10
TD deby 2021-04-20
TG eyadema 2005-02-05
TG gnassingbe 2005-02-05
TH shinawatra 2008-12-01
TH shinawatra 2014-05-07
TH thanom 1990-01-01
TM berdimuhamedow 2022-03-19
TR inonu 1985-01-01
TT robinson 1990-01-01
TW chiang 1975-04-05
UY batlle 1985-01-01
UY lacalle 2005-01-01
VE perez 1985-01-01
VE rodriguez 2000-01-01
VN ngo 1963-11-02
VN nguyen 1975-04-30
WS tupua 1990-01-01
ZA botha 1990-01-01
ZA zuma 2009-05-09
`

const DAYS = new Map<string, string[]>()
for (const line of TABLE.trim().split('\n')) {
  const [country, word, day] = line.split(' ') as [string, string, string]
  DAYS.set(`${country} ${word}`, [...(DAYS.get(`${country} ${word}`) ?? []), day])
}

/** True if a name in a country meant different people on two days. */
export function isWatershed(country: string, word: string, one: string, other: string): boolean {
  const [first, last] = one < other ? [one, other] : [other, one]
  return (DAYS.get(`${country} ${word}`) ?? []).some((day) => first < day && last >= day)
}

/** Number of watersheds of a name up to a day. The name means one person, or none known, between two of them. */
export const sideOf = (country: string, word: string, day: string): number =>
  (DAYS.get(`${country} ${word}`) ?? []).filter((watershed) => watershed <= day).length

/** Offices that one person held for long, and whose common name alone identifies the holder. Reviewed by hand. */
const HOLDERS: readonly (readonly [country: string, word: string, kinds: RegExp, from: string, to: string])[] = [
  ['SA', 'saud', /^foreign-minister$/, '1975-10-13', '2015-04-29'],
  ['SA', 'abdullah', /^(crown-prince|monarch)$/, '1982-06-13', '2015-01-23'],
  ['AO', 'santos', /^president$/, '1979-09-21', '2017-09-26'],
  ['CO', 'lopez', /^president$/, '1934-01-01', '1945-08-07'],
  ['MY', 'rahman', /^prime-minister$/, '1957-08-31', '1970-09-22'],
  ['QA', 'thani', /^(prime-minister|foreign-minister)$/, '1996-10-29', '2013-06-26'],
]

/** True if a name with an office on a day means the known holder. */
export const isKnownHolder = (country: string, word: string, kind: string, day: string): boolean =>
  HOLDERS.some(
    ([code, name, kinds, from, to]) =>
      code === country && name === word && kinds.test(kind) && day >= from && day <= to,
  )

/** True if several people of this name led the country, so that it identifies nobody across offices. */
export const isDynasty = (country: string, word: string): boolean => DAYS.has(`${country} ${word}`)

/** Family names so common in a country that the name alone identifies a person only for a short time. */
const COMMON = new Set(
  `kim lee li yi park pak choi choe chung jung jeong han yoon yun kang cho chang jang shin lim wang zhang chen liu yang wu nguyen tran pham le
  singh sharma khan rahman ali ahmed mohammed hassan hussein abdullah ibrahim salem omar rodriguez gonzalez gonzales
  lopez perez garcia sanchez martinez hernandez gomez fernandez diaz ramirez flores castro alvarez silva santos costa pereira
  hansen jensen nielsen andersen andersson johansson larsen smith brown jones williams johnson diallo traore keita toure
  sy ba ndiaye diop kone coulibaly ouattara saud sabah thani khalifa nahyan maktoum said hashemi khoury popov ivanov petrov novak
  suzuki sato tanaka ito watanabe takahashi kobayashi kumar chowdhury islam haq bin`.split(/\s+/),
)

export const isCommon = (word: string): boolean => COMMON.has(word)

/** Given names that never follow a title directly if a family name is given. */
const GIVEN = new Set(
  `john james george william charles robert henry edward thomas joseph josef paul peter michael david richard carlos jose juan
  luis jorge manuel antonio francisco pedro miguel rafael fernando alfredo ernesto julio mario eduardo alberto oscar hugo
  jean pierre jacques francois giulio giovanni carlo hans karl willy helmut andrei ivan nikolai sergei aleksandr`.split(
    /\s+/,
  ),
)

export const isGivenName = (word: string): boolean => GIVEN.has(word)

/** States that continued under another code, with the same people. */
const FAMILIES: Readonly<Record<string, string>> = {
  SUHH: 'RU',
  CSXX: 'RS',
  YUCS: 'RS',
  ME: 'RS',
  CSHH: 'CZ',
  SK: 'CZ',
  VDVN: 'VN',
  YDYE: 'YE',
  'X-korea': 'KR',
  'X-sardinia': 'IT',
  'X-prussia': 'DE',
  'X-austria-hungary': 'AT',
  'X-austrian-empire': 'AT',
}

/** States that a larger one became, and whose leaders had been its ministers before: “Foreign Minister Shevardnadze”. */
const PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  SUHH: new Set('AM AZ BY EE GE KG KZ LT LV MD TJ TM UA UZ'.split(' ')),
  YUCS: new Set('BA HR MK SI XK'.split(' ')),
}

export const isPartOf = (country: string, whole: string): boolean => PARTS[whole]?.has(country) ?? false

/** The country used for comparing people: the same for a state and its successors. */
export const familyOf = (country: string): string => FAMILIES[country] ?? country
