import { createHash } from 'node:crypto'
import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { Patterns } from './signs.tsx'

/** Styles of the marks in SVG files, which have no style sheet: always the light colours. */
const STYLE = [
  'text{font:11px "Noto Sans",system-ui,sans-serif;fill:#555c52}',
  '.strong,.holder{fill:#171a16}.strong{font-weight:700}.name,.plain{font-size:12px}.name,.title{font-weight:700}.title{font-size:24px;fill:#171a16}',
  '.fill-a{fill:#a34a00}.fill-b{fill:#2b4aa3}.fill-n{fill:#171a16}.fill-faint{fill:#8b9186}',
  '.stop-a{stop-color:#a34a00}.stop-b{stop-color:#2b4aa3}.stop-n{stop-color:#171a16}',
  '.outline-a{stroke:#a34a00}.outline-b{stroke:#2b4aa3}.outline-n{stroke:#171a16}',
  '.dots-a,.dots-b,.dots-n{fill:none;stroke-width:1.5;stroke-dasharray:1 4;stroke-linecap:round}',
  '.dots-a{stroke:#a34a00}.dots-b{stroke:#2b4aa3}.dots-n{stroke:#555c52}',
  '.line-a,.line-b,.line-n{stroke-width:2;fill:none}.line-a{stroke:#a34a00}.line-b{stroke:#2b4aa3}.line-n{stroke:#171a16}',
  '.tick-a,.tick-n{stroke-width:4}.tick-a{stroke:#a34a00}.tick-n{stroke:#171a16}',
  '.cells{stroke:#d6d9cf;fill:none}.base{stroke:#8b9186;fill:none}.chosen{fill:#f1f2ec}.paper{fill:#fbfbf8}',
  '.is-out{opacity:.4}.parted{stroke:#fbfbf8}svg{overflow:visible}',
].join('')

/** Source of the styles in a content security policy. */
export const IMAGE_STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/** An SVG file: the same marks as in the page, with their own styles. */
export const ImageFile: FC<{ title: string; width: number; height: number; children?: Child }> = ({
  title,
  width,
  height,
  children,
}) => (
  <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
    <title>{title}</title>
    <style>{raw(STYLE)}</style>
    <defs>
      <Patterns />
    </defs>
    <rect width={width} height={height} class="paper" />
    {children}
  </svg>
)
