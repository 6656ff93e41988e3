#!/usr/bin/env node
import { importSource } from '../src/start/import_source.mjs'

/** Why ferment cannot begin, where a user can do something about it. */
const reasonOf = ({ code, path }) => {
  if (code === 'ERR_MODULE_NOT_FOUND') return "ferment's packages are not installed. Run: npm ci"
  if (path) return `ferment cannot write ${path} (${code}). FERMENT_CACHE_DIR can name a folder that it may write to.`
  return null
}

const { main } = await importSource('cli').catch((error) => {
  const reason = reasonOf(error)
  if (reason === null) throw error
  process.stderr.write(`${reason}\n`)
  process.exit(1)
})
await main(process.argv)
