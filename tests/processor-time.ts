/** Returns the seconds of processor time that this process took for `work`. A busy machine takes no more of it, but longer. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}
