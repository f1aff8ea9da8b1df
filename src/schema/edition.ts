import { builder } from './builder.ts'
import { aText } from './lists/weight.ts'
import type { EditionRow } from './loading/source-texts.ts'

export const Edition = builder.objectRef<EditionRow>('Edition').implement({
  description: 'A text that a source has or had. Its publisher may correct it; each text is an edition.',
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: 'SHA-256 of the text, as for `Source.sha256`.' }),
    isPresent: t.exposeBoolean('isPresent', { description: 'True for the present text of the source.' }),
    published: t.expose('edtf', { type: 'EDTF', description: 'Date of publication of the edition.' }),
    importedAt: t.expose('importedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the edition was imported for the first time. Null if it is not recorded.',
    }),
    fullText: t.string({
      nullable: true,
      extensions: aText,
      description: 'Full text. Null if it is not stored here.',
      resolve: ({ sourceSlug, sha256, isPresent }, _args, { loaders }) =>
        loaders.sourceTexts.load({ sourceSlug, edition: isPresent ? null : sha256 }),
    }),
  }),
})
