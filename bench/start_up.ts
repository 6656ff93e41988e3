/**
 * How long the commands take that only look at a recipe, each in a process of its own, in turns: prints the median and the fastest, in ms.
 *
 * usage: tsx bench/start_up.ts [--rounds 9] [--recipe recipes/paper/as-reported.yaml]
 */

import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { median, min } from 'simple-statistics'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, recipe: { type: 'string', default: 'recipes/paper/as-reported.yaml' } },
})
const BIN = fileURLToPath(new URL('../bin/ferment.mjs', import.meta.url))
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['--eval', '0'],
  'ferment --version': [BIN, '--version'],
  'ferment validate': [BIN, 'validate', options.recipe],
  'ferment plan': [BIN, 'plan', options.recipe],
}

/** Wall time of one call, in ms. */
const timed = async (args: readonly string[]): Promise<number> => {
  const { durationMs } = await execa(process.execPath, args, { stdin: 'ignore' })
  return durationMs
}

const times = new Map<string, number[]>(Object.keys(COMMANDS).map((name) => [name, []]))
// The first call of each makes what later ones find: the bundle, the data set's description.
for (const args of Object.values(COMMANDS)) await timed(args)
for (let round = 0; round < Number(options.rounds); round++)
  for (const [name, args] of Object.entries(COMMANDS)) times.get(name)?.push(await timed(args))

for (const [name, ms] of times) console.log(`${name.padEnd(18)} ${median(ms).toFixed(0).padStart(4)} ${min(ms).toFixed(0).padStart(4)}`)
