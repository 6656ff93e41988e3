/**
 * What the machine multiplies matrices at: the largest throughput of products of 2048 × 2048 float32 matrices in TensorFlow, in GFLOP/s. The
 * measure of how near a training step is to what the processor can do.
 *
 * usage: tsx bench/matrix_peak.ts
 */
import { matMul, randomUniform } from '@tensorflow/tfjs-core'
import { max } from 'simple-statistics'
import { openEngine } from '../src/engine/choose/select.ts'

const SIZE = 2048
const TIMES = 20

await openEngine()
const [a, b] = [randomUniform([SIZE, SIZE]), randomUniform([SIZE, SIZE])]

const gflops = (): number => {
  const begun = performance.now()
  const product = matMul(a, b)
  // Waits for the result without reading all of it.
  product.slice([0, 0], [1, 1]).dataSync()
  const seconds = (performance.now() - begun) / 1000
  product.dispose()
  return (2 * SIZE ** 3) / seconds / 1e9
}

gflops()
process.stdout.write(`${JSON.stringify({ gflops: max(Array.from({ length: TIMES }, gflops)) })}\n`)
