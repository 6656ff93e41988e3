import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Shell scripts in place of Python and g++, which log their calls and make empty files where the real ones make real ones. */
const SCRIPTS = {
  python3: `
case "$*" in
  *"pip --version"*) [ -z "$NO_PIP" ] ;;
  *"pip download"*)
    echo download >> "$FAKE_LOG"
    while [ -n "$HOLD" ] && [ -e "$HOLD" ]; do sleep 0.05; done
    [ -z "$NO_INDEX" ] || { echo "ERROR: No matching distribution found for tensorflow_cpu" >&2; exit 1; }
    while [ "$1" != --dest ]; do shift; done
    touch "$2/fake.whl" ;;
  *unpack.py*)
    echo unpack >> "$FAKE_LOG"
    sleep "\${UNPACK_SECONDS:-0}"
    mkdir -p "$3/tensorflow/include"
    touch "$3/tensorflow/libtensorflow_cc.so.2"
    echo 'numpy>=1.26' ;;
esac`,
  'g++': `
[ "$1" = --version ] && exit 0
echo compile >> "$FAKE_LOG"
[ -z "$COMPILER_FAILS" ] || { echo "tfjs_backend.cc:18:10: fatal error: no such file" >&2; exit 1; }
while [ "$1" != -o ]; do shift; done
touch "$2"`,
}

export type FakeMachine = {
  env: Record<string, string>
  /** Names of the steps that were taken, in order. */
  calls: () => string[]
  binding: string
  remove: () => void
}

/** A folder with a cache and a PATH that holds these tools only. */
export const fakeMachine = (tools: readonly (keyof typeof SCRIPTS)[] = ['python3', 'g++']): FakeMachine => {
  const dir = mkdtempSync(join(tmpdir(), 'ferment-setup-'))
  const bin = join(dir, 'bin')
  mkdirSync(bin)
  for (const tool of tools) {
    writeFileSync(join(bin, tool), `#!/bin/sh\nPATH=/usr/bin:/bin\n${SCRIPTS[tool]}\n`)
    chmodSync(join(bin, tool), 0o755)
  }
  const log = join(dir, 'log')
  writeFileSync(log, '')
  return {
    env: { PATH: bin, FERMENT_CACHE_DIR: join(dir, 'cache'), FAKE_LOG: log, CUDA_VISIBLE_DEVICES: '' },
    calls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    binding: join(dir, 'package/lib/tfjs_binding.node'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
