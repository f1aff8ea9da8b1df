import type { Plugin } from 'graphql-yoga'
import type { Execute } from '../execution/planned.ts'
import { refusalOf } from '../execution/refusal.ts'

/** In tokens. */
const LONGEST = 5_000

/** Refuses documents that are too long to parse and operations that could answer with too much, and executes the others. */
export function useExecution(execute: Execute): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: LONGEST }))
    },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      setExecuteFn(execute as never)
      const refusal = refusalOf(args)
      if (refusal) setResultAndStopExecution(refusal)
    },
  }
}
