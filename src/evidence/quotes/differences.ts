/** Words that a quotation has as its source has them, adds to them, or leaves out. */
export type Change = 'SAME' | 'ADDED' | 'LEFT_OUT'

/** A step from one word to the next. `inQuotation` and `inSource` are numbers of words; the other one is where the word is missing. */
export interface Step {
  readonly change: Change
  readonly inQuotation: number
  readonly inSource: number
}

/**
 * Compares the words of a quotation with those of a part of a text, in which it may begin and end anywhere: the fewest words that
 * were added or left out.
 */
export function compareWords(quotation: Uint32Array, part: Uint32Array): Step[] {
  const [rows, columns] = [quotation.length + 1, part.length + 1]
  const costs = new Uint16Array(rows * columns)
  for (let i = 1; i < rows; i++) costs[i * columns] = i
  for (let i = 1; i < rows; i++) {
    for (let j = 1; j < columns; j++) {
      const at = i * columns + j
      const other = 1 + Math.min(costs[at - columns] as number, costs[at - 1] as number)
      costs[at] = quotation[i - 1] === part[j - 1] ? Math.min(other, costs[at - columns - 1] as number) : other
    }
  }
  let [i, j] = [rows - 1, 0]
  for (let column = 1; column < columns; column++) {
    if ((costs[i * columns + column] as number) < (costs[i * columns + j] as number)) j = column
  }
  const steps: Step[] = []
  while (i > 0) {
    const at = i * columns + j
    if (j > 0 && quotation[i - 1] === part[j - 1] && costs[at] === costs[at - columns - 1]) {
      steps.push({ change: 'SAME', inQuotation: --i, inSource: --j })
    } else if (j > 0 && costs[at] === (costs[at - 1] as number) + 1) {
      steps.push({ change: 'LEFT_OUT', inQuotation: i, inSource: --j })
    } else {
      steps.push({ change: 'ADDED', inQuotation: --i, inSource: j })
    }
  }
  return steps.reverse()
}
