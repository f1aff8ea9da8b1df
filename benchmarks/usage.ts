import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Whether what processes use can be read here. */
export const isReadable = process.platform === 'linux'

const ticksPerSecond = isReadable ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 100

/** Fields of /proc/PID/stat after the name, which may hold spaces: the first is the state. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

const PARENT = 1
const USER = 11
const SYSTEM = 12
const CHILDREN_USER = 13
const CHILDREN_SYSTEM = 14

const milliseconds = (stat: readonly string[], ...fields: number[]) =>
  fields.reduce((sum, field) => sum + (Number(stat[field]) * 1_000) / ticksPerSecond, 0)

/** Milliseconds of CPU that a process has used, all its threads together. */
export function cpuOf(pid: number): number | undefined {
  const stat = statOf(pid)
  return stat && milliseconds(stat, USER, SYSTEM)
}

/** The same of a process and of its children, those included that have ended. */
export function cpuOfFamily(pid: number): number | undefined {
  const own = statOf(pid)
  if (!own) return undefined
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => statOf(Number(entry)))
    .filter((stat) => stat?.[PARENT] === String(pid))
  return children.reduce(
    (sum, stat) => sum + milliseconds(stat as string[], USER, SYSTEM),
    milliseconds(own, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM),
  )
}

/** The parent of a process, where it is visible here and called by a name. */
export function parentOf(pid: number, name: string): number | undefined {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith(name)) return undefined
    return Number(statOf(pid)?.[PARENT])
  } catch {
    return undefined
  }
}

/** Forgets how much memory a process once had, so that `peakMemoryOf` tells of what comes. */
export function forgetPeakMemory(pid: number): void {
  if (isReadable) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The most memory that a process had in RAM, in MB. */
export function peakMemoryOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}
