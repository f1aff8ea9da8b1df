import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** True if the usage of processes can be read on this system. */
export const isReadable = process.platform === 'linux'

const ticksPerSecond = isReadable ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 100

/** The fields of /proc/PID/stat after the name, which can contain spaces. The first is the state. */
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

/** CPU time of a process with all its threads, in milliseconds. */
export function cpuOf(pid: number): number | undefined {
  const stat = statOf(pid)
  return stat && milliseconds(stat, USER, SYSTEM)
}

/** The same for a process and its children, including ended ones. */
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

/** The parent of a process, if it is visible and has the given name. */
export function parentOf(pid: number, name: string): number | undefined {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith(name)) return undefined
    return Number(statOf(pid)?.[PARENT])
  } catch {
    return undefined
  }
}

/** Resets the peak memory of a process, so that `peakMemoryOf` measures from now on. */
export function forgetPeakMemory(pid: number): void {
  if (isReadable) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Peak resident memory of a process, in MB. */
export function peakMemoryOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}
