import type { RunRecord } from '../../schema/record.ts'

/** The least that is a record: one run without a history. */
export const tinyRecord: RunRecord = {
  schema_version: 1,
  id: '0123456789abcdef',
  status: 'done',
  study: { title: 'Tiny', recipe: 'tiny.yaml', profile: null },
  cell: {},
  seed: 0,
  spec: {},
  provenance: {
    ferment: '0.0.0',
    code: '',
    git_commit: null,
    git_dirty: null,
    command: ['ferment', 'run', 'tiny.yaml'],
    node: 'v20.0.0',
    packages: {},
    engine: { name: 'native', mode: 'eager', device: 'CPU', gpu: false, tensorflow: null },
    os: 'Linux',
    cpu: 'CPU',
    cores: 1,
    started_at: '2026-01-01T00:00:00.000Z',
    finished_at: '2026-01-01T00:00:01.000Z',
    seconds: 1,
    peak_memory_bytes: 1,
    resumed: 0,
  },
}
