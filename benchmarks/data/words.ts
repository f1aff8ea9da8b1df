import { allLocales } from '@faker-js/faker'
import { Lottery, Random, zipf } from './random.ts'

const { adjective, adverb, noun, verb } = allLocales.en.word

/**
 * Some 3,000 English words, the most frequent first. Which one is frequent is drawn once, so that it is neither a matter of
 * the alphabet nor of the part of speech.
 */
export const vocabulary: readonly string[] = (() => {
  const words = [...new Set([...adjective, ...adverb, ...noun, ...verb])].filter((word) => /^[a-z]{3,}$/.test(word))
  return new Random(1).some(words, words.length)
})()

/** At scale 1 the most frequent word is in some 7,000 of 50,000 statements, the rarest in some 50. */
const content = new Lottery(vocabulary, zipf(25))

const glue = 'the of and to in for with on by from that this our their we will must shall be has not as at its'.split(
  ' ',
)

/** Words of a text, so many; nearly half of them are such as no search looks for. */
function words(random: Random, count: number): string[] {
  return Array.from({ length: count }, () => (random.happens(0.45) ? random.pick(glue) : content.draw(random)))
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A text of so many words, in sentences. */
export function prose(random: Random, count: number): string {
  const sentences: string[] = []
  for (let left = count; left > 0; ) {
    const length = left < 20 ? left : random.between(8, 14)
    sentences.push(`${capitalized(words(random, length).join(' '))}.`)
    left -= length
  }
  return sentences.join(' ')
}

/** A few words in a row. */
export const phrase = (random: Random, count: number): string => words(random, count).join(' ')

const namesOf = Object.values(
  (({ en, en_IN, es, fr, de, it, pl, ro, hr, pt_PT }) => ({ en, en_IN, es, fr, de, it, pl, ro, hr, pt_PT }))(
    allLocales,
  ),
)

/** The name of somebody of the nth country: those of one country sound alike. */
export function personName(random: Random, country: number): string {
  const { first_name, last_name } = (namesOf[country % namesOf.length] as (typeof namesOf)[number]).person
  const first = random.pick(random.happens(0.7) ? first_name.male : first_name.female)
  return `${first} ${random.pick(last_name.generic)}`
}

/** A name as a slug. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[đłøß]/gi, 'd')
    .replaceAll(/[^\w\s-]/g, '')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-')
