declare module '@citation-js/core' {
  export class Cite {
    constructor(data: unknown)
    readonly data: object[]
    format(format: string, options: object): string
  }
}
declare module '@citation-js/plugin-bibtex'
declare module '@citation-js/plugin-csl'
declare module '@citation-js/plugin-ris'
declare module 'jsonld' {
  const jsonld: { expand(document: object, options: object): Promise<object[]> }
  export default jsonld
}
