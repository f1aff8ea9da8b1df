import { z } from 'zod'
import { UserError } from '../errors.ts'

/** The language model that may help to read articles. */
export interface DraftModel {
  /** Where chat completions are requested. */
  readonly url: string
  readonly model: string
  readonly key: string | undefined
}

export const draftingVariables = z.object({
  DRAFT_MODEL_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL such as http://localhost:11434/v1' })
    .optional()
    .describe(
      'base URL of an API like that of OpenAI, for help with drafts, such as http://localhost:11434/v1; articles are sent to it (default: none)',
    ),
  DRAFT_MODEL: z.string().optional().describe('name of the language model at DRAFT_MODEL_URL'),
  DRAFT_MODEL_KEY: z.string().optional().describe('key for DRAFT_MODEL_URL, if it needs one'),
})

/** The language model for drafts. Undefined if none is configured. Throws a UserError if a part is missing. */
export function draftModelOf(variables: z.infer<typeof draftingVariables>): DraftModel | undefined {
  const { DRAFT_MODEL_URL: base, DRAFT_MODEL: model, DRAFT_MODEL_KEY: key } = variables
  if (base === undefined && model === undefined) return undefined
  if (base === undefined) throw new UserError('environment variable DRAFT_MODEL: expected DRAFT_MODEL_URL too')
  if (model === undefined) throw new UserError('environment variable DRAFT_MODEL_URL: expected DRAFT_MODEL too')
  return { url: `${base.replace(/\/+$/, '')}/chat/completions`, model, key }
}
