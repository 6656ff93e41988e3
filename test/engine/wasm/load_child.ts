// A process that loads the backend with its threads, computes, and has to end by itself.
import * as tf from '@tensorflow/tfjs-core'
import { loadWasm } from '../../../src/engine/wasm/load.ts'

await loadWasm()
const [sum] = await tf.sum(tf.conv2d(tf.ones<tf.Rank.R4>([4, 32, 32, 8]), tf.ones<tf.Rank.R4>([1, 1, 8, 8]), 1, 'same')).data()
process.stdout.write(`${sum}`)
