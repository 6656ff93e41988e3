#!/usr/bin/env node
// TypeScript is run as it is: tsx translates on the fly and keeps the result in its cache.
import { register } from 'tsx/esm/api'

register()
const { main } = await import('../src/cli.ts')
await main(process.argv)
