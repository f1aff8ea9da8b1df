import type { Plugin } from 'graphql-yoga'
import type { Limits } from '../../config/limits.ts'
import { createSubscribe, type Execute } from '../../execution/execute.ts'
import { checkVariables, parserWithin } from '../../execution/limits.ts'
import type { RequestContext } from '../exchange.ts'

/** Refuses documents and variables over the limits before processing them, and executes the others. */
export function useExecution(execute: Execute, limits: Limits): Plugin<RequestContext, RequestContext> {
  const parse = parserWithin(limits)
  const subscribe = createSubscribe(execute)
  return {
    onParams({ params, context: { exchange } }) {
      // A bundle can have any number of values. The size of the body bounds them.
      checkVariables(params.variables, exchange.mayEdit ? { ...limits, variables: Number.POSITIVE_INFINITY } : limits)
    },
    onParse({ setParseFn }) {
      setParseFn(parse)
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, rules) => validateFn(schema, document, rules, { maxErrors: limits.errors }))
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(execute as never)
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(subscribe)
    },
  }
}
