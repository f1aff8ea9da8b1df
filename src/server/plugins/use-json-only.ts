import type { Plugin } from 'graphql-yoga'

/** What a page of another site can send without asking the browser first. */
const FORMS = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i

/** Refuses operations that come as forms: no client sends them, and forms of other sites may. */
export function useJsonOnly(): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== 'POST' || !FORMS.test(request.headers.get('content-type') ?? '')) return
      const message = 'expected the content type application/json'
      const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
      endResponse(new fetchAPI.Response(body, { status: 415, headers: { 'content-type': 'application/json' } }))
    },
  }
}
