import { execa } from 'execa'

/**
 * Runs a command in a process group of its own, and ends the whole group as soon as this process is gone: pip and a compiler that nobody waits
 * for would go on for minutes. A pipe does: the system closes it however this process ends.
 */
const SCRIPT = `exec 3<&0
(read -r _ <&3; kill -KILL 0) &
guard=$!
"$@" </dev/null 3<&-
status=$?
kill $guard 2>/dev/null
exit $status`

type Guarding = { cancelSignal: AbortSignal /** Both streams as one text. */; all?: boolean; stdout?: 2; stderr?: 'inherit' }
type Guarded = { failed: boolean; stdout: string; stderr: string; all?: string; shortMessage?: string }

/** Runs a tool of a set-up, which does not outlive it; on an abort it is ended with all that it has started. Never rejects. */
export const guarded = async (command: string, args: readonly string[], options: Guarding): Promise<Guarded> => {
  const child = execa('/bin/sh', ['-c', SCRIPT, 'sh', command, ...args], { ...options, stdin: 'pipe', detached: true, reject: false })
  // The shell is ended by the abort; the pipe ends the others.
  options.cancelSignal.addEventListener('abort', () => child.stdin.destroy(), { once: true })
  return (await child) as Guarded
}
