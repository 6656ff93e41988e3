import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Values } from '../../engine.ts'
import type { Binding } from '../load.ts'
import { DATA_TYPES } from './attr.ts'
import type { Feed } from './feed.ts'
import type { Ref } from './graph.ts'
import { TraceError } from './trace_error.ts'

type Fed = Pick<Feed, 'fed' | 'spec'> & { values: Values }

/** A graph that TensorFlow has loaded, with variables of its own. */
export type GraphSession = {
  /** Runs what the fetched nodes need, and returns their values. */
  run: (feeds: readonly Fed[], fetches: readonly Ref[]) => Float32Array[]
  close: () => void
}

/** @throws TraceError with what TensorFlow says of a graph that it does not take */
export const openSession = (binding: Binding, savedModel: Uint8Array): GraphSession => {
  const id = load(binding, savedModel)
  const create = ({ spec, values }: Fed): number => binding.createTensor([...spec.shape], DATA_TYPES[spec.dtype], values)
  const take = ({ id: tensor }: { id: number }): Float32Array => {
    try {
      const values = binding.tensorDataSync(tensor)
      return values instanceof Float32Array ? values : new Float32Array(values)
    } finally {
      binding.deleteTensor(tensor)
    }
  }
  return {
    run: (feeds, fetches) => {
      const fed = feeds.map(create)
      try {
        const names = feeds.map(({ fed: ref }) => output(ref)).join()
        return binding.runSavedModel(id, fed, names, fetches.map(output).join()).map(take)
      } finally {
        for (const tensor of fed) binding.deleteTensor(tensor)
      }
    },
    close: () => binding.deleteSavedModel(id),
  }
}

/** The binding takes graphs from a folder only. Nothing is read from it after loading, so it is gone when this returns. */
const load = (binding: Binding, savedModel: Uint8Array): number => {
  const folder = mkdtempSync(join(tmpdir(), 'ferment-graph-'))
  try {
    mkdirSync(join(folder, 'variables'))
    writeFileSync(join(folder, 'saved_model.pb'), savedModel)
    return binding.loadSavedModel(folder, 'serve')
  } catch (error) {
    throw new TraceError(`TensorFlow does not take the graph: ${error instanceof Error ? error.message : error}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const output = (ref: Ref): string => (ref.includes(':') ? ref : `${ref}:0`)
