/** The seats of governments, which stand for them: "talks between New Delhi and Washington". */
const CAPITALS = `
  IN New Delhi;Delhi|US Washington|CN Beijing|RU Moscow|GB London|FR Paris|DE Berlin|JP Tokyo|UA Kyiv;Kiev|PK Islamabad|IR Tehran
  IQ Baghdad|TR Ankara|IL Jerusalem|EG Cairo|SA Riyadh|KR Seoul|KP Pyongyang|AU Canberra|CA Ottawa|IT Rome|ES Madrid|BE Brussels
  PL Warsaw|BD Dhaka|LK Colombo|NP Kathmandu|AF Kabul|VN Hanoi|ID Jakarta|PH Manila|TH Bangkok|QA Doha|AE Abu Dhabi|KE Nairobi
  ZA Pretoria|BR Brasilia;Brasília|AR Buenos Aires|MX Mexico City|CU Havana|VE Caracas|AT Vienna|CH Bern|GR Athens|NO Oslo
  SE Stockholm|DK Copenhagen|FI Helsinki|HU Budapest|CZ Prague|BY Minsk|SY Damascus|LB Beirut|JO Amman|PT Lisbon|IE Dublin
  NL The Hague|RO Bucharest|BG Sofia|RS Belgrade|HR Zagreb|SI Ljubljana|SK Bratislava|LT Vilnius|LV Riga|EE Tallinn|IS Reykjavik
  GE Tbilisi|AM Yerevan|AZ Baku|KZ Astana|UZ Tashkent|KG Bishkek|TJ Dushanbe|TM Ashgabat|MN Ulaanbaatar|MM Naypyidaw|KH Phnom Penh
  LA Vientiane|MY Kuala Lumpur|BN Bandar Seri Begawan|TL Dili|NZ Wellington|FJ Suva|PG Port Moresby|OM Muscat|BH Manama|YE Sanaa
  MA Rabat|DZ Algiers|TN Tunis|LY Tripoli|SD Khartoum|ET Addis Ababa|SO Mogadishu|ER Asmara|UG Kampala|RW Kigali|TZ Dodoma
  CD Kinshasa|CG Brazzaville|AO Luanda|MZ Maputo|ZM Lusaka|ZW Harare|BW Gaborone|NA Windhoek|GH Accra|NG Abuja|SN Dakar|ML Bamako
  CL Santiago|PE Lima|CO Bogota;Bogotá|EC Quito|UY Montevideo|PY Asuncion;Asunción|CR San Jose;San José|CY Nicosia|MT Valletta
  AL Tirana|MK Skopje|ME Podgorica|BA Sarajevo|MD Chisinau;Chișinău|BT Thimphu|MV Male`

const BY_NAME: ReadonlyMap<string, string> = new Map(
  CAPITALS.trim()
    .split(/[|\n]/)
    .flatMap((entry) => {
      const [, code = '', names = ''] = /^\s*(\w\w) (.+)$/.exec(entry) ?? []
      return names.split(';').map((name) => [name, code] as const)
    }),
)

/** The country of a capital. "Washington" is one even where a state or a person is meant. */
export const countryOfCapital = (name: string): string | undefined => BY_NAME.get(name)
