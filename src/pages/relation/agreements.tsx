import type { FC } from 'hono/jsx'
import { When } from '../parts/fact-entry.tsx'
import { A } from '../parts/links.tsx'
import { extentOf, framed } from '../parts/span.ts'
import { SpanMark } from '../parts/span-mark.tsx'
import { titled } from '../parts/words.ts'
import type { Relation } from './score.tsx'

/** Agreements with their steps. The steps of one agreement share an axis. */
export const Agreements: FC<{ agreements: Relation['agreements']['nodes'] }> = ({ agreements }) => (
  <ul class="agreements">
    {agreements.map(({ slug, title, status, events }) => {
      const extents = events.flatMap(({ when }) => extentOf(when) ?? [])
      const frame =
        extents.length > 0
          ? framed({ from: Math.min(...extents.map(({ from }) => from)), to: Math.max(...extents.map(({ to }) => to)) })
          : null
      return (
        <li>
          <h3 dir="auto">
            <A to={`agreements/${slug}`}>{title}</A>
          </h3>
          <p class="soft">{titled(status)}</p>
          <ol>
            {events.map(({ status, when }, i) => (
              <li>
                <SpanMark when={when} frame={frame} hasScale={i === 0 && frame !== null} />
                <p>
                  {titled(status)}{' '}
                  <span class="soft">
                    <When when={when} />
                  </span>
                </p>
              </li>
            ))}
          </ol>
        </li>
      )
    })}
  </ul>
)
