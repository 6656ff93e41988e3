#!/usr/bin/env node
import { registerTypeScript } from '../src/typescript.mjs'

registerTypeScript()
const { main } = await import('../src/cli.ts')
await main(process.argv)
