import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Problem } from '../../src/problem.ts'
import { type Random, randomOf } from '../../src/random.ts'
import { loadRecipe } from '../../src/recipe/load_recipe.ts'

/** Over all recipes. */
const EDITS = 2600
const MOST_PROBLEMS = 3
const SHARE_WITHIN = 0.95
const MOST_MS = 1000

const originals = readdirSync('recipes', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('recipes', name))
  .sort()
const folder = mkdtempSync(join(tmpdir(), 'ferment-mutation-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const file of originals) writeFileSync(join(folder, basename(file)), readFileSync(file))

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)] as T
/** Places outside of comments, so that an edit can mean something. */
const placesOf = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].filter(({ index }) => !/(^|\s)#[^\n]*$/.test(text.slice(0, index).split('\n').at(-1) ?? ''))

/** One slip of a hand each. */
const edits: Record<string, (text: string, random: Random) => string> = {
  'a character deleted': (text, random) => {
    const at = pick(random, placesOf(text, /\S/g)).index
    return text.slice(0, at) + text.slice(at + 1)
  },
  'a character doubled': (text, random) => {
    const at = pick(random, placesOf(text, /\S/g)).index
    return text.slice(0, at) + text.charAt(at) + text.slice(at)
  },
  'a key renamed': (text, random) => {
    const { index, 0: key } = pick(random, placesOf(text, /\b[a-z_0-9]+(?=:)/g))
    const letter = random.integer(key.length)
    const renamed = pick(random, [`${key}_x`, key.slice(0, letter) + pick(random, [...'aeioxyz']) + key.slice(letter + 1), 'other'])
    return text.slice(0, index) + renamed + text.slice(index + key.length)
  },
  'an indent changed': (text, random) => {
    const { index, 0: space } = pick(random, placesOf(text, /^ +(?=\S)/gm))
    const other = pick(random, [`${space} `, space.slice(1), `${space}  `, `\t${space}`, ''])
    return text.slice(0, index) + other + text.slice(index + space.length)
  },
  'a value of another type': (text, random) => {
    const { index, 0: value } = pick(random, placesOf(text, /(?<=: )[^\s{}[\],#&*|>]+/g))
    const other = pick(random, ['true', '3', '-1.5', 'word', '[]', '{}', 'null', '"7"', '[1, 2]', '{ a: 1 }', ''])
    return text.slice(0, index) + other + text.slice(index + value.length)
  },
  'a space or sign of a text processor': (text, random) => {
    const { index, 0: sign } = pick(random, placesOf(text, /[ :,"-]/g))
    const others: Record<string, string[]> = {
      ' ': ['\u00a0', '\u3000', '\u200b '],
      ':': ['：'],
      ',': ['，'],
      '"': ['“', '”'],
      '-': ['–', '−'],
    }
    return text.slice(0, index) + pick(random, others[sign] as string[]) + text.slice(index + 1)
  },
  'a list in round brackets': (text, random) => {
    const lists = placesOf(text, /\[[^[\]{}]+\]/g)
    if (lists.length === 0) return text.replace(/(?<=: )(\d+)$/m, '($1, $1)')
    const { index, 0: list } = pick(random, lists)
    return `${text.slice(0, index)}(${list.slice(1, -1)})${text.slice(index + list.length)}`
  },
  'a comma or a variable in a value': (text, random) => {
    const { index, 0: value } = pick(random, placesOf(text, /(?<=: )[^\s{}[\],#&*|>]+/g))
    const other = pick(random, [`${value}, ${value}`, `(${value}, ${value})`, `${value},`, `$\{X:-${value}}`, `${value}x${value}`])
    return text.slice(0, index) + other + text.slice(index + value.length)
  },
  'an axis of a list': (text, random) => {
    const path = pick(random, ['training.batch_size', 'batch_size', 'trainig.epochs', 'model.layers.0.filters', 'augmentation'])
    return `${text}\nmatrix: { ${path}: ${pick(random, ['[1, 2]', '[]', '[a]', '[{}, 3]', '2', '[[1], [1]]'])} }\n`
  },
  'a cut file': (text, random) => text.slice(0, random.integer(text.length)),
}

/** The place is in the file, and shows what is there. */
const isExact = ({ place }: Problem, text: string, file: string): boolean => {
  if (!place) return false
  const isHere = place.file === file
  const lines = (isHere ? text : readFileSync(place.file, 'utf8')).split('\n')
  const line = lines[place.line - 1]
  const from = (place.lineTextColumn ?? 1) - 1
  return (
    line !== undefined &&
    place.column >= 1 &&
    place.column <= line.length + 1 &&
    place.length >= 1 &&
    line.slice(from).startsWith(place.lineText)
  )
}

test(`${EDITS} slips: an answer each, at its place, in time, without a cascade`, async () => {
  const cascades: string[] = []
  const slow: string[] = []
  let wrong = 0
  await loadRecipe(originals[0] as string) // compiles the schema, once a process
  for (let number = 0; number < EDITS; number++) {
    const random = randomOf({ seed: 4, purpose: 'bootstrap', at: ['mutation', number] })
    const original = originals[number % originals.length] as string
    const text = readFileSync(original, 'utf8')
    const [name, edit] = Object.entries(edits)[Math.floor(number / originals.length) % Object.keys(edits).length] as [
      string,
      (typeof edits)[string],
    ]
    const changed = edit(text, random)
    const file = join(folder, basename(original))
    writeFileSync(file, changed)
    const what = `${original}, slip ${number}, ${name}`
    const before = process.cpuUsage()
    const loaded = await loadRecipe(file)
    const { user, system } = process.cpuUsage(before)
    // Not the time on the wall: other processes may have the machine.
    const took = (user + system) / 1000
    const problems = loaded.ok ? loaded.recipe.warnings : loaded.problems
    for (const problem of problems) expect(isExact(problem, changed, file) ? null : { what, problem }).toBeNull()
    if (took > MOST_MS) slow.push(`${what}: ${Math.round(took)} ms`)
    if (problems.length > MOST_PROBLEMS) cascades.push(`${what}: ${problems.map(({ code, place }) => `${code}@${place?.line}`).join(' ')}`)
    if (!loaded.ok) wrong++
    writeFileSync(file, text)
  }
  expect(slow).toEqual([])
  expect(wrong).toBeGreaterThan(EDITS / 2)
  expect(cascades.length, cascades.join('\n')).toBeLessThanOrEqual((1 - SHARE_WITHIN) * EDITS)
  console.log(
    `${EDITS} slips, ${wrong} of them wrong, ${cascades.length} with more than ${MOST_PROBLEMS} problems${process.env.VERBOSE ? `\n${cascades.join('\n')}` : ''}`,
  )
})
