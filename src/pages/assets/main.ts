import { addCopyButtons } from './copy.ts'
import { openLinkedDetails } from './linked-details.ts'
import { pointOutPassages } from './passages.ts'

addCopyButtons()
openLinkedDetails()
pointOutPassages()
