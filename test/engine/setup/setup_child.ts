// A set-up in a process of its own, with a build that is not really tried: prints what it did.
import { setupNative } from '../../../src/engine/setup/setup.ts'

const { did } = await setupNative({
  want: 'cpu',
  say: (text) => console.error(text),
  signal: new AbortController().signal,
  verify: async () => ({ tensorflow: 'fake', gpu: false }),
  binding: process.argv[2] as string,
})
console.log(did)
