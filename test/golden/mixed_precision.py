"""Losses of the network of fit.py under Keras' mixed precision policies, and the decisions of its LossScaleOptimizer.

Weights and batches are those of fit.json. The last layer is float32, as Keras' guide to mixed precision has it.
Run: python test/golden/mixed_precision.py > test/golden/mixed_precision.json   (packages: requirements.txt)
"""
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
from keras import layers

given = json.loads((pathlib.Path(__file__).parent / "fit.json").read_text())
CLASSES = 3


def network():
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
            layers.Dense(CLASSES, activation="softmax", name="dense_b", dtype="float32"),
        ]
    )


def losses(policy):
    keras.config.set_dtype_policy(policy)
    model = network()
    for layer in model.layers:
        layer.set_weights([np.reshape(given["weights"][f"{layer.name}/{v.name}"], v.shape).astype("float32") for v in layer.weights])
    model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="categorical_crossentropy", metrics=["accuracy"])
    seen = []
    for batch in given["batches"]:
        model.reset_metrics()
        x = np.reshape(batch["x"], (-1, 8, 8, 1)).astype("float32")
        weight = np.asarray(given["class_weight"], "float32")[batch["labels"]]
        loss, _ = model.train_on_batch(x, np.eye(CLASSES, dtype="float32")[batch["labels"]], sample_weight=weight)
        seen.append(float(loss))
    return seen


def loss_scales(finite):
    """Factor, and the weight of a plain gradient descent, after each step: gradients are 1 or infinite."""
    keras.config.set_dtype_policy("float32")
    weight = keras.Variable(np.float32(0))
    optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(1.0))
    optimizer.build([weight])
    scales, weights = [], []
    for is_finite in finite:
        scale = float(optimizer.dynamic_scale.numpy())
        optimizer.apply([keras.ops.convert_to_tensor(np.float32(scale if is_finite else np.inf))], [weight])
        scales.append(float(optimizer.dynamic_scale.numpy()))
        weights.append(float(weight.numpy()))
    return {"scales": scales, "weights": weights}


def changes(values):
    """[step, value] where it differs from the step before."""
    return [[step, value] for step, value in enumerate(values) if step == 0 or value != values[step - 1]]


finite = [True, True, False, False, True, False] + [True] * 4100
decided = loss_scales(finite)
print(
    json.dumps(
        {
            "versions": {"keras": keras.__version__},
            "losses": {policy: losses(policy) for policy in ("float32", "mixed_bfloat16", "mixed_float16")},
            "loss_scale": {"not_finite": [step for step, ok in enumerate(finite) if not ok], "steps": len(finite), "scales": changes(decided["scales"]), "weight_after": decided["weights"][-1]},
        }
    )
)
