/**
 * ferment's side of the step benchmark: a network from its recipe, on the best engine. Protocol as in peers/keras_peer.py.
 *
 * usage: tsx bench/ferment_peer.ts base|vgg16|small BATCH train|evaluate float32|mixed_bfloat16|mixed_float16
 */
import { createInterface } from 'node:readline'
import type { Model, Optimizer, Training } from '../schema/recipe.ts'
import { openEngine } from '../src/engine/choose/select.ts'
import { buildNetwork } from '../src/model/build_network.ts'
import { initialWeights } from '../src/model/initial_weights.ts'
import { precisionOf } from '../src/model/precision.ts'
import { forwardFlops } from '../src/plan/estimate.ts'
import { randomOf } from '../src/random.ts'
import { loadRecipe } from '../src/recipe/load_recipe.ts'
import { openSession } from '../src/train/session.ts'

const started = performance.timeOrigin
const [name = 'base', size = '32', task = 'train', policy = 'float32'] = process.argv.slice(2)
const batchSize = Number(size)
const classes = 7

const PAPER = 'recipes/paper/as-reported.yaml'
const NETWORKS: Readonly<Record<string, { recipe: string; model?: string }>> = {
  base: { recipe: PAPER, model: 'My CNN' },
  vgg16: { recipe: PAPER, model: 'VGG16' },
  small: { recipe: 'recipes/examples/quickstart.yaml' },
}

const modelOf = async (): Promise<Model> => {
  const wanted = NETWORKS[name]
  if (!wanted) throw new Error(`no network ${name}`)
  const loaded = await loadRecipe(wanted.recipe)
  if (!loaded.ok) throw new Error('the recipe is not right')
  const cell = loaded.recipe.cells.find((one) => one.cell.model === wanted.model)
  if (!cell) throw new Error(`${wanted.recipe} has no model ${wanted.model}`)
  // The weights' values do not change how long a step takes: none are fetched.
  const layers = cell.spec.model.layers.map((layer) => (layer.kind === 'vgg16' ? { ...layer, weights: null } : layer))
  return { layers }
}

const built = buildNetwork(await modelOf(), [48, 48, name === 'vgg16' ? 3 : 1], classes)
if (!built.ok) throw new Error('the network does not fit')
const { network } = built
const adam: Optimizer = {
  kind: 'adam',
  learning_rate: 1e-5,
  weight_decay: 0,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
  amsgrad: false,
  coupled_weight_decay: false,
  exclude_from_weight_decay: [],
  use_ema: false,
  ema_momentum: 0.99,
  gradient_accumulation_steps: 1,
}
const engine = await openEngine()
const session = await openSession({
  engine,
  network,
  optimizer: adam,
  loss: { kind: 'categorical_crossentropy', label_smoothing: 0 },
  semantics: 'keras-3',
  precision: precisionOf(policy as Training['precision'], engine.arithmetic),
  seed: 0,
  weights: initialWeights(network, 0),
  trainSizes: task === 'train' ? [batchSize] : [],
  evaluateSizes: task === 'evaluate' ? [batchSize] : [],
})
const { uniform, integer } = randomOf({ seed: 0, purpose: 'synthetic' })
const labels = Int32Array.from({ length: batchSize }, () => integer(classes))
const x = Float32Array.from(
  { length: batchSize * network.inputShape.reduce((product, extent) => product * extent, 1) },
  () => uniform() * 2 - 1,
)
const y = new Float32Array(batchSize * classes)
for (const [image, label] of labels.entries()) y[image * classes + label] = 1
const batch = { size: batchSize, x, y, labels }
const sampleWeight = new Float32Array(batchSize).fill(1)

let step = 0
const once = () => (task === 'train' ? session.train({ batch, sampleWeight, learningRate: 1e-5, step: ++step }) : session.evaluate(batch))
const sinceStart = () => (Date.now() - started) / 1000
const set_up_s = sinceStart()
await once()
const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
// A step back costs two steps forward, but for the gradient by the image.
const flops = forwardFlops(network) * batchSize * (task === 'train' ? 3 : 1)
answer({ set_up_s, first_step_s: sinceStart(), flops })
for await (const line of createInterface({ input: process.stdin })) {
  const ms: number[] = []
  for (let count = Number(line); count > 0; count--) {
    const begun = performance.now()
    await once()
    ms.push(performance.now() - begun)
  }
  answer({ ms, peak_mb: process.resourceUsage().maxRSS / 1024 })
}
