import { addCopyButtons } from './copy.ts'
import { openLinkedDetails } from './linked-details.ts'

addCopyButtons()
openLinkedDetails()
