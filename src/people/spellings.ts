/** Reduces different English spellings of a name to one, by a pattern for the whole word. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(mu|mo)h?amm?[aei]d$|^mahomm?ed$|^mehmed$/, 'mohammed'],
  [/^h[ou]ss?[ae]?[iy]+n$|^huss?ein$/, 'hussein'],
  [/^has?san$/, 'hassan'],
  [/^s[au]lman$/, 'salman'],
  [/^ahm[ae][dt]$/, 'ahmed'],
  [/^ab[dt][aeuo]l+ah?$|^abdallah$/, 'abdullah'],
  [/^yuss?[eu]f$|^yous+[eu]f$|^y[ou]+s[eu]f$/, 'yusuf'],
  [/^ibrah[ie]+m$/, 'ibrahim'],
  [/^rahman$|^rehman$/, 'rahman'],
  [/^fa[iy][sz]+[ae]l$|^fe[iy]sal$/, 'faisal'],
  [/^kh?al[ie]+d$/, 'khalid'],
  [/^k?q?ad+h?af+[iy]$|^gad+h?af+[iy]$/, 'qaddafi'],
  [/^dm?i+m?i?t+r[iy]+[iy]?$/, 'dmitri'],
  [/^(serge[iy]|sergei|serguei)$/, 'sergei'],
  [/^mikh?[ae]il$/, 'mikhail'],
  [/^alek?s(ei|ey|ej)$/, 'aleksei'],
  [/^alek?[sx]and[ea]?r$/, 'aleksandr'],
  [/^n[iy]k?c?h?olai$|^nikola[iy]$/, 'nikolai'],
  [/^(jose|josef|joseph)$/, 'josef'],
]

/** The one spelling of a romanised word of a name that is written in many ways. Undefined for other words. */
export const spellingOf = (word: string): string | undefined => SPELLINGS.find(([pattern]) => pattern.test(word))?.[1]
