"""Golden numbers for src/train/optimizers: 25 steps of each optimizer of Keras 3 and of each of its options, on a kernel and a bias.

Run: python test/golden/optimizer_options.py > test/golden/optimizer_options.json   (versions: requirements.txt)
"""

import json
import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

STEPS, TOLD = 25, [1, 2, 3, 7, 16, 25]
random = np.random.RandomState(11)
WEIGHTS = {"kernel": random.randn(2, 4).astype("float32"), "bias": random.randn(4).astype("float32")}
# Of different sizes; each step's is about the same, so that nothing hangs on the last digit of a small difference.
GRADIENTS = [
    {
        "kernel": (np.array([[1, 0.1, 0.01, 0.001], [3, 1, 0.1, 0.01]]) * (1 + 0.3 * random.randn(2, 4))).astype("float32"),
        "bias": (np.array([2, -1, 0.3, -0.05]) * (1 + 0.3 * random.randn(4))).astype("float32"),
    }
    for _ in range(STEPS)
]
CLASSES = {
    "adam": "Adam",
    "adamw": "AdamW",
    "nadam": "Nadam",
    "adamax": "Adamax",
    "lion": "Lion",
    "sgd": "SGD",
    "rmsprop": "RMSprop",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
}
OPTIONS = [
    {"clipnorm": 0.5},
    {"global_clipnorm": 0.5},
    {"clipvalue": 0.2},
    {"weight_decay": 0.1, "exclude_from_weight_decay": ["bias"]},
    {"weight_decay": 0.1, "global_clipnorm": 1.0},
    {"gradient_accumulation_steps": 3},
    {"gradient_accumulation_steps": 4, "clipnorm": 0.5, "weight_decay": 0.1},
    {"use_ema": True, "ema_momentum": 0.9},
    {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 5},
    {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 2, "gradient_accumulation_steps": 3},
]
CASES = [
    *[{"kind": kind} for kind in CLASSES],
    *[{"kind": kind, "weight_decay": 0.05} for kind in CLASSES],
    {"kind": "adam", "amsgrad": True},
    {"kind": "adamw", "amsgrad": True, "beta_2": 0.9},
    {"kind": "nadam", "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3},
    {"kind": "adamax", "beta_1": 0.8, "beta_2": 0.95},
    {"kind": "lion", "beta_1": 0.8, "beta_2": 0.95},
    {"kind": "adadelta", "learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-5},
    {"kind": "rmsprop", "centered": True, "epsilon": 1e-3},
    {"kind": "rmsprop", "centered": True, "momentum": 0.9, "epsilon": 1e-3},
    *[{"kind": "sgd", "momentum": 0.9, **option} for option in OPTIONS],
    *[{"kind": "adam", **option} for option in OPTIONS],
    {"kind": "adagrad", "gradient_accumulation_steps": 2},
    {"kind": "nadam", "gradient_accumulation_steps": 2},
]


def flat(values):
    return [float(f"{x:.9g}") for x in np.asarray(values).reshape(-1)]


def run(given):
    spec = dict(given)
    excluded = spec.pop("exclude_from_weight_decay", None)
    accumulated = spec.get("gradient_accumulation_steps")
    optimizer = getattr(keras.optimizers, CLASSES[spec.pop("kind")])(**spec)
    if excluded:
        optimizer.exclude_from_weight_decay(var_names=excluded)
    weights = {name: keras.Variable(values, name=name) for name, values in WEIGHTS.items()}
    steps = []
    for step, gradients in enumerate(GRADIENTS, start=1):
        optimizer.apply([tf.constant(gradients[name]) for name in weights], list(weights.values()))
        if step in TOLD:
            told = {name: flat(weight) for name, weight in weights.items()}
            if spec.get("use_ema"):
                averages = optimizer._model_variables_moving_average
                told.update({f"average/{name}": flat(average) for name, average in zip(weights, averages)})
            steps.append({"step": step, **told})
    return {"spec": given, "steps": steps}


print(
    json.dumps(
        {
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
            "weights": {name: flat(values) for name, values in WEIGHTS.items()},
            "gradients": [{name: flat(values) for name, values in gradients.items()} for gradients in GRADIENTS],
            "cases": [run(case) for case in CASES],
        }
    )
)
