import { builder } from './builder.ts'

/** An entry of a timeline. It is implemented in `timeline.ts`. */
export const Entry = builder.interfaceRef<object>('Entry')
