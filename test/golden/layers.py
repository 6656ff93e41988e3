"""Values and gradients of every kind of layer, from Keras 3 and, where it differs, Keras 2 (tf_keras). Writes layers.json beside it.

usage: python test/golden/layers.py   (packages: requirements.txt)
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
import tensorflow as tf
import tf_keras

random = np.random.default_rng(20210117)

KINDS = {
    "conv2d": "Conv2D",
    "dense": "Dense",
    "flatten": "Flatten",
    "max_pooling2d": "MaxPooling2D",
    "average_pooling2d": "AveragePooling2D",
    "global_average_pooling2d": "GlobalAveragePooling2D",
    "global_max_pooling2d": "GlobalMaxPooling2D",
    "batch_normalization": "BatchNormalization",
    "activation": "Activation",
    "zero_padding2d": "ZeroPadding2D",
    "add": "Add",
    "multiply": "Multiply",
    "average": "Average",
    "concatenate": "Concatenate",
    "depthwise_conv2d": "DepthwiseConv2D",
    "separable_conv2d": "SeparableConv2D",
    "conv2d_transpose": "Conv2DTranspose",
    "layer_normalization": "LayerNormalization",
    "group_normalization": "GroupNormalization",
    "up_sampling2d": "UpSampling2D",
    "cropping2d": "Cropping2D",
    "reshape": "Reshape",
    "permute": "Permute",
    "rescaling": "Rescaling",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "prelu": "PReLU",
    "elu": "ELU",
    "softmax": "Softmax",
    "subtract": "Subtract",
    "maximum": "Maximum",
    "minimum": "Minimum",
    "dot": "Dot",
}
CONV = {"kind": "conv2d", "filters": 4, "kernel_size": 3, "strides": 1, "padding": "same", "activation": "linear", "use_bias": True}
DENSE = {"kind": "dense", "units": 5, "activation": "linear", "use_bias": True}
BN = {"kind": "batch_normalization", "momentum": 0.9, "epsilon": 0.001, "center": True, "scale": True, "trainable": True}
IMAGE, VECTOR = [2, 5, 4, 3], [4, 7]
ACTIVATIONS = ["linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "sigmoid", "tanh", "softplus", "softmax"]

CASES = [
    (CONV, [IMAGE]),
    ({**CONV, "padding": "valid", "activation": "relu"}, [IMAGE]),
    ({**CONV, "strides": 2, "use_bias": False, "activation": "tanh"}, [IMAGE]),
    ({**CONV, "kernel_size": [1, 4], "strides": [1, 2], "padding": "valid"}, [IMAGE]),
    ({**CONV, "kernel_size": [4, 2], "strides": [3, 2]}, [IMAGE]),
    (DENSE, [VECTOR]),
    ({**DENSE, "use_bias": False, "activation": "softmax"}, [VECTOR]),
    ({**DENSE, "activation": "relu"}, [VECTOR]),
    ({"kind": "flatten"}, [IMAGE]),
    ({"kind": "flatten"}, [VECTOR]),
    ({"kind": "max_pooling2d", "pool_size": 2, "padding": "valid"}, [IMAGE]),
    ({"kind": "max_pooling2d", "pool_size": [3, 2], "strides": [2, 1], "padding": "same"}, [IMAGE]),
    ({"kind": "average_pooling2d", "pool_size": 2, "padding": "valid"}, [IMAGE]),
    ({"kind": "average_pooling2d", "pool_size": [3, 2], "strides": [2, 1], "padding": "same"}, [IMAGE]),
    ({"kind": "global_average_pooling2d"}, [IMAGE]),
    ({"kind": "global_max_pooling2d"}, [IMAGE]),
    (BN, [IMAGE]),
    (BN, [VECTOR]),
    ({**BN, "center": False}, [IMAGE]),
    ({**BN, "scale": False}, [IMAGE]),
    ({**BN, "trainable": False}, [IMAGE]),
    ({"kind": "zero_padding2d", "padding": 1}, [IMAGE]),
    ({"kind": "zero_padding2d", "padding": [2, 1]}, [IMAGE]),
    *[({"kind": "activation", "activation": name}, [VECTOR]) for name in ACTIVATIONS],
    ({"kind": "activation", "activation": "softmax"}, [IMAGE]),
    ({"kind": "add"}, [VECTOR, VECTOR, VECTOR]),
    ({"kind": "multiply"}, [VECTOR, VECTOR, VECTOR]),
    ({"kind": "average"}, [IMAGE, IMAGE]),
    ({"kind": "concatenate"}, [IMAGE, [2, 5, 4, 2]]),
    ({"kind": "concatenate"}, [VECTOR, [4, 2]]),
]
# At exactly zero, where the slopes of some activations jump.
AT_ZERO = [{"kind": "activation", "activation": name} for name in ACTIVATIONS]
# Later ones stand here, so that the random numbers of those above stay.
DEPTHWISE = {"kind": "depthwise_conv2d", "kernel_size": 3}
SEPARABLE = {"kind": "separable_conv2d", "filters": 4, "kernel_size": 3}
TRANSPOSE = {"kind": "conv2d_transpose", "filters": 4, "kernel_size": 3}
EVEN = [2, 5, 4, 4]
LATER_CASES = [
    ({**CONV, "dilation_rate": 2}, [IMAGE]),
    ({**CONV, "dilation_rate": [2, 1], "padding": "valid", "activation": "relu6"}, [IMAGE]),
    ({**CONV, "groups": 2}, [EVEN]),
    (DEPTHWISE, [IMAGE]),
    ({**DEPTHWISE, "padding": "same", "depth_multiplier": 2, "activation": "relu"}, [IMAGE]),
    ({**DEPTHWISE, "padding": "same", "strides": 2, "use_bias": False}, [IMAGE]),
    ({**DEPTHWISE, "padding": "same", "dilation_rate": 2}, [IMAGE]),
    ({**DEPTHWISE, "kernel_size": [2, 3], "strides": 2, "depth_multiplier": 2}, [IMAGE]),
    (SEPARABLE, [IMAGE]),
    ({**SEPARABLE, "padding": "same", "strides": 2, "depth_multiplier": 2, "activation": "tanh", "use_bias": False}, [IMAGE]),
    ({**SEPARABLE, "padding": "same", "dilation_rate": 2}, [IMAGE]),
    (TRANSPOSE, [IMAGE]),
    ({**TRANSPOSE, "strides": 2, "padding": "same", "activation": "relu"}, [IMAGE]),
    ({**TRANSPOSE, "strides": [3, 2], "use_bias": False}, [IMAGE]),
    ({**TRANSPOSE, "kernel_size": 2, "strides": 3}, [IMAGE]),
    ({"kind": "layer_normalization"}, [IMAGE]),
    ({"kind": "layer_normalization", "epsilon": 0.1, "center": False}, [VECTOR]),
    ({"kind": "layer_normalization", "scale": False}, [VECTOR]),
    ({"kind": "group_normalization", "groups": 2}, [EVEN]),
    ({"kind": "group_normalization", "groups": -1, "scale": False}, [IMAGE]),
    ({"kind": "group_normalization", "groups": 2, "epsilon": 0.1, "center": False}, [[4, 8]]),
    ({"kind": "up_sampling2d"}, [IMAGE]),
    ({"kind": "up_sampling2d", "size": [3, 2], "interpolation": "bilinear"}, [IMAGE]),
    ({"kind": "cropping2d", "cropping": 1}, [IMAGE]),
    ({"kind": "cropping2d", "cropping": [2, 1]}, [IMAGE]),
    ({"kind": "reshape", "target_shape": [4, -1, 3]}, [IMAGE]),
    ({"kind": "reshape", "target_shape": [60]}, [IMAGE]),
    ({"kind": "permute", "dims": [3, 1, 2]}, [IMAGE]),
    ({"kind": "rescaling", "scale": -2, "offset": 0.5}, [IMAGE]),
    ({"kind": "relu"}, [VECTOR]),
    ({"kind": "relu", "max_value": 1}, [VECTOR]),
    ({"kind": "relu", "max_value": 1, "negative_slope": 0.2, "threshold": 0.5}, [VECTOR]),
    ({"kind": "relu", "threshold": 0.5}, [IMAGE]),
    ({"kind": "leaky_relu"}, [IMAGE]),
    ({"kind": "leaky_relu", "negative_slope": 0.1}, [VECTOR]),
    ({"kind": "prelu"}, [VECTOR]),
    ({"kind": "prelu", "shared_axes": [1, 2]}, [IMAGE]),
    ({"kind": "elu"}, [VECTOR]),
    ({"kind": "elu", "alpha": 0.5}, [IMAGE]),
    ({"kind": "softmax"}, [VECTOR]),
    ({"kind": "subtract"}, [IMAGE, IMAGE]),
    ({"kind": "maximum"}, [VECTOR, VECTOR, VECTOR]),
    ({"kind": "minimum"}, [IMAGE, IMAGE]),
    ({"kind": "dot"}, [VECTOR, VECTOR]),
    ({"kind": "dot", "normalize": True}, [VECTOR, VECTOR]),
    *[
        ({"kind": "activation", "activation": name}, [VECTOR])
        for name in ["relu6", "hard_silu", "mish", "hard_sigmoid", "softsign", "exponential"]
    ],
]
# What Keras 2 does otherwise.
KERAS_2_CASES = [(BN, [IMAGE]), (BN, [VECTOR])]


def draw(shape):
    """Three decimals, all different, none near zero: no ties and no kinks."""
    values = random.uniform(0.05, 2, shape) * random.choice([-1, 1], shape)
    return np.round(values, 3).astype(np.float32)


def plain(tensor):
    values = np.asarray(tensor, np.float32)
    return {"shape": list(values.shape), "values": [float(f"{value:.8g}") for value in values.ravel()]}


def some_zeros(shape):
    values = draw(shape)
    values.ravel()[::2] = 0
    return values


def case(library, spec, shapes, training, draw_input=draw):
    parameters = {name: value for name, value in spec.items() if name != "kind"}
    if spec["kind"] == "dot":
        parameters["axes"] = 1
    if spec["kind"] == "cropping2d":  # a list would be taken for something else
        parameters["cropping"] = tuple(spec["cropping"]) if isinstance(spec["cropping"], list) else spec["cropping"]
    layer = getattr(library.layers, KINDS[spec["kind"]])(**parameters)
    arguments = {"training": training} if spec["kind"] == "batch_normalization" else {}
    inputs = [tf.constant(draw_input(shape)) for shape in shapes]
    taken = inputs if len(inputs) > 1 or spec["kind"] == "add" else inputs[0]
    layer(taken, **arguments)
    for variable in layer.weights:
        values = draw(variable.shape)
        variable.assign(np.abs(values) if "variance" in variable.name else values)
    names = [variable.name.split("/")[-1].split(":")[0] for variable in layer.weights]
    before = {name: plain(variable) for name, variable in zip(names, layer.weights)}
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        for variable in layer.trainable_weights:
            tape.watch(variable.value if library is keras else variable)
        output = layer(taken, **arguments)
        cotangent = tf.constant(draw(output.shape))
        total = tf.reduce_sum(output * cotangent)
    watched = [variable.value if library is keras else variable for variable in layer.trainable_weights]
    input_gradients, weight_gradients = tape.gradient(total, (inputs, watched))
    trainable = [name for name, variable in zip(names, layer.weights) if any(variable is other for other in layer.trainable_weights)]
    moved = {name: plain(variable) for name, variable in zip(names, layer.weights) if training and name.startswith("moving")}
    return {
        "semantics": "keras-3" if library is keras else "keras-2.4",
        "layer": spec,
        "training": training,
        "inputs": [plain(value) for value in inputs],
        "weights": before,
        "output": plain(output),
        "moved": moved,
        "cotangent": plain(cotangent),
        "input_gradients": [plain(gradient) for gradient in input_gradients],
        "weight_gradients": {name: plain(gradient) for name, gradient in zip(trainable, weight_gradients)},
    }


cases = [case(keras, spec, shapes, True) for spec, shapes in CASES]
cases += [case(keras, BN, [shape], False) for shape in (IMAGE, VECTOR)]
cases += [case(tf_keras, spec, shapes, True) for spec, shapes in KERAS_2_CASES]
cases += [case(keras, spec, [VECTOR], True, some_zeros) for spec in AT_ZERO]
cases += [case(keras, spec, shapes, True) for spec, shapes in LATER_CASES]
result = {"keras": keras.__version__, "tf_keras": tf_keras.__version__, "tensorflow": tf.__version__, "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
