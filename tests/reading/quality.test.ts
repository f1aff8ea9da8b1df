import { expect, test } from 'vitest'
import { f1, newScore, precision, recall, scoreArticle } from '../../benchmarks/reading/score.ts'
import { readArticle } from '../../src/reading/read.ts'
import { isForTuning, readGold } from './gold.ts'

test('articles that the rules were not tuned on are read as well as promised', () => {
  const score = newScore()
  for (const gold of readGold().filter((article) => !isForTuning(article))) {
    scoreArticle(score, gold, readArticle(gold.text, { published: gold.published }))
  }
  const { kinds, speakers, meetings } = score
  expect(f1(kinds.DIRECT)).toBeGreaterThanOrEqual(0.94)
  expect(f1(kinds.MIXED)).toBeGreaterThanOrEqual(0.85)
  expect(f1(kinds.REPORTED)).toBeGreaterThanOrEqual(0.75)
  expect(speakers.right / speakers.all).toBeGreaterThanOrEqual(0.8)
  expect(speakers.wrong / speakers.all).toBeLessThanOrEqual(0.03)
  expect(precision(meetings)).toBeGreaterThanOrEqual(0.95)
  expect(recall(meetings)).toBeGreaterThan(0)
})
