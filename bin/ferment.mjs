#!/usr/bin/env node
import { importSource } from '../src/start/import_source.mjs'

const { main } = await importSource('cli').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write("ferment's packages are not installed. Run: npm ci\n")
  process.exit(1)
})
await main(process.argv)
