import type { Plugin } from 'graphql-yoga'
import type { Execute } from '../../execution/executing.ts'

/** In tokens. */
const LONGEST = 5_000

/** Refuses documents that are too long to parse, and executes the others. */
export function useExecution(execute: Execute): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: LONGEST }))
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(execute as never)
    },
  }
}
