/**
 * Writes losses.json for the networks of networks.yaml that are not in it yet; `--all`, after the version of the numbers was raised, for all.
 * Run: npx tsx test/golden/numbers/make.ts [--all]
 */
import { readFile, writeFile } from 'node:fs/promises'
import { LOSSES, lossesOf, networks } from './networks.ts'

const known = process.argv.includes('--all') ? {} : JSON.parse(await readFile(LOSSES, 'utf8'))
const losses: Record<string, readonly (number | null)[]> = {}
for (const [name, spec] of Object.entries(await networks())) losses[name] = known[name] ?? (await lossesOf(spec))
await writeFile(LOSSES, `${JSON.stringify(losses, null, 1)}\n`)
process.exit() // Threads of the batches may still be closing.
