import type { FitOptions } from '../train/fit_options.ts'
import type { Job } from './job.ts'
import type { Data } from './prepare_run.ts'

type TrainingOptions = Pick<
  FitOptions,
  'train' | 'validation' | 'semantics' | 'epochs' | 'learningRate' | 'schedule' | 'callbacks' | 'classWeights'
>

/** What a training is by its spec and data, whoever asks for it: a run, or only its first steps. */
export const trainingOf = (
  { spec: { training, semantics } }: Pick<Job, 'spec'>,
  { train, validation, weights }: Data,
): TrainingOptions => ({
  train,
  validation,
  semantics,
  epochs: training.epochs,
  learningRate: training.optimizer.learning_rate,
  schedule: training.schedule,
  callbacks: training.callbacks,
  classWeights: weights,
})
