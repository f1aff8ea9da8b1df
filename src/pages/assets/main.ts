import { addCopyButtons } from './copy.ts'
import { openLinkedDetails } from './linked-details.ts'
import { pointOutPassages } from './passages.ts'
import { addPictureButtons } from './picture.ts'
import { addSuggestions } from './suggest.ts'

addCopyButtons()
addSuggestions()
openLinkedDetails()
pointOutPassages()
addPictureButtons()
if (document.querySelector('#filters')) void import('./relation.ts').then(({ narrowAtOnce }) => narrowAtOnce())
const review = document.querySelector<HTMLElement>('#draft-review')
if (review) void import('./draft/review.tsx').then(({ reviewDraft }) => reviewDraft(review))
