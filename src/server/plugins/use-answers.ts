import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { Answer, makeAnswer } from '../answers/answer.ts'
import type { Answers } from '../answers/answers.ts'
import { chooseEncoding } from '../answers/encoding.ts'
import type { DirectWay } from '../direct.ts'
import { operations } from './use-request-log.ts'

/** There is no authentication: all may read the same. Whoever brings it says here who asks, and `private` to caches. */
const SCOPE = 'public'

const ASKED_IN = /^application\/json(;|$)/
const ANSWERED_IN = /^application\/(graphql-response\+)?json(;|$)/

export interface AnswersOptions {
  readonly answers: Answers
  readonly direct: DirectWay
  /** What the asker is told of an error. */
  readonly mask: (error: unknown) => Error
  /** For how many seconds shared caches may tell an answer without asking. */
  readonly sharedMaxAge: number
}

/**
 * Sends answers: kept ones before Yoga looks at the question, and others past it where it knows the way; compressed where they
 * are large; with what browsers and CDNs need to keep them.
 */
export function useAnswers({ answers, direct, mask, sharedMaxAge }: AnswersOptions): Plugin {
  const whole = new WeakSet<Request>()
  /** What came of the direct way and is no whole answer. */
  const results = new WeakMap<Request, ExecutionResult>()
  const forCaches = `${SCOPE}, max-age=0, ${sharedMaxAge > 0 ? `s-maxage=${sharedMaxAge}, ` : ''}must-revalidate`

  /** The answer, as text, if the direct way leads to a whole one; else Yoga is given the result, if there is one. */
  async function textOf(request: Request, body: string, accept: string) {
    const way = direct.find(body, accept)
    if (!way) return undefined
    const { operation, contentType } = way
    if (operation) operations.set(request, operation)
    const result = await way.execute().catch((error: GraphQLError) => ({ errors: [error] }) as ExecutionResult)
    if (isWhole(result)) return { text: JSON.stringify(result), contentType }
    results.set(request, { ...result, errors: (result.errors ?? []).map((error) => mask(error) as GraphQLError) })
    return undefined
  }

  return {
    onRequest({ requestHandler, setRequestHandler, fetchAPI }) {
      setRequestHandler(async (request, context) => {
        const encoding = chooseEncoding(request.headers.get('accept-encoding'))
        const accept = request.headers.get('accept') ?? ''

        async function work(): Promise<Answer | Response> {
          const told = body === undefined ? undefined : await textOf(request, body, accept)
          if (told) return await makeAnswer(told.text, { ...about(told.contentType), cacheControl: undefined })
          const response = await requestHandler(request, context)
          const contentType = response.headers.get('content-type') ?? ''
          if (whole.has(request) && ANSWERED_IN.test(contentType)) {
            direct.sent(contentType, accept)
            const cacheControl = request.method === 'GET' ? forCaches : undefined
            return await makeAnswer(await response.text(), { ...about(contentType), cacheControl })
          }
          if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
          return response
        }
        const about = (contentType: string) => ({ contentType, encoding, operation: operations.get(request) })

        const body = await bodyOf(request)
        const question = request.method === 'GET' ? request.url : body
        const key = question && `${SCOPE} ${request.method} ${encoding} ${accept}\n${question}`
        const answer = key ? await answers.to(key, work) : await work()
        if (!(answer instanceof Answer)) return answer
        if (answer.operation) operations.set(request, answer.operation)
        return answer.respond(request.headers.get('if-none-match'), fetchAPI)
      })
    },
    onValidate({ params }) {
      return ({ valid }) => {
        if (valid) direct.foundValid(params.documentAST)
      }
    },
    onParams({ request, setResult }) {
      const result = results.get(request)
      if (result) setResult(result)
    },
    onExecutionResult({ request, result }) {
      if (result && isWhole(result as ExecutionResult)) whole.add(request)
    },
  }
}

const isWhole = ({ data, errors }: ExecutionResult) => Boolean(data) && !errors?.length

/**
 * What is asked by POST, to the letter: the same text has the same answer, and no other text is taken for it, whatever its
 * numbers, keys and variables are. Undefined for what is asked in any other way.
 */
function bodyOf(request: Request): Promise<string> | undefined {
  const isAsked = request.method === 'POST' && ASKED_IN.test(request.headers.get('content-type') ?? '')
  return isAsked ? request.text() : undefined
}
