/** What names a layer. */
type Layer = { kind: string; name?: string | undefined }

/** Keras' names: the kind, then kind_1, kind_2, …; a number that a name of the recipe has already is left out. */
export const layerNames = (layers: readonly Layer[]): string[] => {
  const taken = new Set(layers.flatMap(({ name }) => name ?? []))
  const count = new Map<string, number>()
  const next = (kind: string): string => {
    const number = count.get(kind) ?? 0
    count.set(kind, number + 1)
    const name = number === 0 ? kind : `${kind}_${number}`
    return taken.has(name) ? next(kind) : name
  }
  return layers.map(({ kind, name }) => name ?? next(kind))
}
