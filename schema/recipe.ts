// Generated from the schema beside it by `npm run generate`. Do not edit.



/**
 * Whose meaning the words have where Keras changed: today's Keras 3, or TensorFlow 2.4 with Keras-Preprocessing 1.1.2 (January 2021).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "semantics".
 */
export type Semantics = ("keras-3" | "keras-2.4")
/**
 * Where the images and labels come from.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "source".
 */
export type Source = (SourceFer2013Csv | SourceSyntheticFaces | SourceImageFolder)
/**
 * How images are divided into training, validation and test set.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split".
 */
export type Split = (SplitStratifiedHoldout | SplitUsageColumn | SplitPredefined | SplitStratifiedKfold | SplitGroupKfold)
/**
 * What is done about images that are in two parts, byte for byte: `keep` them (the default), take them out of the training part, or out of validation and test. Every record holds the accuracy with and without leaked test images.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "leaked".
 */
export type Leaked = ("keep" | "remove_from_train" | "remove_from_test")
/**
 * A step of preprocessing. Steps that work on bytes (size, channels, histogram) come before those that make numbers of them.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step".
 */
export type Step = (StepResize | StepCenterCrop | StepGrayscale | StepRgb | StepEqualize | StepRescale | StepStandardizeImage | StepStandardize | StepNormalize | StepPreprocessInput)
/**
 * Random changes of the images, drawn anew for each image and epoch.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "augmentation".
 */
export type Augmentation = (AugmentationNone | AugmentationImageDataGenerator | AugmentationCompose)
/**
 * A random change of an image, as one of a list.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform".
 */
export type Transform = (TransformHorizontalFlip | TransformRandomCrop | TransformRandomResizedCrop | TransformRotation | TransformShift | TransformColorJitter | TransformCutout | TransformRandomErasing | TransformRandAugment)
/**
 * Probability that an image is changed so.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "probability".
 */
export type Probability = number
/**
 * Brightness of what is not of the image: 0 is black, 255 white.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "fill".
 */
export type Fill = number
/**
 * Training images of a batch mixed with one another after preprocessing, and their classes by the same shares. An image counts as of the class with the greatest share: for the accuracy of the training, and for class weights.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mix".
 */
export type Mix = (MixMixup | MixCutmix)
/**
 * The share of an image that stays is drawn from Beta(alpha, alpha) for each batch: near 0 or 1 with a small alpha, uniform with 1.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mix_alpha".
 */
export type MixAlpha = number
/**
 * Probability that a batch is mixed.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mix_p".
 */
export type MixP = number
/**
 * One layer, with Keras' names, or a block.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "written_layer".
 */
export type WrittenLayer = (LayerConv2D | LayerDense | LayerFlatten | LayerDropout | LayerMaxPooling2D | LayerAveragePooling2D | LayerGlobalAveragePooling2D | LayerGlobalMaxPooling2D | LayerBatchNormalization | LayerActivation | LayerZeroPadding2D | LayerAdd | LayerMultiply | LayerAverage | LayerConcatenate | LayerVgg16 | LayerDepthwiseConv2D | LayerSeparableConv2D | LayerConv2DTranspose | LayerSpatialDropout2D | LayerGaussianNoise | LayerGaussianDropout | LayerDropPath | LayerLayerNormalization | LayerGroupNormalization | LayerUpSampling2D | LayerCropping2D | LayerReshape | LayerPermute | LayerRescaling | LayerRelu | LayerLeakyRelu | LayerPrelu | LayerElu | LayerSoftmax | LayerSubtract | LayerMaximum | LayerMinimum | LayerDot | LayerBlock)
/**
 * A name for the layer, unique in the model; `kind` with a number by default.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_name".
 */
export type LayerName = string
/**
 * Names of the layers this one takes its input from; by default the one above. `input` is the image.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_inputs".
 */
export type LayerInputs = string[]
/**
 * Whether training changes the layer's weights.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "trainable".
 */
export type Trainable = boolean
/**
 * Window, one number or [height, width].
 * 
 * @minItems 2
 * @maxItems 2
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "window".
 */
export type Window = number | [number, number]
/**
 * Step of the window.
 * 
 * @minItems 2
 * @maxItems 2
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "strides".
 */
export type Strides = number | [number, number]
/**
 * `valid`: no padding; `same`: zeros around, so that stride 1 keeps the size.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "padding".
 */
export type Padding = ("valid" | "same")
/**
 * Keras' activation of that name (`leaky_relu` with slope 0.2, `gelu` exact, `silu` is also called swish, `hard_silu` hard swish).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "activation".
 */
export type Activation = ("linear" | "relu" | "relu6" | "leaky_relu" | "elu" | "selu" | "gelu" | "silu" | "hard_silu" | "mish" | "sigmoid" | "hard_sigmoid" | "tanh" | "softplus" | "softsign" | "exponential" | "softmax")
/**
 * Whether a bias is added.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "use_bias".
 */
export type UseBias = boolean
/**
 * Keras' initializer of that name; normals are truncated at two standard deviations, as in Keras, but `random_normal` (deviation 0.05) is not.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "initializer".
 */
export type Initializer = ("glorot_uniform" | "glorot_normal" | "he_uniform" | "he_normal" | "lecun_uniform" | "lecun_normal" | "zeros" | "ones" | "random_normal" | "random_uniform" | "truncated_normal" | "orthogonal")
/**
 * The rule of the weight updates, as in Keras.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer".
 */
export type Optimizer = (OptimizerAdam | OptimizerAdamw | OptimizerNadam | OptimizerAdamax | OptimizerRadam | OptimizerLion | OptimizerSgd | OptimizerRmsprop | OptimizerAdagrad | OptimizerAdadelta)
/**
 * Step size.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "learning_rate".
 */
export type LearningRate = number
/**
 * Decoupled weight decay (Keras 3): each weight is lowered by this times the learning rate times itself.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "weight_decay".
 */
export type WeightDecay = number
/**
 * Small number against division by zero.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_epsilon".
 */
export type OptimizerEpsilon = number
/**
 * Each weight's gradient is scaled down to this norm where it is longer. At most one of the three ways to clip.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "clipnorm".
 */
export type Clipnorm = number
/**
 * All gradients together are scaled down to this norm where they are longer.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "global_clipnorm".
 */
export type GlobalClipnorm = number
/**
 * Every number of the gradients is kept within ± this.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "clipvalue".
 */
export type Clipvalue = number
/**
 * Adds the decay to the gradient, weight_decay times the weight, as PyTorch's SGD and Adam do, instead of lowering the weight.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "coupled_weight_decay".
 */
export type CoupledWeightDecay = boolean
/**
 * Parts of layers that do not decay: biases, what normalizations learn, slopes.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "exclude_from_weight_decay".
 */
export type ExcludeFromWeightDecay = ("bias" | "gamma" | "beta" | "alpha")[]
/**
 * Keeps a moving average of the weights, which takes their place when training has ended.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "use_ema".
 */
export type UseEma = boolean
/**
 * Of that average: average · momentum + weight · (1 − momentum).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "ema_momentum".
 */
export type EmaMomentum = number
/**
 * After so many updates each time, the average takes the weights' place while training goes on.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "ema_overwrite_frequency".
 */
export type EmaOverwriteFrequency = number
/**
 * The weights are updated after so many steps, by the mean of their gradients: as a batch so many times as large.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "gradient_accumulation_steps".
 */
export type GradientAccumulationSteps = number
/**
 * Momentum.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "momentum".
 */
export type Momentum = number
/**
 * How the learning rate changes while training, as a share of `learning_rate`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule".
 */
export type Schedule = (ScheduleConstant | ScheduleLinearWarmup | ScheduleStepDecay | ScheduleMultiStepDecay | ScheduleExponentialDecay | ScheduleInverseTimeDecay | SchedulePolynomialDecay | ScheduleCosineDecay | ScheduleCosineDecayRestarts | ScheduleOneCycle)
/**
 * How long this part lasts; the last one may leave it out, and lasts to the end of training.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_epochs".
 */
export type ScheduleEpochs = number
/**
 * Whether the learning rate changes after every step, or between epochs only.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_per".
 */
export type SchedulePer = ("step" | "epoch")
/**
 * What training makes small.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss".
 */
export type Loss = (LossCategoricalCrossentropy | LossCategoricalFocalCrossentropy | LossMeanSquaredError | LossBinaryCrossentropy | LossKlDivergence)
/**
 * What happens after each epoch, with Keras' decisions.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "callback".
 */
export type Callback = (CallbackEarlyStopping | CallbackReduceLrOnPlateau | CallbackModelCheckpoint | CallbackTerminateOnNan)
/**
 * Which number of an epoch is watched.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "monitor".
 */
export type Monitor = ("loss" | "accuracy" | "val_loss" | "val_accuracy")
/**
 * Whether lower or higher is better; `auto`: by the name of the number.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mode".
 */
export type Mode = ("auto" | "min" | "max")
/**
 * One run per cell and seed. A seed decides initial weights, order of images, augmentation and dropout.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "seeds".
 * 
 * Items: A seed.
 */
export type Seeds = number[]
/**
 * Something that a cell needs.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "requirement".
 */
export type Requirement = (RequirementFile | RequirementWeights)
/**
 * What must be there for these cells to run. Where it is missing they are skipped, and the plan says what to do. Several add up.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "requires".
 */
export type Requires = Requirement[]
/**
 * Combinations of the matrix that are left out: each cell that one of these names.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "exclude".
 */
export type Exclude = Where[]
/**
 * A chart of the report.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "chart".
 */
export type Chart = (ChartConfusionMatrix | ChartLearningCurves)
/**
 * One layer, with Keras' names.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer".
 */
export type Layer = (LayerConv2D | LayerDense | LayerFlatten | LayerDropout | LayerMaxPooling2D | LayerAveragePooling2D | LayerGlobalAveragePooling2D | LayerGlobalMaxPooling2D | LayerBatchNormalization | LayerActivation | LayerZeroPadding2D | LayerAdd | LayerMultiply | LayerAverage | LayerConcatenate | LayerVgg16 | LayerDepthwiseConv2D | LayerSeparableConv2D | LayerConv2DTranspose | LayerSpatialDropout2D | LayerGaussianNoise | LayerGaussianDropout | LayerDropPath | LayerLayerNormalization | LayerGroupNormalization | LayerUpSampling2D | LayerCropping2D | LayerReshape | LayerPermute | LayerRescaling | LayerRelu | LayerLeakyRelu | LayerPrelu | LayerElu | LayerSoftmax | LayerSubtract | LayerMaximum | LayerMinimum | LayerDot)

/**
 * A ferment recipe: a study as data. After `extends`, `--set` and `--profile` it is expanded into cells, each a `spec`.
 */
export interface Recipe {
/**
 * Recipes that this one is written on top of, relative to this file: one or several, later ones win over earlier ones, this file wins over all. Maps merge, lists and plain values replace; where another `kind` is given the whole section is replaced.
 * 
 * @minItems 1
 */
extends?: (string | [string, ...(string)[]])
about: About
semantics?: Semantics
dataset?: Source
split?: Split
limit?: Limit
preprocessing?: Preprocessing
augmentation?: Augmentation
model?: WrittenModel
training?: Training
/**
 * Requires an engine: nothing is run where it cannot be had. `--engine` and FERMENT_ENGINE win over it. Engines agree within rounding, so it does not change what a run is: one that was made on another engine counts as done.
 */
engine: ("auto" | "native" | "webgpu" | "wasm")
seeds: Seeds
matrix?: Matrix
/**
 * Axes whose values vary together, the first with the first, the second with the second, instead of in every combination.
 */
zip?: string[][]
exclude?: Exclude
/**
 * More cells than the matrix has. They come after its own.
 */
include?: Inclusion[]
requires?: Requires
/**
 * Values for some cells only, where no single axis decides; applied after the axes' overrides, in order.
 */
exceptions?: Exception[]
/**
 * Named variants of the study.
 */
profiles?: {
/**
 * A named variant of the whole study, chosen with `--profile`.
 */
[k: string]: {
/**
 * What it is for; shown with the plan.
 */
description?: string
semantics?: Semantics
/**
 * Values of `dataset` to replace; maps merge, lists and plain values replace.
 */
dataset?: {

}
/**
 * Values of `split` to replace; maps merge, lists and plain values replace.
 */
split?: {

}
limit?: Limit
/**
 * Values of `preprocessing` to replace; maps merge, lists and plain values replace.
 */
preprocessing?: {

}
/**
 * Values of `augmentation` to replace; maps merge, lists and plain values replace.
 */
augmentation?: {

}
/**
 * Values of `model` to replace; maps merge, lists and plain values replace.
 */
model?: {

}
/**
 * Values of `training` to replace; maps merge, lists and plain values replace.
 */
training?: {

}
seeds?: Seeds
matrix?: Matrix
exclude?: Exclude
}
}
/**
 * Which profile `--profile auto` takes, by what the machine has.
 */
auto_profile?: {
/**
 * With a GPU.
 */
gpu?: string
/**
 * With the native engine on a CPU.
 */
cpu?: string
/**
 * With WebAssembly only.
 */
wasm?: string
}
/**
 * Tables of the report, in order.
 */
tables?: Table[]
/**
 * Charts of the report, in order.
 */
charts?: Chart[]
}
/**
 * What this study is and where its claims come from.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "about".
 */
export interface About {
/**
 * Title of the study; heads the report.
 */
title: string
/**
 * The publication the claims come from: author, title, year, section.
 */
source?: string
/**
 * A few sentences for the head of the report: what is asked, what to look for.
 */
description?: string
}
/**
 * FER2013 as Kaggle published it, and whatever has its form: a CSV file with a column of labels (`emotion`), one of 48×48 gray pixels (`pixels`) and, where it has one, `Usage`; in any order, separated by commas, semicolons or tabs. Other columns are left aside.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "source_fer2013_csv".
 */
export interface SourceFer2013Csv {
/**
 * Which one this is: `fer2013_csv`.
 */
kind: "fer2013_csv"
/**
 * The file, relative to the working directory: plain, gzip, Brotli (`.br`), zip or tar, told by its content and read without being unpacked to disk. `.gz`, `.br`, `.zip` and `.tar.gz` are also looked for beside a missing plain file. `${NAME:-default}` and `$NAME` take an environment variable, `~` is the home folder.
 */
path: string
/**
 * MD5 of the unpacked file; another file is refused. Leave out to take any file of this form.
 */
md5?: string
/**
 * Which file of an archive is meant, where it has several tables.
 */
member?: string
/**
 * The classes to use, in this order: a list of them, or a name for each and which labels of the file (numbers or words) it has. What has another label is left out, and counted. Without it, numbers are FER2013's seven classes, and words are classes by their names, sorted.
 * 
 * @minItems 2
 */
classes?: readonly string[] | Readonly<Record<string, string | number | readonly (string | number)[]>>
/**
 * FER+'s `fer2013new.csv`: ten people's votes for each row of FER2013, used instead of the file's own labels. Its eight classes; what is unknown or no face by them is left out, and counted, as its authors do.
 */
labels?: string
/**
 * What FER+'s votes become: the class that has the `majority` of them (the default), or a `distribution` over the classes (soft labels). Both as FER+'s authors compute them.
 */
label_mode?: ("majority" | "distribution")
/**
 * Name of the column that says of whom an image is, for `group_kfold`.
 */
group_column?: string
fallback?: SourceSyntheticFaces
}
/**
 * Drawn faces of seven expressions, 48×48, grayscale: deterministic, embedded, for trying things out. Never comparable with a paper.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "source_synthetic_faces".
 */
export interface SourceSyntheticFaces {
/**
 * Which one this is: `synthetic_faces`.
 */
kind: "synthetic_faces"
/**
 * How many images, over all classes.
 */
images: number
/**
 * Seed of the drawing.
 */
random_state: number
}
/**
 * One's own images: a folder that has a folder for each class, named as the class is, with its images (PNG, JPEG, WebP, GIF, BMP, TIFF; told by content where the name does not) in it or in folders below; or a folder for each part (`train`, `test`, …) and in these the classes; or any folder, and a list of labels. Hidden files are left out; whatever else is no image is counted. Every image is turned as the camera noted, put over white where it is transparent, and resized.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "source_image_folder".
 */
export interface SourceImageFolder {
/**
 * Which one this is: `image_folder`.
 */
kind: "image_folder"
/**
 * The folder, relative to the working directory. `${NAME:-default}` and `$NAME` take an environment variable, `~` is the home folder.
 */
path: string
/**
 * Height and width that every image is resized to, as Keras' `target_size`.
 * 
 * @minItems 2
 * @maxItems 2
 */
image_size: [number, number]
/**
 * What is kept of each image: `rgb`, three channels, or `grayscale`, one (ITU-R 601-2, as Pillow).
 */
color_mode: ("grayscale" | "rgb")
/**
 * How images are resized, as Keras' `load_img` and `flow_from_directory` do: Pillow's filters, in which every pixel counts where an image becomes smaller; `nearest` leaves pixels out.
 */
interpolation: ("nearest" | "bilinear" | "bicubic" | "lanczos" | "box" | "hamming")
/**
 * Take the middle of each image, in the aspect of `image_size`, instead of squeezing all of it.
 */
crop_to_aspect_ratio: boolean
/**
 * The classes to use, in this order: a list of their folders (or of the labels in the list of labels), or a name for each class and which folders or labels are it. Without it, all of them, sorted by name.
 * 
 * @minItems 2
 */
classes?: readonly string[] | Readonly<Record<string, string | number | readonly (string | number)[]>>
/**
 * Folders that are parts of the data set, with folders of classes in them, where their names do not say so (as `train`, `valid`, `PrivateTest`, `test_set` do). `split: { kind: predefined }` keeps them.
 * 
 * Items: Name of a folder.
 */
parts?: string[]
/**
 * A list of labels, for images that lie in one folder: a CSV file with columns for path (`path`, `file`, `image`, …), label (`label`, `class`, `emotion`, …) and perhaps part (`split`, `usage`, …), or lines `path label` as RAF-DB has them. Paths are relative to `path`.
 */
labels?: string
/**
 * Regular expression; what it takes of a path below the folder (what is in round brackets, if it has them) names the group that the image is of, for `group_kfold`.
 */
group_pattern?: string
/**
 * What to do about images that cannot be read: `stop` (the default), or `skip` them, named and counted.
 */
on_broken?: ("stop" | "skip")
}
/**
 * scikit-learn's `train_test_split(test_size, train_size, stratify, shuffle, random_state)`, then the held-out part divided again the same way into validation and test.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split_stratified_holdout".
 */
export interface SplitStratifiedHoldout {
/**
 * Which one this is: `stratified_holdout`.
 */
kind: "stratified_holdout"
/**
 * What is used for training, as a share or a number of images. Without it, all that is not held out.
 */
train_size?: number
/**
 * What is held out from training: a share of all images (below 1), or a number of them.
 */
test_size: number
/**
 * What of the held-out images becomes the validation set, as a share (below 1) or a number of them; the rest is the test set.
 */
validation_of_test: number
/**
 * Seed of both splits, as scikit-learn's `random_state`.
 */
random_state: number
/**
 * What scikit-learn is given as `stratify`: the one-hot matrix or the integer labels, which give different splits for the same seed; or nothing, so that classes come as chance has it.
 */
stratify: ("labels" | "one_hot" | "none")
/**
 * `false`: images are divided in their order, training first; needs `stratify: none`. Without it, they are shuffled.
 */
shuffle?: boolean
leaked?: Leaked
}
/**
 * The source's own division: of FER2013 by its column Usage `Training`, `PublicTest` (validation), `PrivateTest` (test). The parts can be given other roles.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split_usage_column".
 */
export interface SplitUsageColumn {
/**
 * Which one this is: `usage_column`.
 */
kind: "usage_column"
/**
 * Which of the source's parts are for training. Without it, those named so.
 * 
 * Items: What the source calls one of its parts.
 */
train?: string[]
/**
 * Which are for validation. Without it, those named so (`PublicTest`, `val`, `dev`, …).
 * 
 * Items: What the source calls one of its parts.
 */
validation?: string[]
/**
 * Which are for the test. Without it, those named so (`PrivateTest`, `test`, …).
 * 
 * Items: What the source calls one of its parts.
 */
test?: string[]
/**
 * Where the source has no validation images: what of the training images becomes them, as a share or a number, by `train_test_split`.
 */
validation_of_train?: number
/**
 * The same, taken from the test images.
 */
validation_of_test?: number
/**
 * Seed of that. Without it, 0.
 */
random_state?: number
/**
 * Stratification of that. Without it, `labels`.
 */
stratify?: ("labels" | "one_hot" | "none")
leaked?: Leaked
}
/**
 * The parts that the source comes in, by whatever it has: folders (`train`, `test`), a column, index files. The same as `usage_column`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split_predefined".
 */
export interface SplitPredefined {
/**
 * Which one this is: `predefined`.
 */
kind: "predefined"
/**
 * Which of the source's parts are for training. Without it, those named so.
 * 
 * Items: What the source calls one of its parts.
 */
train?: string[]
/**
 * Which are for validation. Without it, those named so (`PublicTest`, `val`, `dev`, …).
 * 
 * Items: What the source calls one of its parts.
 */
validation?: string[]
/**
 * Which are for the test. Without it, those named so (`PrivateTest`, `test`, …).
 * 
 * Items: What the source calls one of its parts.
 */
test?: string[]
/**
 * Where the source has no validation images: what of the training images becomes them, as a share or a number, by `train_test_split`.
 */
validation_of_train?: number
/**
 * The same, taken from the test images.
 */
validation_of_test?: number
/**
 * Seed of that. Without it, 0.
 */
random_state?: number
/**
 * Stratification of that. Without it, `labels`.
 */
stratify?: ("labels" | "one_hot" | "none")
leaked?: Leaked
}
/**
 * scikit-learn's `StratifiedKFold`: one of the folds is the test set; of the others, a share is the validation set.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split_stratified_kfold".
 */
export interface SplitStratifiedKfold {
/**
 * Which one this is: `stratified_kfold`.
 */
kind: "stratified_kfold"
/**
 * Number of folds.
 */
n_splits: number
/**
 * Which fold is the test set, counted from 0: an axis of the matrix makes a cell of each.
 */
fold: number
/**
 * What of the other folds becomes the validation set, as a share or a number.
 */
validation_size: number
/**
 * Whether images are shuffled before they are divided.
 */
shuffle: boolean
/**
 * Seed, as scikit-learn's `random_state`.
 */
random_state: number
leaked?: Leaked
}
/**
 * scikit-learn's `GroupKFold`: no group (person, video, scene) is in two parts. The source says which images are of one group (`group_column`, `group_pattern`). Validation images are whole groups too.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "split_group_kfold".
 */
export interface SplitGroupKfold {
/**
 * Which one this is: `group_kfold`.
 */
kind: "group_kfold"
/**
 * Number of folds.
 */
n_splits: number
/**
 * Which fold is the test set, counted from 0: an axis of the matrix makes a cell of each.
 */
fold: number
/**
 * Which of the other groups become the validation set, as a share or a number of groups.
 */
validation_size: number
/**
 * Seed of the choice of validation groups.
 */
random_state: number
leaked?: Leaked
}
/**
 * Use only the first images of each part, after the split (whose order is random already). The split itself stays what it is. Results are then not comparable with a full run.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "limit".
 */
export interface Limit {
/**
 * Training images to use.
 */
train?: number
/**
 * Validation images to use.
 */
validation?: number
/**
 * Test images to use.
 */
test?: number
}
/**
 * From bytes 0…255 to the numbers that the network sees.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "preprocessing".
 */
export interface Preprocessing {
/**
 * Byte 0 becomes the first number, byte 255 the second.
 * 
 * @minItems 2
 * @maxItems 2
 */
rescale: [number, number]
/**
 * What the network sees: `grayscale`, one channel (of colour images their gray, ITU-R 601-2 as Pillow); `rgb`, three (a gray image repeated three times). Without it, the channels that the images have.
 */
color_mode?: ("grayscale" | "rgb")
/**
 * What is done to each image, in this order, before any augmentation. Where a step makes numbers of the bytes, that is instead of `rescale`; else `rescale` comes last.
 */
steps?: Step[]
}
/**
 * Another size, to the byte as Pillow's `Image.resize`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_resize".
 */
export interface StepResize {
/**
 * Which one this is: `resize`.
 */
kind: "resize"
/**
 * Height and width that the image gets.
 * 
 * @minItems 2
 * @maxItems 2
 */
image_size: [number, number]
/**
 * As Pillow's filters.
 */
interpolation: ("nearest" | "bilinear" | "bicubic" | "lanczos" | "box" | "hamming")
/**
 * Take the middle of each image, in the aspect of `image_size`, instead of squeezing all of it.
 */
crop_to_aspect_ratio: boolean
}
/**
 * The middle of the image, as torchvision's `CenterCrop`; zeros stand round a smaller one.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_center_crop".
 */
export interface StepCenterCrop {
/**
 * Which one this is: `center_crop`.
 */
kind: "center_crop"
/**
 * Height and width of what is kept.
 * 
 * @minItems 2
 * @maxItems 2
 */
size: [number, number]
}
/**
 * One channel: the gray of colours (ITU-R 601-2, as Pillow).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_grayscale".
 */
export interface StepGrayscale {
/**
 * Which one this is: `grayscale`.
 */
kind: "grayscale"
}
/**
 * Three channels: a gray one repeated.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_rgb".
 */
export interface StepRgb {
/**
 * Which one this is: `rgb`.
 */
kind: "rgb"
}
/**
 * Each channel's histogram made even, to the byte as Pillow's `ImageOps.equalize`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_equalize".
 */
export interface StepEqualize {
/**
 * Which one this is: `equalize`.
 */
kind: "equalize"
}
/**
 * Numbers of bytes, linearly.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_rescale".
 */
export interface StepRescale {
/**
 * Which one this is: `rescale`.
 */
kind: "rescale"
/**
 * Byte 0 becomes the first number, byte 255 the second.
 * 
 * @minItems 2
 * @maxItems 2
 */
range: [number, number]
}
/**
 * Each image by its own mean and deviation, as `tf.image.per_image_standardization`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_standardize_image".
 */
export interface StepStandardizeImage {
/**
 * Which one this is: `standardize_image`.
 */
kind: "standardize_image"
}
/**
 * By the training images' mean and deviation of each channel, as Keras' `featurewise_center` and `featurewise_std_normalization`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_standardize".
 */
export interface StepStandardize {
/**
 * Which one this is: `standardize`.
 */
kind: "standardize"
}
/**
 * By given means and deviations: (byte/255 − mean) / std, as torchvision's `ToTensor` and `Normalize`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_normalize".
 */
export interface StepNormalize {
/**
 * Which one this is: `normalize`.
 */
kind: "normalize"
/**
 * Mean of each channel, on the scale from 0 to 1, or one for all.
 */
mean: number[]
/**
 * Deviation of each channel, on the scale from 0 to 1, or one for all.
 */
std: number[]
}
/**
 * What Keras' networks were trained on (`preprocess_input`).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "step_preprocess_input".
 */
export interface StepPreprocessInput {
/**
 * Which one this is: `preprocess_input`.
 */
kind: "preprocess_input"
/**
 * `caffe`: blue, green, red without their ImageNet means (VGG16, VGG19, ResNet50); `tf`: from −1 to 1 (MobileNet, ResNet50V2, Xception); `torch`: by ImageNet's means and deviations (DenseNet).
 */
mode: ("caffe" | "tf" | "torch")
}
/**
 * No augmentation.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "augmentation_none".
 */
export interface AugmentationNone {
/**
 * Which one this is: `none`.
 */
kind: "none"
}
/**
 * Keras' ImageDataGenerator: one random affine map per image, sampled bilinearly; then channel shift, flips and brightness.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "augmentation_image_data_generator".
 */
export interface AugmentationImageDataGenerator {
/**
 * Which one this is: `image_data_generator`.
 */
kind: "image_data_generator"
/**
 * Rotation, uniform in ± this.
 */
rotation_range: number
/**
 * Horizontal shift, uniform in ± this share of the width (below 1) or ± this many pixels (1 and above); or a list of the shifts that there are, with either sign: shares if all are below 1, else pixels.
 * 
 * @minItems 1
 */
width_shift_range: number | readonly number[]
/**
 * Vertical shift, uniform in ± this share of the height (below 1) or ± this many pixels (1 and above); or a list of the shifts that there are, with either sign: shares if all are below 1, else pixels.
 * 
 * @minItems 1
 */
height_shift_range: number | readonly number[]
/**
 * Shear, uniform in ± this.
 */
shear_range: number
/**
 * Zoom of each axis, independently uniform in 1 ± this, or from the first number to the second: below 1 enlarges.
 * 
 * @minItems 2
 * @maxItems 2
 */
zoom_range: number | [number, number]
/**
 * All channels are moved by a number uniform in ± this, within the range of the image.
 */
channel_shift_range?: number
/**
 * Factor of the brightness, uniform from the first number to the second, as Pillow's `ImageEnhance.Brightness` on whole bytes.
 * 
 * @minItems 2
 * @maxItems 2
 */
brightness_range?: [number, number]
/**
 * Mirror left and right with probability one half.
 */
horizontal_flip: boolean
/**
 * Mirror top and bottom with probability one half.
 */
vertical_flip: boolean
/**
 * What lies outside the image, as SciPy's `ndimage` modes.
 */
fill_mode: ("nearest" | "constant" | "reflect" | "wrap")
/**
 * The value outside the image with `fill_mode: constant`, on the scale after `preprocessing.rescale`.
 */
cval: number
/**
 * Which parts are augmented. The paper's code augments its validation images too.
 */
apply_to: ("train" | "validation")[]
}
/**
 * Transforms one after another, each with its own probability: torchvision's `Compose`. They see the images as bytes have them, after the steps of preprocessing that work on bytes and before what makes numbers of them; with fractions, nothing is rounded in between.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "augmentation_compose".
 */
export interface AugmentationCompose {
/**
 * Which one this is: `compose`.
 */
kind: "compose"
/**
 * What is done to each image, in this order. What one draws is independent of the others.
 */
transforms: Transform[]
mix?: Mix
/**
 * Which parts are augmented.
 */
apply_to: ("train" | "validation")[]
}
/**
 * Left and right exchanged: torchvision's `RandomHorizontalFlip`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_horizontal_flip".
 */
export interface TransformHorizontalFlip {
/**
 * Which one this is: `horizontal_flip`.
 */
kind: "horizontal_flip"
p: Probability
}
/**
 * The image with a border round it, cut to its size again at a random place: torchvision's `RandomCrop`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_random_crop".
 */
export interface TransformRandomCrop {
/**
 * Which one this is: `random_crop`.
 */
kind: "random_crop"
/**
 * Width of the border: on all sides, or left and right, then top and bottom.
 * 
 * @minItems 2
 * @maxItems 2
 */
padding: number | [number, number]
/**
 * What the border shows: `constant`, the colour `fill`; `edge`, the outermost pixels; `reflect`, the image mirrored at its outermost pixels; `symmetric`, mirrored with these repeated.
 */
padding_mode: ("constant" | "edge" | "reflect" | "symmetric")
fill: Fill
p: Probability
}
/**
 * A random part of the image, enlarged to its size, bilinearly: torchvision's `RandomResizedCrop`. A part that is larger than the image is drawn again; after ten times it is the whole image, or the middle of it with an aspect of `ratio`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_random_resized_crop".
 */
export interface TransformRandomResizedCrop {
/**
 * Which one this is: `random_resized_crop`.
 */
kind: "random_resized_crop"
/**
 * Area of the part as a share of the image's, uniform from the first number to the second. Shares above 1 do not fit and are drawn again: [0.8, 1.2], as Khaireddin & Chen have it, comes to shares from 0.8 to 1.
 * 
 * @minItems 2
 * @maxItems 2
 */
scale: [number, number]
/**
 * Width of the part divided by its height, from the first number to the second, its logarithm uniform.
 * 
 * @minItems 2
 * @maxItems 2
 */
ratio: [number, number]
p: Probability
}
/**
 * The image turned about its middle, counterclockwise: torchvision's `RandomRotation`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_rotation".
 */
export interface TransformRotation {
/**
 * Which one this is: `rotation`.
 */
kind: "rotation"
/**
 * Uniform in ± this, or from the first number to the second.
 * 
 * @minItems 2
 * @maxItems 2
 */
degrees: number | [number, number]
/**
 * The nearest pixel, or a mean of the four around.
 */
interpolation: ("nearest" | "bilinear")
fill: Fill
p: Probability
}
/**
 * The image moved by whole pixels: torchvision's `RandomAffine` with `translate`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_shift".
 */
export interface TransformShift {
/**
 * Which one this is: `shift`.
 */
kind: "shift"
/**
 * The furthest to the left and right as a share of the width, and up and down as a share of the height; uniform.
 * 
 * @minItems 2
 * @maxItems 2
 */
translate: [number, number]
fill: Fill
p: Probability
}
/**
 * Brightness, contrast and saturation changed in random order: torchvision's `ColorJitter`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_color_jitter".
 */
export interface TransformColorJitter {
/**
 * Which one this is: `color_jitter`.
 */
kind: "color_jitter"
/**
 * Factor of the brightness, uniform in 1 ± this and not below 0, or from the first number to the second. 0 makes black.
 * 
 * @minItems 2
 * @maxItems 2
 */
brightness: number | [number, number]
/**
 * Factor of the difference to the image's mean gray, uniform in 1 ± this and not below 0, or from the first number to the second. 0 makes gray.
 * 
 * @minItems 2
 * @maxItems 2
 */
contrast: number | [number, number]
/**
 * Factor of the difference to each pixel's gray, uniform in 1 ± this and not below 0, or from the first number to the second. 0 makes gray. Gray images have none to change.
 * 
 * @minItems 2
 * @maxItems 2
 */
saturation: number | [number, number]
p: Probability
}
/**
 * Squares at random places, partly outside the image: DeVries & Taylor 2017.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_cutout".
 */
export interface TransformCutout {
/**
 * Which one this is: `cutout`.
 */
kind: "cutout"
/**
 * Side of a square.
 */
length: number
/**
 * How many squares.
 */
n_holes: number
fill: Fill
p: Probability
}
/**
 * A rectangle inside the image, erased: torchvision's `RandomErasing`, Zhong et al. 2017. One that does not fit is drawn again, ten times.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_random_erasing".
 */
export interface TransformRandomErasing {
/**
 * Which one this is: `random_erasing`.
 */
kind: "random_erasing"
/**
 * Area of the rectangle as a share of the image's, uniform from the first number to the second.
 * 
 * @minItems 2
 * @maxItems 2
 */
scale: [number, number]
/**
 * Height of the rectangle divided by its width, from the first number to the second, its logarithm uniform.
 * 
 * @minItems 2
 * @maxItems 2
 */
ratio: [number, number]
/**
 * What is there then: this brightness, or `random`, another in each pixel and channel, uniform in 0…255 as in the paper. (torchvision's are normal, for images that are standardized before; here that comes after.)
 */
value: number | 'random'
p: Probability
}
/**
 * Some of 14 changes, drawn for each image, all of one strength: torchvision's `RandAugment`, Cubuk et al. 2020. Identity, shear and shift of either axis, rotation, brightness, colour, contrast, sharpness, posterize, solarize, autocontrast, equalize.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "transform_rand_augment".
 */
export interface TransformRandAugment {
/**
 * Which one this is: `rand_augment`.
 */
kind: "rand_augment"
/**
 * How many changes, one after another; the same may come twice.
 */
num_ops: number
/**
 * Their strength, counted from 0; the greatest is `num_magnitude_bins` − 1.
 */
magnitude: number
/**
 * How many strengths there are.
 */
num_magnitude_bins: number
fill: Fill
p: Probability
}
/**
 * Each image is added to another, by shares: torchvision's `MixUp`, Zhang et al. 2018.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mix_mixup".
 */
export interface MixMixup {
/**
 * Which one this is: `mixup`.
 */
kind: "mixup"
alpha: MixAlpha
p: MixP
}
/**
 * Each image has a rectangle of another: torchvision's `CutMix`, Yun et al. 2019. The rectangle can lie partly outside; classes get shares by area.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "mix_cutmix".
 */
export interface MixCutmix {
/**
 * Which one this is: `cutmix`.
 */
kind: "cutmix"
alpha: MixAlpha
p: MixP
}
/**
 * The network. Its input is the image after preprocessing; its last layer has one output per class.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "written_model".
 */
export interface WrittenModel {
/**
 * Blocks, by name.
 */
blocks?: {
[k: string]: Block
}
/**
 * The layers, from the image to the classes.
 */
layers: WrittenLayer[]
}
/**
 * A named list of layers with parameters, to be used as one layer: `{ kind: block, block: NAME }`. Blocks are written out before anything is checked; `ferment show` prints the result.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "block".
 */
export interface Block {
/**
 * Names that stand in the layers as `$name`, with their values unless a use says otherwise; null: each use must say.
 */
parameters?: {

}
/**
 * The layers, with `$name` where a parameter's value goes. Their names are known in the block alone; `input` is what the block takes in. The last one's output is the block's.
 */
layers: ({

} | string)[]
}
/**
 * Two-dimensional convolution: [h, w, c] → [h′, w′, filters].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_conv2d".
 */
export interface LayerConv2D {
/**
 * Which one this is: `conv2d`.
 */
kind: "conv2d"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Number of output channels.
 */
filters: number
kernel_size: Window
strides: Strides
padding: Padding
activation: Activation
use_bias: UseBias
kernel_initializer: Initializer
bias_initializer: Initializer
kernel_regularizer?: Regularizer
/**
 * Steps between the places of the window that are looked at. Above 1, `strides` must be 1.
 * 
 * @minItems 2
 * @maxItems 2
 */
dilation_rate: number | [number, number]
/**
 * Channels and filters are divided into so many groups, each convolved on its own.
 */
groups: number
}
/**
 * Penalty added to the loss, as Keras' `L1L2`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "regularizer".
 */
export interface Regularizer {
/**
 * Factor of the sum of absolute values.
 */
l1: number
/**
 * Factor of the sum of squares.
 */
l2: number
}
/**
 * Fully connected layer: [n] → [units].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_dense".
 */
export interface LayerDense {
/**
 * Which one this is: `dense`.
 */
kind: "dense"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Number of outputs; `classes`: as many as the data have classes.
 */
units: number
activation: Activation
use_bias: UseBias
kernel_initializer: Initializer
bias_initializer: Initializer
kernel_regularizer?: Regularizer
}
/**
 * All axes into one: [h, w, c] → [h·w·c].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_flatten".
 */
export interface LayerFlatten {
/**
 * Which one this is: `flatten`.
 */
kind: "flatten"
name?: LayerName
inputs?: LayerInputs
}
/**
 * While training, sets each value to zero with probability `rate` and scales the others by 1/(1−rate).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_dropout".
 */
export interface LayerDropout {
/**
 * Which one this is: `dropout`.
 */
kind: "dropout"
name?: LayerName
inputs?: LayerInputs
/**
 * Probability of zero.
 */
rate: number
}
/**
 * Largest value of each window.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_max_pooling2d".
 */
export interface LayerMaxPooling2D {
/**
 * Which one this is: `max_pooling2d`.
 */
kind: "max_pooling2d"
name?: LayerName
inputs?: LayerInputs
pool_size: Window
strides?: Strides
padding: Padding
}
/**
 * Mean of each window.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_average_pooling2d".
 */
export interface LayerAveragePooling2D {
/**
 * Which one this is: `average_pooling2d`.
 */
kind: "average_pooling2d"
name?: LayerName
inputs?: LayerInputs
pool_size: Window
strides?: Strides
padding: Padding
}
/**
 * Mean over height and width: [h, w, c] → [c].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_global_average_pooling2d".
 */
export interface LayerGlobalAveragePooling2D {
/**
 * Which one this is: `global_average_pooling2d`.
 */
kind: "global_average_pooling2d"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Maximum over height and width: [h, w, c] → [c].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_global_max_pooling2d".
 */
export interface LayerGlobalMaxPooling2D {
/**
 * Which one this is: `global_max_pooling2d`.
 */
kind: "global_max_pooling2d"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Normalizes each channel by the batch's mean and variance; moving averages of them when not training.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_batch_normalization".
 */
export interface LayerBatchNormalization {
/**
 * Which one this is: `batch_normalization`.
 */
kind: "batch_normalization"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Of the moving averages.
 */
momentum: number
/**
 * Added to the variance.
 */
epsilon: number
/**
 * Whether a learned offset is added.
 */
center: boolean
/**
 * Whether a learned factor is applied.
 */
scale: boolean
}
/**
 * An activation on its own.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_activation".
 */
export interface LayerActivation {
/**
 * Which one this is: `activation`.
 */
kind: "activation"
name?: LayerName
inputs?: LayerInputs
activation: Activation
}
/**
 * Zeros around the image.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_zero_padding2d".
 */
export interface LayerZeroPadding2D {
/**
 * Which one this is: `zero_padding2d`.
 */
kind: "zero_padding2d"
name?: LayerName
inputs?: LayerInputs
/**
 * One number or [vertical, horizontal].
 * 
 * @minItems 2
 * @maxItems 2
 */
padding: number | [number, number]
}
/**
 * Sum of its inputs, all of one shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_add".
 */
export interface LayerAdd {
/**
 * Which one this is: `add`.
 */
kind: "add"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Product of its inputs, all of one shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_multiply".
 */
export interface LayerMultiply {
/**
 * Which one this is: `multiply`.
 */
kind: "multiply"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Mean of its inputs, all of one shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_average".
 */
export interface LayerAverage {
/**
 * Which one this is: `average`.
 */
kind: "average"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Its inputs one after another along the channels.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_concatenate".
 */
export interface LayerConcatenate {
/**
 * Which one this is: `concatenate`.
 */
kind: "concatenate"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Keras applications' VGG16 without its top: thirteen convolutions in five blocks, [h, w, 3] → [h/32, w/32, 512].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_vgg16".
 */
export interface LayerVgg16 {
/**
 * Which one this is: `vgg16`.
 */
kind: "vgg16"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * `imagenet`: Keras' published weights (59 MB, fetched by `ferment setup --weights`, or a file with their values in `FERMENT_VGG16`); null: fresh Glorot-uniform ones.
 */
weights: ("imagenet" | null)
}
/**
 * Convolution of each channel on its own: [h, w, c] → [h′, w′, c · depth_multiplier].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_depthwise_conv2d".
 */
export interface LayerDepthwiseConv2D {
/**
 * Which one this is: `depthwise_conv2d`.
 */
kind: "depthwise_conv2d"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
kernel_size: Window
/**
 * Step of the window, down and across.
 */
strides: number
padding: Padding
/**
 * Output channels for each input channel.
 */
depth_multiplier: number
/**
 * Steps between the places of the window that are looked at. Above 1, `strides` must be 1.
 */
dilation_rate: number
activation: Activation
use_bias: UseBias
depthwise_initializer: Initializer
bias_initializer: Initializer
depthwise_regularizer?: Regularizer
}
/**
 * A depthwise convolution, then one of 1×1 that mixes the channels: [h, w, c] → [h′, w′, filters].
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_separable_conv2d".
 */
export interface LayerSeparableConv2D {
/**
 * Which one this is: `separable_conv2d`.
 */
kind: "separable_conv2d"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Number of output channels.
 */
filters: number
kernel_size: Window
/**
 * Step of the window, down and across.
 */
strides: number
padding: Padding
/**
 * Output channels for each input channel.
 */
depth_multiplier: number
/**
 * Steps between the places of the window that are looked at. Above 1, `strides` must be 1.
 */
dilation_rate: number
activation: Activation
use_bias: UseBias
depthwise_initializer: Initializer
pointwise_initializer: Initializer
bias_initializer: Initializer
depthwise_regularizer?: Regularizer
pointwise_regularizer?: Regularizer
}
/**
 * The gradient of a convolution as a layer, which makes images larger: [h, w, c] → [h · stride, w · stride, filters] with padding `same`.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_conv2d_transpose".
 */
export interface LayerConv2DTranspose {
/**
 * Which one this is: `conv2d_transpose`.
 */
kind: "conv2d_transpose"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Number of output channels.
 */
filters: number
kernel_size: Window
strides: Strides
padding: Padding
activation: Activation
use_bias: UseBias
kernel_initializer: Initializer
bias_initializer: Initializer
kernel_regularizer?: Regularizer
}
/**
 * While training, sets whole channels to zero with probability `rate` and scales the others by 1/(1−rate).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_spatial_dropout2d".
 */
export interface LayerSpatialDropout2D {
/**
 * Which one this is: `spatial_dropout2d`.
 */
kind: "spatial_dropout2d"
name?: LayerName
inputs?: LayerInputs
/**
 * Probability of zero.
 */
rate: number
}
/**
 * While training, adds normal noise.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_gaussian_noise".
 */
export interface LayerGaussianNoise {
/**
 * Which one this is: `gaussian_noise`.
 */
kind: "gaussian_noise"
name?: LayerName
inputs?: LayerInputs
/**
 * Its standard deviation.
 */
stddev: number
}
/**
 * While training, multiplies each value by normal noise around 1 with variance rate/(1−rate).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_gaussian_dropout".
 */
export interface LayerGaussianDropout {
/**
 * Which one this is: `gaussian_dropout`.
 */
kind: "gaussian_dropout"
name?: LayerName
inputs?: LayerInputs
/**
 * Probability of zero.
 */
rate: number
}
/**
 * While training, sets all of an image's values to zero with probability `rate` and scales the others' by 1/(1−rate): the branch of a residual block is left out (stochastic depth, Huang et al. 2016).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_drop_path".
 */
export interface LayerDropPath {
/**
 * Which one this is: `drop_path`.
 */
kind: "drop_path"
name?: LayerName
inputs?: LayerInputs
/**
 * Probability of zero.
 */
rate: number
}
/**
 * Normalizes each place over its channels by their mean and variance.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_layer_normalization".
 */
export interface LayerLayerNormalization {
/**
 * Which one this is: `layer_normalization`.
 */
kind: "layer_normalization"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * Added to the variance.
 */
epsilon: number
/**
 * Whether a learned offset is added.
 */
center: boolean
/**
 * Whether a learned factor is applied.
 */
scale: boolean
}
/**
 * Normalizes groups of channels over all places by their mean and variance (Wu & He 2018).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_group_normalization".
 */
export interface LayerGroupNormalization {
/**
 * Which one this is: `group_normalization`.
 */
kind: "group_normalization"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
/**
 * How many groups; −1: one for each channel.
 */
groups: number
/**
 * Added to the variance.
 */
epsilon: number
/**
 * Whether a learned offset is added.
 */
center: boolean
/**
 * Whether a learned factor is applied.
 */
scale: boolean
}
/**
 * Makes images larger.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_up_sampling2d".
 */
export interface LayerUpSampling2D {
/**
 * Which one this is: `up_sampling2d`.
 */
kind: "up_sampling2d"
name?: LayerName
inputs?: LayerInputs
size: Window
/**
 * How the new pixels are made.
 */
interpolation: ("nearest" | "bilinear")
}
/**
 * Cuts off the edges of the image.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_cropping2d".
 */
export interface LayerCropping2D {
/**
 * Which one this is: `cropping2d`.
 */
kind: "cropping2d"
name?: LayerName
inputs?: LayerInputs
/**
 * One number or [vertical, horizontal], cut off on either side.
 * 
 * @minItems 2
 * @maxItems 2
 */
cropping: number | [number, number]
}
/**
 * The same numbers in another shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_reshape".
 */
export interface LayerReshape {
/**
 * Which one this is: `reshape`.
 */
kind: "reshape"
name?: LayerName
inputs?: LayerInputs
/**
 * The new shape without the batch; one of them may be −1, what is left.
 * 
 * @minItems 1
 * @maxItems 3
 */
target_shape: [number]|[number, number]|[number, number, number]
}
/**
 * Axes in another order.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_permute".
 */
export interface LayerPermute {
/**
 * Which one this is: `permute`.
 */
kind: "permute"
name?: LayerName
inputs?: LayerInputs
/**
 * The axes, from 1, in their new order.
 * 
 * @minItems 1
 * @maxItems 3
 */
dims: [number]|[number, number]|[number, number, number]
}
/**
 * x · scale + offset.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_rescaling".
 */
export interface LayerRescaling {
/**
 * Which one this is: `rescaling`.
 */
kind: "rescaling"
name?: LayerName
inputs?: LayerInputs
/**
 * Factor.
 */
scale: number
/**
 * Added afterwards.
 */
offset: number
}
/**
 * ReLU with a largest value, a slope below and a threshold.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_relu".
 */
export interface LayerRelu {
/**
 * Which one this is: `relu`.
 */
kind: "relu"
name?: LayerName
inputs?: LayerInputs
/**
 * Largest value; without it there is none.
 */
max_value?: number
/**
 * Slope below the threshold.
 */
negative_slope: number
/**
 * Values below are cut off, or follow the slope.
 */
threshold: number
}
/**
 * x above zero, a share of it below.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_leaky_relu".
 */
export interface LayerLeakyRelu {
/**
 * Which one this is: `leaky_relu`.
 */
kind: "leaky_relu"
name?: LayerName
inputs?: LayerInputs
/**
 * That share.
 */
negative_slope: number
}
/**
 * x above zero, a learned share of it below (He et al. 2015).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_prelu".
 */
export interface LayerPrelu {
/**
 * Which one this is: `prelu`.
 */
kind: "prelu"
name?: LayerName
inputs?: LayerInputs
trainable: Trainable
alpha_initializer: Initializer
alpha_regularizer?: Regularizer
/**
 * Axes, from 1, along which the share is the same; [1, 2]: one for each channel.
 */
shared_axes: number[]
}
/**
 * x above zero, alpha · (eˣ − 1) below.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_elu".
 */
export interface LayerElu {
/**
 * Which one this is: `elu`.
 */
kind: "elu"
name?: LayerName
inputs?: LayerInputs
/**
 * Depth of what is below zero.
 */
alpha: number
}
/**
 * Softmax over the last axis.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_softmax".
 */
export interface LayerSoftmax {
/**
 * Which one this is: `softmax`.
 */
kind: "softmax"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Its first input minus its second.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_subtract".
 */
export interface LayerSubtract {
/**
 * Which one this is: `subtract`.
 */
kind: "subtract"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Largest of its inputs, element by element, all of one shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_maximum".
 */
export interface LayerMaximum {
/**
 * Which one this is: `maximum`.
 */
kind: "maximum"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Smallest of its inputs, element by element, all of one shape.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_minimum".
 */
export interface LayerMinimum {
/**
 * Which one this is: `minimum`.
 */
kind: "minimum"
name?: LayerName
inputs?: LayerInputs
}
/**
 * Product of two vectors, one number.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_dot".
 */
export interface LayerDot {
/**
 * Which one this is: `dot`.
 */
kind: "dot"
name?: LayerName
inputs?: LayerInputs
/**
 * Whether both are scaled to length 1 first: the cosine of their angle.
 */
normalize: boolean
}
/**
 * A block of `model.blocks` in the place of a layer.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "layer_block".
 */
export interface LayerBlock {
/**
 * Which one this is: `block`.
 */
kind: "block"
name?: LayerName
inputs?: LayerInputs
/**
 * Name of the block, in `model.blocks`.
 */
block: string
/**
 * Values of the block's parameters.
 */
with?: {

}
/**
 * How many of them, one after another.
 */
repeat: number
}
/**
 * How the network is trained.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "training".
 */
export interface Training {
optimizer: Optimizer
/**
 * How the learning rate changes: parts one after another, e.g. a warm-up, then a cosine. None: it stays, unless a callback lowers it.
 */
schedule: Schedule[]
loss: Loss
/**
 * Weights of the classes in the training loss. `balanced`: scikit-learn's n / (classes · count). `inverse_frequency`: (1/f) / Σ(1/f), which sums to one, as the paper has it. Or a map of one's own: a weight for each class, by name or number, as Keras' `class_weight`; a class that it does not name has 1.
 */
class_weight: 'none' | 'balanced' | 'inverse_frequency' | Readonly<Record<string, number>>
/**
 * Passes over the training images, at most.
 */
epochs: number
/**
 * Images per step.
 */
batch_size: number
/**
 * What layers compute in, as Keras' dtype policies. `mixed_bfloat16`, `mixed_float16`: in 16 bits, with weights, batch normalization, the last layer, loss and updates in float32; the latter with a scaled loss. Where a processor multiplies no faster in 16 bits, it computes in float32 and rounds what layers exchange.
 */
precision: ("float32" | "mixed_bfloat16" | "mixed_float16")
/**
 * `all`: every image once, the last batch smaller. `floor`: n // batch_size steps, as Keras 2.4's `fit` on a generator: batches in random order, one random batch left out where they do not come out even.
 */
steps_per_epoch: ("all" | "floor")
/**
 * The same for the validation images of an epoch.
 */
validation_steps: ("all" | "floor")
/**
 * A fresh order of the training images each epoch.
 */
shuffle: boolean
/**
 * In the order in which they act after an epoch.
 */
callbacks: Callback[]
}
/**
 * Adam in Keras' "epsilon hat" form.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_adam".
 */
export interface OptimizerAdam {
/**
 * Which one this is: `adam`.
 */
kind: "adam"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
epsilon: OptimizerEpsilon
/**
 * Divides by the largest second moment so far (Reddi et al. 2018).
 */
amsgrad: boolean
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adam whose weight decay is on by default (Loshchilov & Hutter 2019).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_adamw".
 */
export interface OptimizerAdamw {
/**
 * Which one this is: `adamw`.
 */
kind: "adamw"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
epsilon: OptimizerEpsilon
/**
 * Divides by the largest second moment so far (Reddi et al. 2018).
 */
amsgrad: boolean
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adam with Nesterov's momentum (Dozat 2015).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_nadam".
 */
export interface OptimizerNadam {
/**
 * Which one this is: `nadam`.
 */
kind: "nadam"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
epsilon: OptimizerEpsilon
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adam by the largest gradient so far, which fades (Kingma & Ba 2015, section 7).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_adamax".
 */
export interface OptimizerAdamax {
/**
 * Which one this is: `adamax`.
 */
kind: "adamax"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
epsilon: OptimizerEpsilon
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adam that takes plain steps until its second moment can be trusted (Liu et al. 2020); as PyTorch has it.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_radam".
 */
export interface OptimizerRadam {
/**
 * Which one this is: `radam`.
 */
kind: "radam"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
epsilon: OptimizerEpsilon
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Steps of one size, by the sign of a momentum (Chen et al. 2023).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_lion".
 */
export interface OptimizerLion {
/**
 * Which one this is: `lion`.
 */
kind: "lion"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the first moment.
 */
beta_1: number
/**
 * Decay of the second moment.
 */
beta_2: number
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Stochastic gradient descent, with momentum if asked for.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_sgd".
 */
export interface OptimizerSgd {
/**
 * Which one this is: `sgd`.
 */
kind: "sgd"
learning_rate: LearningRate
weight_decay: WeightDecay
momentum: Momentum
/**
 * Nesterov's form of momentum.
 */
nesterov: boolean
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * RMSprop.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_rmsprop".
 */
export interface OptimizerRmsprop {
/**
 * Which one this is: `rmsprop`.
 */
kind: "rmsprop"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the mean square.
 */
rho: number
momentum: Momentum
epsilon: OptimizerEpsilon
/**
 * Divides by the standard deviation of the gradient instead of its root mean square.
 */
centered: boolean
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adagrad.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_adagrad".
 */
export interface OptimizerAdagrad {
/**
 * Which one this is: `adagrad`.
 */
kind: "adagrad"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Start of the sums of squares.
 */
initial_accumulator_value: number
epsilon: OptimizerEpsilon
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * Adadelta (Zeiler 2012). With learning_rate 1 it is that of the paper.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "optimizer_adadelta".
 */
export interface OptimizerAdadelta {
/**
 * Which one this is: `adadelta`.
 */
kind: "adadelta"
learning_rate: LearningRate
weight_decay: WeightDecay
/**
 * Decay of the mean square.
 */
rho: number
epsilon: OptimizerEpsilon
clipnorm?: Clipnorm
global_clipnorm?: GlobalClipnorm
clipvalue?: Clipvalue
coupled_weight_decay: CoupledWeightDecay
exclude_from_weight_decay: ExcludeFromWeightDecay
use_ema: UseEma
ema_momentum: EmaMomentum
ema_overwrite_frequency?: EmaOverwriteFrequency
gradient_accumulation_steps: GradientAccumulationSteps
}
/**
 * The learning rate itself, or a part of it.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_constant".
 */
export interface ScheduleConstant {
/**
 * Which one this is: `constant`.
 */
kind: "constant"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Share of the learning rate.
 */
factor: number
}
/**
 * From a share of the learning rate up to all of it, in a straight line.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_linear_warmup".
 */
export interface ScheduleLinearWarmup {
/**
 * Which one this is: `linear_warmup`.
 */
kind: "linear_warmup"
epochs: ScheduleEpochs
per: SchedulePer
/**
 * Share at the beginning. As in Keras, 0 leaves the first step without effect.
 */
from: number
}
/**
 * Multiplied by a factor again and again.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_step_decay".
 */
export interface ScheduleStepDecay {
/**
 * Which one this is: `step_decay`.
 */
kind: "step_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Epochs between two changes.
 */
every: number
/**
 * What it is multiplied by each time.
 */
factor: number
}
/**
 * Multiplied by a factor at given epochs.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_multi_step_decay".
 */
export interface ScheduleMultiStepDecay {
/**
 * Which one this is: `multi_step_decay`.
 */
kind: "multi_step_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * When it changes: so many epochs have passed since this part began.
 */
milestones: number[]
/**
 * What it is multiplied by each time.
 */
factor: number
}
/**
 * Keras' `ExponentialDecay`: decay_rate ^ (t / decay_epochs).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_exponential_decay".
 */
export interface ScheduleExponentialDecay {
/**
 * Which one this is: `exponential_decay`.
 */
kind: "exponential_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * What it has been multiplied by after `decay_epochs`.
 */
decay_rate: number
/**
 * Epochs for which `decay_rate` holds.
 */
decay_epochs: number
/**
 * Whether it changes only when `decay_epochs` have passed.
 */
staircase: boolean
}
/**
 * Keras' `InverseTimeDecay`: 1 / (1 + decay_rate · t / decay_epochs).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_inverse_time_decay".
 */
export interface ScheduleInverseTimeDecay {
/**
 * Which one this is: `inverse_time_decay`.
 */
kind: "inverse_time_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * How fast it falls.
 */
decay_rate: number
/**
 * Epochs for which `decay_rate` holds.
 */
decay_epochs: number
/**
 * Whether it changes only when `decay_epochs` have passed.
 */
staircase: boolean
}
/**
 * Keras' `PolynomialDecay` over the whole of its part: (1 − end) · (1 − t / epochs) ^ power + end.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_polynomial_decay".
 */
export interface SchedulePolynomialDecay {
/**
 * Which one this is: `polynomial_decay`.
 */
kind: "polynomial_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Share of the learning rate at the end.
 */
end: number
/**
 * Exponent; 1 is a straight line.
 */
power: number
}
/**
 * Keras' `CosineDecay` over the whole of its part: half a cosine, from all of the learning rate to `alpha` of it.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_cosine_decay".
 */
export interface ScheduleCosineDecay {
/**
 * Which one this is: `cosine_decay`.
 */
kind: "cosine_decay"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Share of the learning rate at the end.
 */
alpha: number
}
/**
 * Keras' `CosineDecayRestarts`: half cosines one after another (Loshchilov & Hutter 2017).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_cosine_decay_restarts".
 */
export interface ScheduleCosineDecayRestarts {
/**
 * Which one this is: `cosine_decay_restarts`.
 */
kind: "cosine_decay_restarts"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Epochs of the first.
 */
first_epochs: number
/**
 * Each is so many times as long as the one before.
 */
t_mul: number
/**
 * Each begins at so much of where the one before began.
 */
m_mul: number
/**
 * Share of the learning rate at the end of each.
 */
alpha: number
}
/**
 * Up to the learning rate and far down again within its part, by half cosines (Smith 2018); PyTorch's `OneCycleLR`, the momentum left as it is.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "schedule_one_cycle".
 */
export interface ScheduleOneCycle {
/**
 * Which one this is: `one_cycle`.
 */
kind: "one_cycle"
epochs?: ScheduleEpochs
per: SchedulePer
/**
 * Share of the part in which it rises.
 */
pct_start: number
/**
 * It begins at the learning rate divided by this.
 */
div_factor: number
/**
 * It ends at what it began with, divided by this.
 */
final_div_factor: number
}
/**
 * Cross-entropy of the softmax, computed from the logits as Keras does.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss_categorical_crossentropy".
 */
export interface LossCategoricalCrossentropy {
/**
 * Which one this is: `categorical_crossentropy`.
 */
kind: "categorical_crossentropy"
/**
 * Share of the target spread over all classes.
 */
label_smoothing: number
}
/**
 * Focal loss: cross-entropy that counts easy images less (Lin et al. 2017).
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss_categorical_focal_crossentropy".
 */
export interface LossCategoricalFocalCrossentropy {
/**
 * Which one this is: `categorical_focal_crossentropy`.
 */
kind: "categorical_focal_crossentropy"
/**
 * Factor.
 */
alpha: number
/**
 * Exponent of (1 − p).
 */
gamma: number
}
/**
 * Mean square of the difference of output and one-hot target.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss_mean_squared_error".
 */
export interface LossMeanSquaredError {
/**
 * Which one this is: `mean_squared_error`.
 */
kind: "mean_squared_error"
}
/**
 * Cross-entropy of each class on its own, behind a sigmoid: mean over the classes.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss_binary_crossentropy".
 */
export interface LossBinaryCrossentropy {
/**
 * Which one this is: `binary_crossentropy`.
 */
kind: "binary_crossentropy"
/**
 * Share by which targets are moved towards one half.
 */
label_smoothing: number
}
/**
 * Kullback-Leibler divergence of the output from the target: with one-hot targets the cross-entropy, with soft ones less what cannot be helped.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "loss_kl_divergence".
 */
export interface LossKlDivergence {
/**
 * Which one this is: `kl_divergence`.
 */
kind: "kl_divergence"
}
/**
 * Stops when the monitor has not improved for `patience` epochs.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "callback_early_stopping".
 */
export interface CallbackEarlyStopping {
/**
 * Which one this is: `early_stopping`.
 */
kind: "early_stopping"
monitor: Monitor
mode: Mode
/**
 * Epochs without improvement.
 */
patience: number
/**
 * Smallest change that counts as improvement.
 */
min_delta: number
/**
 * Whether training ends with the weights of the best epoch.
 */
restore_best_weights: boolean
/**
 * Epochs before watching begins.
 */
start_from_epoch: number
/**
 * The patience begins anew only with a best value that also betters this one.
 */
baseline?: number
}
/**
 * Lowers the learning rate when the monitor has not improved for `patience` epochs.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "callback_reduce_lr_on_plateau".
 */
export interface CallbackReduceLrOnPlateau {
/**
 * Which one this is: `reduce_lr_on_plateau`.
 */
kind: "reduce_lr_on_plateau"
monitor: Monitor
mode: Mode
/**
 * The learning rate is multiplied by this.
 */
factor: number
/**
 * Epochs without improvement.
 */
patience: number
/**
 * Smallest change that counts as improvement.
 */
min_delta: number
/**
 * Epochs after a reduction before watching begins again.
 */
cooldown: number
/**
 * The learning rate is not lowered below this.
 */
min_lr: number
}
/**
 * Keeps the weights of the best epoch, which are evaluated beside the last ones.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "callback_model_checkpoint".
 */
export interface CallbackModelCheckpoint {
/**
 * Which one this is: `model_checkpoint`.
 */
kind: "model_checkpoint"
monitor: Monitor
mode: Mode
/**
 * Whether only a strict improvement is kept, or every epoch replaces the last.
 */
save_best_only: boolean
/**
 * Only values that better this one are kept.
 */
initial_value_threshold?: number
}
/**
 * Stops when the loss is not a number.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "callback_terminate_on_nan".
 */
export interface CallbackTerminateOnNan {
/**
 * Which one this is: `terminate_on_nan`.
 */
kind: "terminate_on_nan"
}
/**
 * Axes; every combination of their values is a cell. An axis is a name with named overrides, or a path with its values: `training.batch_size: [4, 32]`. The names become rows and columns of the tables.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "matrix".
 */
export interface Matrix {
/**
 * Names with what they override, or, where the axis is a path into a cell, a list of values for it.
 * 
 * @minItems 1
 */
[k: string]: {
[k: string]: Overrides
} | [unknown, ...(unknown)[]]
}
/**
 * Values that replace those of the recipe: maps merge, lists and plain values replace.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "overrides".
 */
export interface Overrides {
requires?: Requires
semantics?: Semantics
/**
 * Values of `dataset` to replace; maps merge, lists and plain values replace.
 */
dataset?: {

}
/**
 * Values of `split` to replace; maps merge, lists and plain values replace.
 */
split?: {

}
limit?: Limit
/**
 * Values of `preprocessing` to replace; maps merge, lists and plain values replace.
 */
preprocessing?: {

}
/**
 * Values of `augmentation` to replace; maps merge, lists and plain values replace.
 */
augmentation?: {

}
/**
 * Values of `model` to replace; maps merge, lists and plain values replace.
 */
model?: {

}
/**
 * Values of `training` to replace; maps merge, lists and plain values replace.
 */
training?: {

}
}
/**
 * A file or folder.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "requirement_file".
 */
export interface RequirementFile {
/**
 * Which one this is: `file`.
 */
kind: "file"
/**
 * The file, relative to the working directory. `${NAME:-default}` takes an environment variable.
 */
path: string
/**
 * How to get it; shown where it is missing.
 */
how?: string
}
/**
 * Pretrained weights. Layers that load them need not say so.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "requirement_weights".
 */
export interface RequirementWeights {
/**
 * Which one this is: `weights`.
 */
kind: "weights"
/**
 * Which weights.
 */
weights: "vgg16_imagenet"
}
/**
 * Which cells: axis names to value names.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "where".
 */
export interface Where {
[k: string]: string | number | boolean
}
/**
 * A cell with its own values, on top of those of the axis values that it names.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "inclusion".
 */
export interface Inclusion {
cell: Where
requires?: Requires
semantics?: Semantics
/**
 * Values of `dataset` to replace; maps merge, lists and plain values replace.
 */
dataset?: {

}
/**
 * Values of `split` to replace; maps merge, lists and plain values replace.
 */
split?: {

}
limit?: Limit
/**
 * Values of `preprocessing` to replace; maps merge, lists and plain values replace.
 */
preprocessing?: {

}
/**
 * Values of `augmentation` to replace; maps merge, lists and plain values replace.
 */
augmentation?: {

}
/**
 * Values of `model` to replace; maps merge, lists and plain values replace.
 */
model?: {

}
/**
 * Values of `training` to replace; maps merge, lists and plain values replace.
 */
training?: {

}
}
/**
 * Values for the cells that `where` names.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "exception".
 */
export interface Exception {
where: Where
requires?: Requires
semantics?: Semantics
/**
 * Values of `dataset` to replace; maps merge, lists and plain values replace.
 */
dataset?: {

}
/**
 * Values of `split` to replace; maps merge, lists and plain values replace.
 */
split?: {

}
limit?: Limit
/**
 * Values of `preprocessing` to replace; maps merge, lists and plain values replace.
 */
preprocessing?: {

}
/**
 * Values of `augmentation` to replace; maps merge, lists and plain values replace.
 */
augmentation?: {

}
/**
 * Values of `model` to replace; maps merge, lists and plain values replace.
 */
model?: {

}
/**
 * Values of `training` to replace; maps merge, lists and plain values replace.
 */
training?: {

}
}
/**
 * A table of the report: measured numbers beside claimed ones.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "table".
 */
export interface Table {
/**
 * Heading, as in the paper.
 */
title: string
where?: Where
/**
 * Axis whose values are the rows.
 */
rows: string
/**
 * Axis whose values are the columns.
 */
columns: string
/**
 * What is measured.
 */
value: ("test_accuracy" | "test_loss" | "val_accuracy" | "val_loss")
/**
 * Which weights count for the verdict on a claim: those after the last epoch, or the best that `model_checkpoint` kept. Both are shown.
 */
weights: ("last" | "best")
/**
 * How far from a claim a number may lie and still be the same result, in the unit of `value`: 0.02 is 2 points of accuracy. A claim agrees where one more run would lie within it, differs where it would lie outside, and is open otherwise. To be decided before anything is run.
 */
margin: number
/**
 * How sure a verdict is: the interval of one more run holds it with this probability.
 */
confidence: number
/**
 * Row name → column name → the number that the paper claims, a fraction for accuracies.
 */
claimed?: {
[k: string]: {
[k: string]: number
}
}
}
/**
 * True classes in rows, predicted ones in columns, beside the paper's.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "chart_confusion_matrix".
 */
export interface ChartConfusionMatrix {
/**
 * Which one this is: `confusion_matrix`.
 */
kind: "confusion_matrix"
/**
 * Heading.
 */
title: string
where: Where
/**
 * The paper's matrix, in the order of the data set's classes.
 */
claimed?: number[][]
/**
 * What to know about the paper's figure.
 */
note?: string
}
/**
 * Loss and accuracy by epoch, training and validation.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "chart_learning_curves".
 */
export interface ChartLearningCurves {
/**
 * Which one this is: `learning_curves`.
 */
kind: "learning_curves"
/**
 * Heading.
 */
title: string
where?: Where
}
/**
 * The network. Its input is the image after preprocessing; its last layer has one output per class.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "model".
 */
export interface Model {
/**
 * The layers, from the image to the classes.
 */
layers: Layer[]
}
/**
 * A resolved cell: all that decides the result of a run but its seed.
 * 
 * This interface was referenced by `Recipe`'s JSON-Schema
 * via the `definition` "spec".
 */
export interface Spec {
semantics: Semantics
dataset: Source
split: Split
limit: Limit
preprocessing: Preprocessing
augmentation: Augmentation
model: Model
training: Training
}
