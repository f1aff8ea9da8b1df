import { verify } from '../../src/evidence/verify.ts'
import { NOTHING_KNOWN } from '../../src/importers/csv/known.ts'
import { draftOf } from '../../src/reading/draft/draft.ts'
import { readArticle } from '../../src/reading/read.ts'
import { type Gold, isForTuning, readGold } from '../../tests/reading/gold.ts'
import { scoreSeedArticle } from './article.ts'
import { scoreReadouts } from './readouts.ts'
import { f1, newScore, precision, recall, type Score, scoreArticle } from './score.ts'

const { READOUTS_DATA, ARTICLE_TEXT } = process.env
const showsMistakes = process.argv.includes('--mistakes')

const rows: (readonly string[])[] = []
const row = (task: string, value: string, required: string, stretch: string) =>
  rows.push([task, value, required, stretch])
const share = (value: number) => value.toFixed(3).replace(/^0/, '')

function scoreAll(articles: readonly Gold[]): Score {
  const score = newScore()
  for (const gold of articles) scoreArticle(score, gold, readArticle(gold.text, { published: gold.published }))
  return score
}

function printScore(name: string, { kinds, speakers, meetings, mistakes }: Score): void {
  row(`${name}: direct quotations, overlap F1`, share(f1(kinds.DIRECT)), '.94', '.96')
  row(`${name}: mixed quotations, overlap F1`, share(f1(kinds.MIXED)), '.85', '.89')
  row(`${name}: reported speech, overlap F1`, share(f1(kinds.REPORTED)), '.75', '.83')
  row(`${name}: speaker right`, `${share(speakers.right / speakers.all)} of ${speakers.all}`, '.80', '.90')
  row(`${name}: wrong speaker`, share(speakers.wrong / speakers.all), '≤ .03', '≤ .01')
  row(`${name}: who met whom, recall / precision`, `${share(recall(meetings))} / ${share(precision(meetings))}`, '', '')
  showMistakes(mistakes)
}

function showMistakes(mistakes: readonly string[]): void {
  if (showsMistakes) for (const mistake of mistakes) console.error(mistake)
}

const gold = readGold()
printScore('tuned on', scoreAll(gold.filter(isForTuning)))
printScore('not tuned on', scoreAll(gold.filter((article) => !isForTuning(article))))

if (READOUTS_DATA) {
  const score = newScore()
  scoreReadouts(score, READOUTS_DATA)
  const { meetings, mistakes } = score
  row(
    'readouts: who met whom, recall / precision',
    `${share(recall(meetings))} / ${share(precision(meetings))}`,
    '.92 / .95',
    '.96 / .98',
  )
  showMistakes(mistakes)
}
if (ARTICLE_TEXT) {
  const { all, found, right, mistakes } = scoreSeedArticle(ARTICLE_TEXT)
  row(`the seed’s article: of ${all} found / speaker right`, `${found} / ${right}`, '15 / 15', '16 / 16')
  showMistakes(mistakes)
}

let cited = 0
let verified = 0
for (const { text, published } of gold) {
  for (const citation of citationsOf(draftOf(readArticle(text, { published }), { known: NOTHING_KNOWN }))) {
    cited++
    if (verify(citation, text) === 'VERIFIED') verified++
  }
}
row('citations that verify', `${verified} of ${cited}`, 'all', '')

const WORDS = 1_000
const text = gold
  .map((article) => article.text)
  .join('\n')
  .split(' ')
  .slice(0, WORDS)
  .join(' ')
const times = Array.from({ length: 9 }, () => {
  const begin = performance.now()
  readArticle(text, { published: '2030-01-01' })
  return performance.now() - begin
}).sort((one, other) => one - other)
row(`time for ${WORDS} words, median`, `${times[4]?.toFixed(0)} ms`, '< 300 ms', '< 100 ms')

console.log('| task | result | required | stretch |\n| --- | --- | --- | --- |')
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)

interface Cited {
  readonly start: number
  readonly end: number
  readonly exact: string
}

function* citationsOf(value: unknown): Generator<Cited> {
  if (typeof value !== 'object' || value === null) return
  if ('exact' in value) yield value as Cited
  else for (const part of Object.values(value)) yield* citationsOf(part)
}
