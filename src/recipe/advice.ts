import type { Callback, Optimizer, Spec } from '../../schema/recipe.ts'
import type { Found } from './found.ts'
import { scheduleProblems } from './schedule_problems.ts'
import { type MapValue, originAt, type Path } from './value.ts'

/** What a cell says that does not go together, or that can be run and is hardly meant: a warning. Each at its value. */
export const advice = (spec: Spec, value: MapValue): Found[] => {
  const at = (path: Path) => originAt(value, path)
  const { callbacks, optimizer } = spec.training
  const ofCallbacks = callbacks.flatMap((callback, index) => {
    const path = ['training', 'callbacks', index]
    return [...modeAdvice(callback, at([...path, 'mode'])), ...floorAdvice(callback, optimizer.learning_rate, at([...path, 'min_lr']))]
  })
  return [...clipProblems(optimizer, at(['training', 'optimizer'])), ...ofCallbacks, ...scheduleProblems(spec.training, value)]
}

const CLIPS = ['clipnorm', 'global_clipnorm', 'clipvalue'] as const

/** Keras too takes one of them. */
const clipProblems = (optimizer: Optimizer, origin: Found['origin']): Found[] => {
  const given = CLIPS.filter((key) => optimizer[key] !== undefined)
  if (given.length < 2) return []
  const message = `Optimizer "${optimizer.kind}" clips its gradients in ${given.length} ways: ${given.join(', ')}.`
  return [{ code: 'clipped_twice', origin, message, hint: 'Keep one of them.' }]
}

const modeAdvice = (callback: Callback, origin: Found['origin']): Found[] => {
  if (!('monitor' in callback) || callback.mode === 'auto') return []
  const { monitor, mode } = callback
  const right = monitor.endsWith('accuracy') ? 'max' : 'min'
  if (mode === right) return []
  const message = `With "mode: ${mode}", a ${right === 'max' ? 'lower' : 'higher'} ${monitor} counts as better.`
  return [
    {
      severity: 'warning',
      code: 'mode_against_monitor',
      origin,
      message,
      hint: `Write mode: ${right}, or leave it out.`,
      fixes: [{ at: origin, text: right }],
    },
  ]
}

const floorAdvice = (callback: Callback, learningRate: number, origin: Found['origin']): Found[] => {
  if (!('min_lr' in callback) || callback.min_lr < learningRate) return []
  const message = `The learning rate begins at ${learningRate}, which is not above "min_lr" ${callback.min_lr}: it is never lowered.`
  return [{ severity: 'warning', code: 'min_lr_too_high', origin, message }]
}
