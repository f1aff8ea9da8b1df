import { IMAGE_STYLE_SOURCE } from '../pages/parts/image-file.tsx'
import type { Exchange } from './exchange.ts'

/** Nothing of a response that is not a page can run or load anything. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

/** Everything in a page comes from this service, and nothing is inline. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** An SVG file has only its own styles. */
export const IMAGE_POLICY = `default-src 'none'; style-src ${IMAGE_STYLE_SOURCE}; frame-ancestors 'none'`

/** GraphiQL's editor writes styles into the page, and its fonts and images are data URLs. */
export const PLAYGROUND_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SECURITY_HEADERS = {
  'content-security-policy': NO_PAGE,
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: a browser would then send `Origin: null` with the form of /key, which is that of an unknown site.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Sent only if a trusted proxy says that the client uses https: with http, it would make nothing safer. */
const HTTPS_ONLY = { ...SECURITY_HEADERS, 'strict-transport-security': 'max-age=31536000' }

/** The security headers of every response. A page replaces the Content-Security-Policy by its own. */
export const securityHeadersOf = ({ caller }: Exchange): Readonly<Record<string, string>> =>
  caller.isSecure ? HTTPS_ONLY : SECURITY_HEADERS
