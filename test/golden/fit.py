"""Losses of the first 20 steps of a small network, trained by real Keras: the numbers that test/train/fit.test.ts must reproduce.

The same network in float64 says how far float32 rounding alone moves a loss; the test's tolerance (1e-5 relative) is far above that.
Run: python test/golden/fit.py > test/golden/fit.json   (packages: requirements.txt)
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
from keras import layers

STEPS, BATCH, CLASSES = 20, 6, 3
CLASS_WEIGHT = [0.2, 0.5, 0.3]


def network(dtype):
    keras.backend.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    return keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(4, 3, padding="same", activation="relu", name="conv_a", kernel_regularizer=keras.regularizers.L2(1e-3)),
            layers.MaxPooling2D(name="pool_a"),
            layers.Conv2D(5, 3, padding="same", use_bias=False, name="conv_b"),
            layers.BatchNormalization(name="norm"),
            layers.Activation("relu", name="relu"),
            layers.MaxPooling2D(name="pool_b"),
            layers.Flatten(name="flatten"),
            layers.Dense(6, activation="relu", name="dense_a"),
            layers.Dense(CLASSES, activation="softmax", name="dense_b"),
        ]
    )


def train(dtype, weights, batches):
    model = network(dtype)
    for layer, values in zip(model.layers, weights):
        layer.set_weights([np.asarray(value, dtype) for value in values])
    model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="categorical_crossentropy", metrics=["accuracy"])
    losses, correct = [], []
    for x, labels in batches:
        model.reset_metrics()
        y = np.eye(CLASSES, dtype=dtype)[labels]
        sample_weight = np.asarray(CLASS_WEIGHT, dtype)[labels]
        loss, accuracy = model.train_on_batch(x.astype(dtype), y, sample_weight=sample_weight)
        losses.append(float(loss))
        correct.append(round(float(accuracy) * BATCH))
    x, labels = batches[0]
    return losses, correct, model.predict_on_batch(x.astype(dtype)).astype("float64").ravel().tolist()


random = np.random.default_rng(11)
batches = [(random.uniform(-1, 1, (BATCH, 8, 8, 1)).astype("float32"), random.integers(0, CLASSES, BATCH)) for _ in range(STEPS)]
start = network("float32")
weights = [[random.normal(0, 0.3, w.shape).astype("float32") if "moving" not in v.path else w for v, w in zip(layer.weights, layer.get_weights())] for layer in start.layers]
names = [[f"{layer.name}/{v.name}" for v in layer.weights] for layer in start.layers]

losses, correct, output = train("float32", weights, batches)
exact, _, _ = train("float64", weights, batches)
number = lambda value: float(f"{value:.9g}")
print(
    json.dumps(
        {
            "versions": {"keras": keras.__version__},
            "class_weight": CLASS_WEIGHT,
            "weights": {name: [number(v) for v in value.ravel()] for ns, vs in zip(names, weights) for name, value in zip(ns, vs)},
            "batches": [{"x": [number(v) for v in x.ravel()], "labels": labels.tolist()} for x, labels in batches],
            "losses": losses,
            "losses_float64": exact,
            "correct": correct,
            "output_after": output,
        }
    )
)
