#!/usr/bin/env node
import { runProgram } from './program.ts'

// Ends the process even if a module left a timer behind.
process.exit(await runProgram(process.argv.slice(2), process))
