import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Which room may import which: data passes from a recipe to a report, and imports follow it. `ground` is what all rooms stand on, the files
 * beside them. What is not in a row is not imported from there, neither values nor types. CONTRIBUTING.md shows it as a picture.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  start: [],
  ground: ['schema'],
  recipe: ['ground', 'schema'],
  engine: ['ground', 'schema', 'start'],
  data: ['ground', 'schema', 'start'],
  model: ['ground', 'schema', 'engine'],
  train: ['ground', 'schema', 'engine', 'data', 'model'],
  plan: ['ground', 'schema', 'recipe', 'data', 'model', 'train'],
  run: ['ground', 'schema', 'start', 'data', 'engine', 'model', 'train', 'plan'],
  report: ['ground', 'schema'],
  terminal: ['ground', 'schema', 'data', 'plan', 'run', 'report'],
  machine: ['ground', 'data', 'engine', 'model', 'terminal'],
  study: ['ground', 'schema', 'recipe', 'data', 'engine', 'model', 'plan', 'run', 'report', 'terminal'],
  commands: ['ground', 'schema', 'engine', 'machine', 'study', 'terminal'],
  cli: ['ground', 'commands'],
}

/** Statements and calls that import, and the name they import by. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g

const roomOf = (path: string): string => {
  const [top = '', room = '', ...rest] = path.split('/')
  if (top !== 'src') return top
  if (rest.length > 0) return room
  return room === 'cli.ts' ? 'cli' : 'ground'
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => join('src', name))
  .filter((path) => /\.(ts|mjs)$/.test(path))

const imports = sources.flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(IMPORT)].map(([, name = '']) => ({ path, imported: normalize(join(dirname(path), name)) })),
)

test('all sources were found, and what they import', () => {
  expect(sources.length).toBeGreaterThan(300)
  expect(imports.length).toBeGreaterThan(sources.length)
  expect(new Set(sources.map(roomOf))).toEqual(new Set(Object.keys(MAY_IMPORT).filter((room) => room !== 'schema')))
})

test('imports between rooms are those of the table', () => {
  const wrong = imports.filter(({ path, imported }) => {
    const [from, to] = [roomOf(path), roomOf(imported)]
    return from !== to && to !== 'package.json' && !MAY_IMPORT[from]?.includes(to)
  })
  expect(wrong).toEqual([])
})

test('no file imports itself by way of others, types included', () => {
  const importsOf = new Map(sources.map((path) => [path, imports.filter((one) => one.path === path)]))
  const done = new Set<string>()
  const circles: string[][] = []
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path])
    if (way.includes(path) || done.has(path)) return
    for (const { imported } of importsOf.get(path) ?? []) visit(imported, [...way, path])
    done.add(path)
  }
  for (const path of sources) visit(path, [])
  expect(circles).toEqual([])
})

describe('the table', () => {
  test('has no arrow back: each room imports only rooms above it', () => {
    const order = Object.keys(MAY_IMPORT)
    for (const [room, others] of Object.entries(MAY_IMPORT))
      for (const other of others) expect(order.indexOf(other), `${room} → ${other}`).toBeLessThan(order.indexOf(room))
  })

  test('is the picture in CONTRIBUTING.md', () => {
    const arrows = Object.entries(MAY_IMPORT)
      .filter(([, others]) => others.length > 0)
      .map(([room, others]) => `    ${room.padEnd(9)}→ ${others.join(', ')}`)
    expect(readFileSync('CONTRIBUTING.md', 'utf8')).toContain(`\n${arrows.join('\n')}\n`)
  })
})
