import type { Plugin } from 'graphql-yoga'
import { createSubscribe, type Execute } from '../../execution/execute.ts'
import { checkVariables, MAX_VALIDATION_ERRORS, parseWithinLimits } from '../../execution/limits.ts'

/** Refuses documents and variables over the limits before processing them, and executes the others. */
export function useExecution(execute: Execute): Plugin {
  const subscribe = createSubscribe(execute)
  return {
    onParams({ params }) {
      checkVariables(params.variables)
    },
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits)
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, rules) =>
        validateFn(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS }),
      )
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(execute as never)
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(subscribe)
    },
  }
}
