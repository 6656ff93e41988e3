"""What real Keras makes of drawn images with VGG16's ImageNet weights: outputs of its blocks, of a head, losses of three training steps.

The numbers hold no weights: a few values and the statistics of each output. The float64 network says how far float32 rounding alone moves them.
usage: python test/golden/vgg16_imagenet.py WEIGHTS.h5   (packages: requirements.txt; the file: any .h5 that Keras' load_weights takes)
"""

import hashlib
import json
import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np

SHA256 = "d9a27cc1fc7f975ef8cff49180e794ccd7c4bc868ebb49740803b3bbaa8dbefd"
SIZE, CLASSES, STEPS = 48, 7, 3
LABELS = [0, 3, 6, 2]
CLASS_WEIGHT = [1.0, 0.5, 2.0, 1.5, 1.0, 1.0, 0.25]


def drawn_images():
    """[4, 48, 48, 3] in [-1, 1]. Whole numbers until the last division, so that every language draws the same; a quadratic form modulo a prime
    greater than the image has no two equal 3x3 neighbourhoods in an image, so that max pooling meets no ties."""
    image, y, x, channel = np.meshgrid(np.arange(len(LABELS)), np.arange(SIZE), np.arange(SIZE), np.arange(3), indexing="ij")
    texture = (7 * x * x + 13 * y * y + 5 * x * y + 29 * image + 31 * channel) % 97
    return ((texture + 2 * x + image * y) / 168 - 1).astype("float32")


def formula(shape, phase):
    """sin of the position, scaled so that the signal neither dies nor grows; biases too."""
    fan_in = max(1, int(np.prod(shape[:-1])))
    values = np.sin(np.arange(int(np.prod(shape)), dtype=np.float64) * 1.61803398875 + phase) * 2 / np.sqrt(fan_in)
    return values.astype("float32").reshape(shape)


def network(dtype, weights):
    keras.backend.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3))
    base.set_weights([value.astype(dtype) for value in weights])
    x = keras.layers.Flatten(name="flatten")(base.output)
    x = keras.layers.Dense(128, activation="relu", name="dense_a")(x)
    model = keras.Model(base.input, keras.layers.Dense(CLASSES, activation="softmax", name="dense_b")(x))
    for phase, name in enumerate(["dense_a", "dense_b"]):
        layer = model.get_layer(name)
        layer.set_weights([formula(tuple(weight.shape), 2 * phase + part).astype(dtype) for part, weight in enumerate(layer.weights)])
    return model


def number(value):
    return float(f"{value:.9g}")


def values_of(model):
    return [keras.ops.convert_to_numpy(weight) for weight in model.weights]


def summary(values):
    """Statistics, and every so-manyth value."""
    flat = np.asarray(values, "float64").ravel()
    return {
        "shape": list(values.shape),
        "mean": number(flat.mean()),
        "deviation": number(flat.std()),
        "largest": number(np.abs(flat).max()),
        "stride": max(1, flat.size // 16),
        "values": [number(value) for value in flat[:: max(1, flat.size // 16)]],
    }


def outputs(dtype, weights):
    model = network(dtype, weights)
    blocks = [f"block{index}_pool" for index in range(1, 6)]
    taken = keras.Model(model.input, [*[model.get_layer(name).output for name in blocks], model.output])
    *blocks_out, softmax = taken.predict(drawn_images().astype(dtype), verbose=0)
    return {"blocks": dict(zip(blocks, map(summary, blocks_out))), "softmax": [number(value) for value in softmax.ravel()]}


def train(dtype, weights, optimizer):
    """Losses of the steps and after them, and how far each weight went (Euclidean length)."""
    model = network(dtype, weights)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy")
    x, y = drawn_images().astype(dtype), np.eye(CLASSES, dtype=dtype)[LABELS]
    before = values_of(model)
    losses = [float(model.train_on_batch(x, y, sample_weight=np.asarray(CLASS_WEIGHT, dtype)[LABELS])) for _ in range(STEPS)]
    lengths = [np.linalg.norm((end.astype("float64") - start).ravel()) for end, start in zip(values_of(model), before)]
    after = model.predict(x, verbose=0)
    return {
        "losses": [number(loss) for loss in losses],
        "softmax_after": [number(value) for value in after.ravel()],
        "moved": {weight.path: number(length) for weight, length in zip(model.weights, lengths)},
    }


def weights_of(path):
    model = keras.applications.VGG16(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3))
    model.load_weights(path)
    weights = values_of(model)
    assert hashlib.sha256(b"".join(value.astype("<f4").tobytes() for value in weights)).hexdigest() == SHA256, "these are other weights"
    return weights


OPTIMIZERS = {"sgd": lambda: keras.optimizers.SGD(1e-3), "adam": lambda: keras.optimizers.Adam(1e-5)}
weights = weights_of(sys.argv[1])
result = {"keras": keras.__version__, "labels": LABELS, "class_weight": CLASS_WEIGHT}
for dtype in ["float32", "float64"]:
    result[dtype] = {**outputs(dtype, weights), **{name: train(dtype, weights, make()) for name, make in OPTIMIZERS.items()}}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
