import type { Plugin } from 'graphql-yoga'
import type { Database } from '../../database/open.ts'
import { badRequest, responseOf } from '../refusal.ts'

const HEADER = 'x-data-version'

/**
 * A client that knows a version of the data, for example because it has just changed the data through another process, sends it
 * in this header. The response is then of that version or a later one.
 */
export const useDataVersion = (database: Pick<Database, 'catchUp'>): Plugin => ({
  onRequest({ request, endResponse }) {
    const value = request.headers.get(HEADER)
    if (value === null) return
    // The largest number that the database stores has 19 digits.
    if (!/^\d{1,19}$/.test(value)) {
      return endResponse(
        responseOf(badRequest(`header ${HEADER}: expected a whole number, as in about { dataVersion }`)),
      )
    }
    return database.catchUp(BigInt(value))
  },
})
