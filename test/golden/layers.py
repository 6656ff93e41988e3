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
result = {"keras": keras.__version__, "tf_keras": tf_keras.__version__, "tensorflow": tf.__version__, "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
