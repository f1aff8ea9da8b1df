import type { ClientBase } from 'pg'
import { timeSpan } from '../../time/span.ts'
import type { BundleRecord } from '../format.ts'
import { agreementStatus } from './agreement-status.ts'

interface Events {
  readonly slug: string
  readonly events: { status: BundleRecord<'agreements'>['events'][number]['status']; when: string }[]
}

/** Updates the statuses of the given agreements, after events were withdrawn. The status of one without events does not change. */
export async function refreshStatuses(client: ClientBase, slugs: readonly string[]): Promise<void> {
  if (slugs.length === 0) return
  const { rows } = await client.query<Events>(
    `SELECT agreement_slug AS slug, json_agg(json_build_object('status', status, 'when', edtf)) AS events
     FROM agreement_event WHERE agreement_slug = ANY ($1) GROUP BY 1`,
    [slugs],
  )
  const fresh = rows.map(({ slug, events }) => ({
    slug,
    status: agreementStatus(events.map(({ status, when }) => ({ status, when: timeSpan(when) }))),
  }))
  await client.query(
    `UPDATE agreement stored SET status = fresh.status FROM json_populate_recordset(NULL::agreement, $1) fresh
     WHERE stored.slug = fresh.slug AND stored.status <> fresh.status`,
    [JSON.stringify(fresh)],
  )
}
