/** One thing looked at. `ok` false: it works without, but better with; `cure` says how. */
export type Check = { name: string; ok: boolean; value: string; cure?: string; details?: Record<string, unknown> }
