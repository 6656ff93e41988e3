import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import { join } from 'node:path'
import type { RunRecord } from '../../schema/record.ts'
import { TFJS_NODE } from '../engine/native/tfjs_node.ts'
import { commitOf, isDirty } from './commit.ts'
import { portablePath } from './without_folders.ts'

const require = createRequire(import.meta.url)
const PACKAGES = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', 'webgpu', '@tensorflow/tfjs-backend-wasm']

const ROOT = join(import.meta.dirname, '../..')

type Provenance = RunRecord['provenance']

/** Everything about the machine, the code and the engine that a reader may want to know of a run; times are filled in by the caller. */
export const provenanceOf = async (
  engine: Provenance['engine'],
  { code, command }: { code: string; command: readonly string[] },
): Promise<Omit<Provenance, 'started_at' | 'finished_at' | 'seconds' | 'peak_memory_bytes' | 'resumed'>> => {
  const [commit, dirty] = await Promise.all([commitOf(), isDirty()])
  const { name, mode, device, gpu, tensorflow, arithmetic, note } = engine
  const visible = process.env.CUDA_VISIBLE_DEVICES
  return {
    ferment: versionOf(join(ROOT, 'package.json')),
    code,
    git_commit: commit,
    git_dirty: dirty,
    command: command.map((word) => portablePath(word)),
    node: process.version,
    packages: {
      ...Object.fromEntries(PACKAGES.map((id) => [id, versionOf(require.resolve(`${id}/package.json`))])),
      [TFJS_NODE.name]: TFJS_NODE.version,
    },
    ...(visible === undefined ? {} : { cuda_visible_devices: visible }),
    engine: {
      name,
      mode,
      device,
      gpu,
      tensorflow,
      ...(arithmetic === undefined ? {} : { arithmetic }),
      ...(note === undefined ? {} : { note }),
    },
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
  }
}

const versionOf = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
