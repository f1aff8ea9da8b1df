import { describe, expect, test } from 'vitest'
import { reference, textFragmentUrl } from '../../src/evidence/reference.ts'

const source = { title: 'The two meet', published: '2031-05-06' }

describe('a footnote', () => {
  test.each([
    [
      'has publisher, title, date, the words and the address',
      { exact: 'a start', publisher: 'The Gazette', url: 'https://gazette.example/1' },
      'The Gazette, The two meet, 6 May 2031: “a start” <https://gazette.example/1>.',
    ],
    ['does without publisher and address', { exact: 'a start' }, 'The two meet, 6 May 2031: “a start”.'],
    [
      'says where a date is not known',
      { exact: 'a start', published: '/' },
      'The two meet, date not known: “a start”.',
    ],
    ['is one line', { exact: 'a\n  start ', title: 'The two\nmeet' }, 'The two meet, 6 May 2031: “a start”.'],
    ['has one full stop', { exact: 'It is a start.' }, 'The two meet, 6 May 2031: “It is a start.”'],
    ['keeps the quotation marks around the words', { exact: '“a start”' }, 'The two meet, 6 May 2031: “a start”.'],
    ['keeps straight ones', { exact: '"a start!"' }, 'The two meet, 6 May 2031: "a start!"'],
    [
      'quotes words between two quotations',
      { exact: '“Yes,” she said, “no”' },
      'The two meet, 6 May 2031: ““Yes,” she said, “no””.',
    ],
    ['keeps an apostrophe', { exact: '’tis the states’' }, 'The two meet, 6 May 2031: “’tis the states’”.'],
    ['has every word', { exact: 'word '.repeat(900) }, `The two meet, 6 May 2031: “${'word '.repeat(900).trim()}”.`],
  ])('%s', (_sentence, words, expected) => {
    expect(reference({ ...source, ...words })).toBe(expected)
  })
})

describe('an address that opens the source at the words', () => {
  const page = 'https://gazette.example/1'
  const url = (exact: string, prefix: string | null = null, suffix: string | null = null, at = page) =>
    textFragmentUrl(at, { exact, prefix, suffix })
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `number${from + i}`).join(' ')

  test.each([
    ['has the words', url('a start'), `${page}#:~:text=a%20start`],
    [
      'escapes what has a meaning there',
      url('50% – a-b, c & d; #?'),
      `${page}#:~:text=50%25%20%E2%80%93%20a%2Db%2C%20c%20%26%20d%3B%20%23%3F`,
    ],
    ['has the words around', url('start', 'it a ', '” and'), `${page}#:~:text=it%20a-,start,-%E2%80%9D%20and`],
    ['leaves out white space around', url('start', '\n', ' '), `${page}#:~:text=start`],
    ['has white space once', url('a \t start'), `${page}#:~:text=a%20start`],
    [
      'leaves out a word that may be cut',
      url('start', 'ght well be a', 'of a new chap'),
      `${page}#:~:text=well%20be%20a-,start,-of%20a%20new`,
    ],
    [
      'has the nearest of many words around',
      url('x', numbers(1, 20), numbers(21, 40)),
      `${page}#:~:text=${encodeURIComponent(numbers(13, 20))}-,x,-${encodeURIComponent(numbers(21, 28))}`,
    ],
    [
      'has words around from the same paragraph',
      url('x', 'Above.\nIt is', 'now.\nBelow'),
      `${page}#:~:text=It%20is-,x,-now.`,
    ],
    [
      'tells long words by their begin and end',
      url(`“${numbers(1, 60)}.”`),
      `${page}#:~:text=${encodeURIComponent(`“${numbers(1, 8)}`)},${encodeURIComponent(`${numbers(53, 60)}.”`)}`,
    ],
    ['tells paragraphs by the first and last', url('One.\nTwo, too.\nThe third.'), `${page}#:~:text=One.,The%20third.`],
    ['tells one long word whole', url('x'.repeat(400)), `${page}#:~:text=${'x'.repeat(400)}`],
    ['follows a fragment', url('start', null, null, `${page}#top`), `${page}#top:~:text=start`],
    ['follows an empty fragment', url('start', null, null, `${page}#`), `${page}#:~:text=start`],
    ['replaces another text', url('start', null, null, `${page}?q=1#top:~:text=end`), `${page}?q=1#top:~:text=start`],
  ])('%s', (_sentence, actual, expected) => {
    expect(actual).toBe(expected)
    expect(new URL(actual).href).toBe(actual)
  })

  test('shortens long words of a script without spaces', () => {
    const sentence = '今天我们在华盛顿讨论了贸易协定。'
    const [begin, end] = ['今天我们在华盛顿讨论了贸易协定', sentence].map(encodeURIComponent)
    expect(url(sentence.repeat(30))).toBe(`${page}#:~:text=${begin},${end}`)
  })
})
