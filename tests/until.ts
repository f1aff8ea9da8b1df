import { vi } from 'vitest'

/** Waits until a condition returns something true, on a busy machine for as long as a test may take, and returns it. */
export const until = async <T>(condition: () => T | Promise<T>): Promise<NonNullable<T>> =>
  (await vi.waitUntil(condition, { timeout: 240_000, interval: 1 })) as NonNullable<T>
