// Run as a process of its own: opens the device and computes with it. Prints a line of JSON (`Trial`); fails where the result is wrong.
import * as tf from '@tensorflow/tfjs-core'
import { openWebgpu } from './engine.ts'
import type { Trial } from './verify.ts'

const IMAGE = 32

const { device, gpu } = await openWebgpu({ software: true })
const image = tf.ones<tf.Rank.R4>([1, IMAGE, IMAGE, 4])
const [sum] = await tf.sum(tf.conv2d(image, tf.ones<tf.Rank.R4>([1, 1, 4, 8]), 1, 'same')).data()
if (sum !== IMAGE * IMAGE * 4 * 8) throw new Error(`a convolution came to ${sum}, not ${IMAGE * IMAGE * 4 * 8}`)
const trial: Trial = { device, gpu }
process.stdout.write(JSON.stringify(trial))
