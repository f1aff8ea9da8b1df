import { expect, test } from 'vitest'
import { contentOf, databaseKinds, datasetOf, openEmpty, openSeeded } from './support.ts'
test.each(databaseKinds)('%s', async (kind) => {
  for (const f of [openEmpty, openSeeded]) {
    let t = performance.now()
    const db = await f(kind)
    console.log(kind, 'open', performance.now() - t); t = performance.now()
    const c = await contentOf(db)
    console.log(Object.entries(c).map(([k, v]) => `${k} ${v.length}`).join(), await datasetOf(db), performance.now() - t); t = performance.now()
    await db.close()
    console.log(kind, 'close', performance.now() - t)
  }
  expect(1).toBe(1)
})
