"""Golden numbers for src/train/optimizers: six steps of each Keras optimizer, weights and slots, from given weights and gradients.

Run: python test/golden/optimizers.py > test/golden/optimizers.json   (Keras 3; versions: requirements.txt)
     python test/golden/optimizers.py > test/golden/optimizers_keras_2_4.json   (TensorFlow 2.4, Python 3.8; versions: requirements-keras-2.4.txt)
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_registry

KERAS_3 = not tf.__version__.startswith("2.4.")
if KERAS_3:
    import keras
else:
    from tensorflow import keras

STEPS = 6
# The learning rate changes on the way, as a callback would have it.
RATE_CHANGES_AT, RATE_CHANGE = 4, 0.5
random = np.random.RandomState(3)
WEIGHTS = random.randn(2, 4).astype("float32")
# Of very different sizes, one always zero.
GRADIENTS = (random.randn(STEPS, 2, 4) * np.array([[1, 1e-2, 1e-4, 1e-8], [10, 1, 1e-3, 0]])).astype("float32")

DECAY = [{"weight_decay": 0.004}] if KERAS_3 else []
CASES = {
    "adam": [{"learning_rate": 0.001}, {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}],
    "sgd": [
        {"learning_rate": 0.01},
        {"learning_rate": 0.01, "nesterov": True},
        {"learning_rate": 0.03, "momentum": 0.9},
        {"learning_rate": 0.03, "momentum": 0.7, "nesterov": True},
    ],
    "rmsprop": [
        {"learning_rate": 0.001, "rho": 0.9},
        {"learning_rate": 0.01, "rho": 0.5, "epsilon": 1e-2},
        {"learning_rate": 0.01, "rho": 0.9, "momentum": 0.9, "epsilon": 1e-2},
    ],
    "adagrad": [
        {"learning_rate": 0.01, "initial_accumulator_value": 0.1},
        {"learning_rate": 0.1, "initial_accumulator_value": 0.0, "epsilon": 1e-2},
    ],
}
CLASSES = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad"}
OPERATIONS = ["Adam", "GradientDescent", "KerasMomentum", "RMSProp", "AdagradV2"]
# Our name of a slot: where Keras 3 keeps it, what Keras 2 calls it.
SLOTS = {
    "adam": {"m": ("_momentums", "m"), "v": ("_velocities", "v")},
    "sgd": {"momentum": ("momentums", "momentum")},
    "rmsprop": {"velocity": ("_velocities", "rms"), "momentum": ("_momentums", "momentum")},
    "adagrad": {"accumulator": ("_accumulators", "accumulator")},
}


def flat(tensor):
    return [float(x) for x in np.asarray(tensor).reshape(-1)]


def slots(kind, spec, optimizer, weight):
    names = {} if kind == "sgd" and not spec.get("momentum") else dict(SLOTS[kind])
    if kind == "rmsprop" and not spec.get("momentum"):
        del names["momentum"]
    if KERAS_3:
        return {name: flat(getattr(optimizer, where[0])[0]) for name, where in names.items()}
    return {name: flat(optimizer.get_slot(weight, where[1])) for name, where in names.items()}


def run(kind, spec):
    optimizer = getattr(keras.optimizers, CLASSES[kind])(**spec)
    weight = keras.Variable(WEIGHTS) if KERAS_3 else tf.Variable(WEIGHTS)
    steps = []
    for step, gradient in enumerate(GRADIENTS, start=1):
        if step == RATE_CHANGES_AT:
            optimizer.learning_rate = spec["learning_rate"] * RATE_CHANGE
        optimizer.apply_gradients([(tf.constant(gradient), weight)])
        steps.append({"weight": flat(weight), "slots": slots(kind, spec, optimizer, weight)})
    return {"spec": {"kind": kind, **spec}, "steps": steps}


def beta_powers(beta):
    """float32(beta)^t as the optimizers compute it, at steps spread over a run."""
    power = tf.function(lambda t: tf.pow(tf.constant(beta, tf.float32), tf.cast(t, tf.float32)))
    steps = [*range(1, 33), *(int(1.5**k) for k in range(9, 30))]
    return {"beta": beta, "powers": [{"step": t, "power": float(power(tf.constant(t, tf.int64)))} for t in steps]}


def operation(name):
    """What TensorFlow's operation takes, in order, and its settings."""
    definition = op_def_registry.get(name)
    inputs = [{"name": arg.name, "variable": arg.type == tf.resource.as_datatype_enum} for arg in definition.input_arg]
    return {"op": name, "inputs": inputs, "settings": sorted(attr.name for attr in definition.attr if attr.type == "bool")}


def specs():
    for kind, cases in CASES.items():
        for spec in cases:
            yield kind, spec
        for decay in DECAY:
            yield kind, {**cases[-1], **decay}


print(
    json.dumps(
        {
            "versions": {"tensorflow": tf.__version__, "keras": keras.__version__},
            "shape": list(WEIGHTS.shape),
            "weight": flat(WEIGHTS),
            "gradients": [flat(g) for g in GRADIENTS],
            "rate_changes": {"step": RATE_CHANGES_AT, "factor": RATE_CHANGE},
            "cases": [run(kind, spec) for kind, spec in specs()],
            "operations": [operation(f"ResourceApply{name}") for name in OPERATIONS],
            "beta_powers": [beta_powers(beta) for beta in (0.9, 0.999, 0.95, 0.5)],
        }
    )
)
