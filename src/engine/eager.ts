import { clone, keep, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { elements } from '../elements.ts'
import type { Arrays, FunctionSpec, Program, State, Tensors } from './engine.ts'

/**
 * Functions run op by op on tfjs' current backend, over a state held as tensors. Between calls exactly the state's tensors are alive.
 * The values of `state` and of a `write` belong to the program afterwards: some backends keep them without a copy.
 */
export const eagerProgram = (functions: Readonly<Record<string, FunctionSpec>>, state: State): Program => {
  const current: Tensors = {}
  const put = (name: string, value: Tensor) => {
    current[name]?.dispose()
    current[name] = value
  }
  for (const [name, { shape, values }] of Object.entries(state)) put(name, keep(tensor(values, [...shape], 'float32')))

  const call: Program['call'] = async (name, inputs) => {
    const spec = functions[name]
    if (!spec) throw new Error(`no function ${name} was loaded`)
    let changes: Tensors = {}
    const outputs = tidy(() => {
      const given = Object.entries(spec.inputs).map(([input, declared]): [string, Tensor] => {
        const values = inputs[input]
        if (!values) throw new Error(`function ${name} was not given its input ${input}`)
        return [input, tensorOf(input, values, declared)]
      })
      const result = spec.run(Object.fromEntries(given), current)
      changes = applied(result.updates)
      // A copy of the handle, as an output may be an input or a part of the state.
      return Object.fromEntries(Object.entries(result.outputs).map(([output, value]) => [output, clone(value)]))
    })
    for (const [changed, value] of Object.entries(changes)) put(changed, value)
    const read = await valuesOf(outputs)
    for (const value of Object.values(outputs)) value.dispose()
    return read
  }

  return {
    call,
    read: () => valuesOf(current),
    write: async (values) => {
      for (const [name, replacement] of Object.entries(values)) {
        const held = current[name]
        if (!held) throw new Error(`the state has no ${name}`)
        put(name, keep(tensor(replacement, held.shape, 'float32')))
      }
    },
    dispose: () => {
      for (const [name, value] of Object.entries(current)) {
        value.dispose()
        delete current[name]
      }
    },
  }
}

const tensorOf = (name: string, values: Arrays[string], spec: FunctionSpec['inputs'][string]): Tensor => {
  const size = elements(spec.shape)
  if (values.length !== size) throw new Error(`input ${name} has ${values.length} values, not the ${size} of [${spec.shape.join(', ')}]`)
  return tensor(values, [...spec.shape], spec.dtype)
}

/** New values of the state, by the definition of each update: all are computed from the old state, then put in place together. */
const applied = (updates: ReturnType<FunctionSpec['run']>['updates']): Tensors =>
  Object.fromEntries(
    (updates ?? []).flatMap(({ pure }) => Object.entries(pure()).map(([name, value]): [string, Tensor] => [name, keep(clone(value))])),
  )

const valuesOf = async (tensors: Tensors): Promise<Record<string, Float32Array>> => {
  const read = Object.entries(tensors).map(async ([name, value]) => [name, new Float32Array(await value.data())] as const)
  return Object.fromEntries(await Promise.all(read))
}
