// Generated from the schema beside it by `npm run generate`. Do not edit.



/**
 * What is left of a run: the seam between training and reporting.
 */
export interface RunRecord {
/**
 * Version of this form.
 */
schema_version: 1
/**
 * Content hash of all that decides the result.
 */
id: string
/**
 * How the run ended.
 */
status: ("done" | "failed")
/**
 * Why it failed, in words for the user.
 */
error?: string
/**
 * Where the run came from.
 */
study: {
/**
 * Title of the study.
 */
title: string
/**
 * Path of the recipe, from the working directory; only its name where it lies elsewhere.
 */
recipe: string
/**
 * Profile, if any.
 */
profile: (string | null)
}
/**
 * Axis name → value name.
 */
cell: {
[k: string]: string
}
/**
 * Seed of the run.
 */
seed: number
/**
 * The resolved cell (`spec` of recipe.schema.json). Absolute paths are cut to their last name.
 */
spec: {

}
/**
 * The data as used.
 */
data?: {
/**
 * Kind of source.
 */
kind: string
/**
 * Name for people.
 */
name: string
/**
 * File or folder as the recipe has it, variables as written; only its name where it is absolute.
 */
path: (string | null)
/**
 * Whether the images are drawn: then nothing here compares with a paper.
 */
synthetic: boolean
/**
 * Of images and labels as loaded.
 */
sha256: string
/**
 * Of the unpacked source file.
 */
md5: (string | null)
/**
 * Number of images.
 */
images: number
/**
 * [height, width, channels] as stored.
 */
image_shape: number[]
/**
 * Class names, in order of their numbers.
 */
classes: string[]
/**
 * Images per class of each part, before `limit`.
 */
counts: {
/**
 * By class.
 */
train: number[]
/**
 * By class.
 */
validation: number[]
/**
 * By class.
 */
test: number[]
}
/**
 * Images used of each part, after `limit`.
 */
used: {
train: number
validation: number
test: number
}
/**
 * SHA-256 of the row numbers of each part before `limit`, as little-endian int32.
 */
fingerprint: {
train: string
validation: string
test: string
}
/**
 * Weights of the classes in the training loss, if any.
 */
class_weight: (number[] | null)
/**
 * What the source has and the data set has not, and why; missing where there is nothing.
 */
left_out?: {
/**
 * In words, after the number: `… of kind .txt`.
 */
what: string
/**
 * How many files or rows.
 */
count: number
}[]
}
/**
 * The network as built.
 */
model?: {
/**
 * All weights.
 */
parameters: number
/**
 * Weights that training changes.
 */
trainable_parameters: number
/**
 * From image to classes.
 * 
 * Items: A layer.
 */
layers: {
/**
 * Name.
 */
name: string
/**
 * Kind.
 */
kind: string
/**
 * Without the batch axis.
 */
output_shape: number[]
/**
 * Weights.
 */
parameters: number
}[]
}
/**
 * Loss of each of the first 50 training steps, class weights and regularizers included: what `ferment verify` trains again.
 * 
 * Items: A loss. null: not a finite number.
 */
opening?: (number | null)[]
/**
 * Epochs in order.
 * 
 * Items: An epoch.
 */
history?: {
/**
 * 1-based.
 */
epoch: number
/**
 * Training loss, class weights and regularizers included, mean over images. null: not a finite number.
 */
loss: (number | null)
/**
 * Training accuracy while training. null: not a finite number.
 */
accuracy: (number | null)
/**
 * Validation loss. null: not a finite number.
 */
val_loss: (number | null)
/**
 * Validation accuracy. null: not a finite number.
 */
val_accuracy: (number | null)
/**
 * In force during the epoch; where a schedule changes it from step to step, that of the last step.
 */
learning_rate: number
/**
 * Training steps.
 */
steps: number
/**
 * Wall time of the epoch, validation included.
 */
seconds: number
/**
 * Training images per second of training time.
 */
images_per_second: number
}[]
/**
 * In order.
 * 
 * Items: Something a callback did.
 */
events?: {
/**
 * 1-based.
 */
epoch: number
/**
 * Kind of callback.
 */
callback: string
/**
 * In words.
 */
message: string
}[]
/**
 * Test set under the last and the best weights.
 */
evaluation?: {
last?: Evaluation
best?: Evaluation
}
/**
 * How this came about.
 */
provenance: {
/**
 * Version.
 */
ferment: string
/**
 * SHA-256 of the source of the training rooms.
 */
code: string
/**
 * Commit of the checkout.
 */
git_commit: (string | null)
/**
 * Whether the checkout differed from it.
 */
git_dirty: (boolean | null)
/**
 * Command line. Absolute paths are cut to their last name.
 */
command: string[]
/**
 * Version of Node.
 */
node: string
/**
 * Name → version.
 */
packages: {
[k: string]: string
}
/**
 * What computed.
 */
engine: {
/**
 * native, webgpu or wasm.
 */
name: string
/**
 * eager or compiled.
 */
mode: string
/**
 * For people.
 */
device: string
/**
 * Whether a GPU.
 */
gpu: boolean
/**
 * Version of TensorFlow's library.
 */
tensorflow: (string | null)
/**
 * What the layers computed in: `float32`, `bfloat16`, `float32 rounded to bfloat16` and so on.
 */
arithmetic?: string
/**
 * Why an engine that compiles ran this network op by op (eager), where it did.
 */
note?: string
}
/**
 * NVIDIA GPUs that the run's process was allowed to use, as CUDA names them; absent: all.
 */
cuda_visible_devices?: string
/**
 * Operating system.
 */
os: string
/**
 * Model of the processor.
 */
cpu: string
/**
 * Logical cores.
 */
cores: number
/**
 * ISO 8601, UTC.
 */
started_at: string
/**
 * ISO 8601, UTC.
 */
finished_at: string
/**
 * Wall time.
 */
seconds: number
/**
 * Where the wall time went of the process that finished the run, in seconds. Each moment counts once: the sum is its whole life up to the record.
 */
times?: {
/**
 * Node and ferment's code loaded, from the start of the process.
 */
process: number
/**
 * Data set read and split; threads that make batches started.
 */
data: number
/**
 * Engine loaded.
 */
engine: number
/**
 * Network built, its steps traced, its weights made.
 */
graph: number
/**
 * First training step, before which TensorFlow optimizes the graph.
 */
first_step: number
/**
 * Training steps in the engine, with the copies of their inputs into it.
 */
steps: number
/**
 * Validation in the engine.
 */
validation: number
/**
 * Waiting for batches: what the steps did not hide of loading and augmentation.
 */
batches: number
/**
 * Dropout masks and other inputs of a step.
 */
inputs: number
/**
 * Sums, class weights and the decisions of callbacks.
 */
loop: number
/**
 * Weights read from the engine and written to it, for checkpoints and callbacks.
 */
weights: number
/**
 * Checkpoints read and written.
 */
checkpoints: number
/**
 * Telling how it goes.
 */
messages: number
/**
 * Test set, and its predictions written.
 */
evaluation: number
/**
 * Versions, commit and hashes gathered, up to the writing of the record.
 */
record: number
}
/**
 * Largest resident set.
 */
peak_memory_bytes: number
/**
 * How often the run went on from a checkpoint.
 */
resumed: number
}
}
/**
 * Test set under one set of weights.
 * 
 * This interface was referenced by `RunRecord`'s JSON-Schema
 * via the `definition` "evaluation".
 */
export interface Evaluation {
/**
 * 1-based epoch the weights are from.
 */
epoch: number
/**
 * Mean loss per image, without class weights and regularizers.
 */
loss: (number | null)
/**
 * Share of right answers.
 */
accuracy: number
/**
 * Counts: true classes in rows, predicted in columns.
 */
confusion_matrix: number[][]
/**
 * CSV file beside the record: row of the data set, label, probability of each class.
 */
predictions: string
/**
 * File of these weights beside the record (safetensors); absent where they were not kept.
 */
weights?: string
/**
 * The same over the test images that are not, byte for byte, among the training images that were used; missing in older records.
 */
without_leaked?: {
/**
 * How many test images those are.
 */
images: number
/**
 * Share of right answers among them; null where there are none.
 */
accuracy: (number | null)
}
}
