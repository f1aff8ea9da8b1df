import { label } from '../time/label.ts'

/** What a footnote is made of. */
export interface Referenced {
  readonly exact: string
  readonly title: string
  /** EDTF. */
  readonly published: string
  readonly publisher?: string | null | undefined
  readonly url?: string | null | undefined
}

/** A footnote: publisher, title, date, the words, the address. */
export function reference({ exact, title, published, publisher, url }: Referenced): string {
  const document = [publisher, title, label(published)].filter(Boolean).join(', ')
  const words = /^[“"‘'].*[”"’']$/su.test(exact) ? exact : `“${exact}”`
  return `${document}: ${words}${url ? ` <${url}>` : ''}.`
}

/** An address that opens a page at the words (a text fragment, as browsers know them since 2020). */
export function textFragmentUrl(
  url: string,
  { exact, prefix, suffix }: { readonly exact: string; readonly prefix: string | null; readonly suffix: string | null },
): string {
  const parts = [prefix && `${encode(prefix)}-`, encode(exact), suffix && `-${encode(suffix)}`].filter(Boolean)
  const page = new URL(url)
  return `${url}${page.hash ? '' : '#'}:~:text=${parts.join(',')}`
}

/** A dash and a comma have a meaning in text fragments. */
const encode = (words: string) => encodeURIComponent(words.trim()).replaceAll('-', '%2D')
