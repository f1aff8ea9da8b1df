import type { Plugin } from 'graphql-yoga'
import { Answer, makeAnswer } from '../http/answer.ts'
import type { Answers } from '../http/answers.ts'
import { chooseEncoding } from '../http/encoding.ts'
import { operations } from './use-request-log.ts'

/** There is no authentication: all may read the same. Whoever brings it says here who asks, and `private` to caches. */
const SCOPE = 'public'

const ASKED_IN = /^application\/json(;|$)/
const ANSWERED_IN = /^application\/(graphql-response\+)?json(;|$)/

/**
 * Sends answers: kept ones before Yoga looks at the question; compressed where they are large; with what browsers and CDNs
 * need to keep them. Shared caches may tell them for `sharedMaxAge` seconds without asking.
 */
export function useAnswers(answers: Answers, sharedMaxAge: number): Plugin {
  const whole = new WeakSet<Request>()
  const forCaches = `${SCOPE}, max-age=0, ${sharedMaxAge > 0 ? `s-maxage=${sharedMaxAge}, ` : ''}must-revalidate`

  return {
    onRequest({ requestHandler, setRequestHandler, fetchAPI }) {
      setRequestHandler(async (request, context) => {
        const encoding = chooseEncoding(request.headers.get('accept-encoding'))

        async function work(): Promise<Answer | Response> {
          const response = await requestHandler(request, context)
          const contentType = response.headers.get('content-type') ?? ''
          if (whole.has(request) && ANSWERED_IN.test(contentType)) {
            const cacheControl = request.method === 'GET' ? forCaches : undefined
            const operation = operations.get(request)
            return await makeAnswer(await response.text(), { contentType, encoding, cacheControl, operation })
          }
          if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
          return response
        }

        const question = await questionOf(request)
        const accept = request.headers.get('accept') ?? ''
        const key = question && `${SCOPE} ${request.method} ${encoding} ${accept}\n${question}`
        const answer = key ? await answers.to(key, work) : await work()
        if (!(answer instanceof Answer)) return answer
        if (answer.operation) operations.set(request, answer.operation)
        return answer.respond(request.headers.get('if-none-match'), fetchAPI)
      })
    },
    onExecutionResult({ request, result }) {
      if (result && 'data' in result && result.data && !result.errors?.length) whole.add(request)
    },
  }
}

/**
 * What is asked, to the letter: the same text has the same answer, and no other text is taken for it, whatever its numbers,
 * keys and variables are. Undefined for what is asked in any other way.
 */
function questionOf(request: Request): string | undefined | Promise<string> {
  if (request.method === 'GET') return request.url
  if (request.method === 'POST' && ASKED_IN.test(request.headers.get('content-type') ?? '')) return request.text()
  return undefined
}
