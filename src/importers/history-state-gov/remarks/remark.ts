import { readPeople } from './people.ts'
import type { Named } from './person.ts'
import { readingOf } from './reading.ts'
import { type Meeting, Sentence } from './sentence.ts'
import { type Word, wordsOf } from './words.ts'

/** The meetings in a remark. */
interface Remark {
  readonly meetings: readonly Meeting[]
  /** Parts about a meeting that could not be read. */
  readonly unread: readonly string[]
}

/**
 * Reads whom the traveller met according to an English remark: "Met with President Heuss and Chancellor Adenauer." People named
 * in other roles (buried, accompanied, written to) are omitted. Doubtful parts are reported in `unread`.
 */
export function readRemark(remark: string): Remark {
  const sentences = sentencesOf(wordsOf(remark)).map((words) => new Sentence(readingOf(remark, words)))
  return {
    meetings: sentences.flatMap(({ meetings }) => meetings),
    unread: sentences.flatMap(({ unread }) => unread),
  }
}

/** Reads names in a field that contains only names: "King Kalakaua", "Prime Minister and Mrs. Churchill". */
export function readTitledName(text: string): Named[] {
  return readPeople(readingOf(text), 0, true).groups.flat()
}

function sentencesOf(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [[]]
  for (const word of words) {
    if (word.kind === 'stop') sentences.push([])
    else sentences.at(-1)?.push(word)
  }
  return sentences.filter((sentence) => sentence.length > 0)
}
