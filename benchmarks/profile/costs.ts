import { partOf } from './parts.ts'

/** As Node's `--cpu-prof` writes it. Times in microseconds. */
interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
  readonly startTime: number
  readonly endTime: number
}

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

/** A share of the time in which the process was busy. */
export interface Cost {
  readonly name: string
  readonly share: number
}

/** Costs by part of the stack and by function, the most expensive first, for the last seconds of a profile. */
export function costsOf(profile: CpuProfile, seconds: number): { parts: Cost[]; functions: Cost[] } {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const [parts, functions] = [new Tally(), new Tally()]
  for (const [id, time] of timesOf(profile, seconds)) {
    const part = partOfNode(id, nodes, parents)
    if (part === 'idle') continue
    parts.add(part, time)
    functions.add(nameOf(nodes.get(id) as ProfileNode), time)
  }
  return { parts: parts.costs(), functions: functions.costs() }
}

/** The time that each node was on top of the stack in the last seconds, except the very last one, in which the process ended. */
function timesOf({ samples, timeDeltas, startTime, endTime }: CpuProfile, seconds: number): Map<number, number> {
  const times = new Map<number, number>()
  const [from, to] = [endTime - seconds * 0.9e6, endTime - 0.2e6]
  let now = startTime
  for (const [i, id] of samples.entries()) {
    const delta = timeDeltas[i] ?? 0
    now += delta
    if (now >= from && now <= to) times.set(id, (times.get(id) ?? 0) + delta)
  }
  return times
}

/** The part that a node belongs to. Work of the engine itself, such as sorting, belongs to its caller. */
function partOfNode(id: number, nodes: ReadonlyMap<number, ProfileNode>, parents: ReadonlyMap<number, number>): string {
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const { functionName, url } = (nodes.get(at) as ProfileNode).callFrame
    const part = partOf(functionName, url)
    if (part) return part
  }
  return 'Node, other'
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*\/dist\//, '')
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}

class Tally {
  readonly #times = new Map<string, number>()

  add(name: string, time: number): void {
    this.#times.set(name, (this.#times.get(name) ?? 0) + time)
  }

  costs(): Cost[] {
    const sum = [...this.#times.values()].reduce((sum, time) => sum + time, 0)
    return [...this.#times].map(([name, time]) => ({ name, share: time / sum })).toSorted((a, b) => b.share - a.share)
  }
}
