import type { Plugin } from 'graphql-yoga'

const READY = /^[^?#]*\/ready(\?|$)/

/** Tells at `/ready` whether the service can answer questions, and not why. Yoga's own matches a pattern at every request. */
export function useReadiness(isReady: () => Promise<boolean>): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (!READY.test(request.url)) return
      return isReady().then((ready) => endResponse(new fetchAPI.Response(null, { status: ready ? 200 : 503 })))
    },
  }
}
