import { z } from 'zod'

const words = z.string().min(1).max(3_000)

/** What a language model proposes, each with the words of the text that say so. */
export const proposal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('statement'),
    /** The words that are said, as the text has them. */
    words,
    /** The name of the speaker, as the text has it. */
    speaker: words,
    /** The words of the text that say who speaks: "Rao told reporters". */
    by: words,
  }),
  z.object({
    kind: z.literal('meeting'),
    words,
    /** The names of those who met, as the text has them. */
    people: z.array(words).min(2).max(20),
    /** The date in EDTF, and the words for it. */
    when: z.object({ words, edtf: words }).nullish(),
  }),
])

export type Proposal = z.infer<typeof proposal>
export type StatementProposal = Extract<Proposal, { kind: 'statement' }>
export type MeetingProposal = Extract<Proposal, { kind: 'meeting' }>

/** Most proposals that are looked at. */
const MOST_PROPOSALS = 200

/** The proposals in the answer of a model, and the number of entries that are none. Undefined if the answer is no JSON. */
export function proposalsIn(
  answer: string,
): { readonly proposals: readonly Proposal[]; readonly malformed: number } | undefined {
  const json = parse(answer.replaceAll(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''))
  const list = Array.isArray(json) ? json : (json as { proposals?: unknown } | undefined)?.proposals
  if (!Array.isArray(list)) return undefined
  const proposals = list.slice(0, MOST_PROPOSALS).flatMap((entry) => {
    const { success, data } = proposal.safeParse(entry)
    return success ? [data] : []
  })
  return { proposals, malformed: list.length - proposals.length }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
