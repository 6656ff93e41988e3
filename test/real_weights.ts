import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findWeights } from '../src/model/weights/vgg16_imagenet.ts'

/** Beside the project, where its real data may lie. */
const SHARED = join(import.meta.dirname, '../../shared/data/vgg16_imagenet_notop.h5')
if (!process.env.FERMENT_VGG16 && existsSync(SHARED)) process.env.FERMENT_VGG16 = SHARED

const found = await findWeights()

/** A file with VGG16's ImageNet weights, which cannot be committed: what needs them is tested where they are. */
export const realWeights: string | undefined = found.present ? found.path : undefined

/** Title of tests that need them: names the reason where they are skipped. */
export const withWeights = (title: string): string =>
  realWeights ? title : `${title} (skipped: no weights of VGG16; FERMENT_VGG16 names their file)`
