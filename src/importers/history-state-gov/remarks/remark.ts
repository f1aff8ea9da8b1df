import { readPeople } from './people.ts'
import type { Named } from './person.ts'
import { readingOf } from './reading.ts'
import { type Meeting, Sentence } from './sentence.ts'
import { type Word, wordsOf } from './words.ts'

export type { Named } from './person.ts'
export type { Meeting } from './sentence.ts'

/** What a remark says of meetings. */
export interface Remark {
  readonly meetings: readonly Meeting[]
  /** Parts that speak of meeting somebody but could not be read. */
  readonly unread: readonly string[]
}

/**
 * Reads whom an English remark says that the traveller met: "Met with President Heuss and Chancellor Adenauer." Who is named
 * otherwise (buried, accompanied, written to) is left out, and what is in doubt is told in `unread`.
 */
export function readRemark(remark: string): Remark {
  const sentences = sentencesOf(wordsOf(remark)).map((words) => new Sentence(readingOf(remark, words)))
  return {
    meetings: sentences.flatMap(({ meetings }) => meetings),
    unread: sentences.flatMap(({ unread }) => unread),
  }
}

/** Names in a field that holds nothing else: "King Kalakaua", "Prime Minister and Mrs. Churchill". */
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
