import { countryAt } from '../../../countries/in-words.ts'

/** A place with its name: “Honolulu”, “the White House”, “Andrews Air Force Base”. */
const WORD = "(?:(?:\\p{Lu}\\.)+|St\\.|\\p{Lu}[\\p{L}'’-]*(?![\\p{L}'’-]))"
export const NAME: string = `(?:the )?(${WORD}(?: (?:of |de |del )?${WORD})*(?: \\([A-Z][A-Za-z. ]*\\))?)`
/** “at Washington and at Hyde Park”, up to the end of the clause: nobody knows which meeting was where. */
export const SEVERAL: RegExp = /^[^.;]*?\band (?:(?:at|in) )?\p{Lu}/u

/** Organizations, their meetings, occasions and times are no places. */
const NO_PLACE =
  /\b(?:U\.?N|U\.S|UN|US|NATO|NAFTA|ASEAN|APEC|OAS|EU|G-?\d+|Assembly|Summit|Conference|Meetings?|Council|Session|Nations|Congress|Dialogue|Forum|Talks|Declaration|Treaty|Agreement|Day|January|February|March|April|May|June|July|August|September|October|November|December)\b/

export const isPlace = (name: string): boolean => name !== '' && !NO_PLACE.test(name) && !countryAt(name.split(' '), 0)

/** A name of a place: "New York City", "St. Louis (Missouri)", "the Grand Canyon (Arizona)". */
const PLACE = '(?:the )?(?:St\\. )?\\p{Lu}[\\p{L}’-]+(?: \\p{Lu}[\\p{L}’-]*)*(?: \\([A-Z][a-z]+(?: [A-Z][a-z]+)?\\))?'

/** "visited Boston, New York City, and Miami (Florida)". "Hartford, Conn." is no list: one ends with "and", and then the clause does. */
const VISITED = new RegExp(
  `\\b[Vv]isit(?:ed|ing) (${PLACE}(?:(?:, ${PLACE})*,? and ${PLACE})?)(?<!\\bSt)(?=[.;]\\s|[.;]?$)`,
  'gu',
)

/** “Private visit at Camp David”, “Attended the G-8 Economic Summit at Camp David, MD”. */
const STAYED = new RegExp(
  `\\b(?:[Vv]isit|[Aa]ttended (?:[^.;]{0,80} )?(?:[Ss]ummit|[Ss]ummit Meeting|[Cc]onference|Security Summit)) (?:at|in|to) ${NAME}`,
  'gu',
)

/** Places that a visitor to the United States visited, if the words say nothing else of them. Other countries are left out. */
export function placesVisited(remark: string): string[] {
  const lists = Array.from(remark.matchAll(VISITED), ([, list = '']) => placesOf(list.replaceAll(/,? and /g, ', ')))
  const stays = Array.from(remark.matchAll(STAYED), ({ 0: words, 1: place = '', index }) =>
    SEVERAL.test(remark.slice(index + words.length)) ? [] : [place],
  )
  const places = [...stays, ...lists].flat()
  return [...new Set(places)].filter((place) => isPlace(place))
}

/** Splits "Mexico, D.F., Terceira Island (Azores)" into places. */
export function placesOf(locale: string): string[] {
  const places: string[] = []
  for (const part of locale.split(/[,;]\s*(?![^(]*\))/).map((part) => part.trim())) {
    const last = places.at(-1)
    if (last && /^(([A-Z]\.){2,}|and\b.*)$/.test(part) && !part.startsWith('and'))
      places[places.length - 1] = `${last}, ${part}`
    else if (part) places.push(part.replace(/^and\s+/, ''))
  }
  return [...new Set(places)]
}
