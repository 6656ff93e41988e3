"""Golden numbers for src/train/losses: the loss of each image and its gradient to the logits, behind each output activation.

Run: python test/golden/losses.py > test/golden/losses.json   (Keras 3; versions: requirements.txt)
     python test/golden/losses.py > test/golden/losses_keras_2_4.json   (TensorFlow 2.4, Python 3.8; versions: requirements-keras-2.4.txt)
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

KERAS_3 = not tf.__version__.startswith("2.4.")
if KERAS_3:
    import keras
else:
    from tensorflow import keras

CLASSES = 4
# Ordinary logits, ties, and saturated ones: surely right, surely wrong, further than float32 has probabilities for.
LOGITS = np.array(
    [
        [0.3, -1.2, 2.1, 0.4],
        [0.0, 0.0, 0.0, 0.0],
        [1.5, 1.5, -0.5, -0.5],
        [20.0, 0.0, -3.0, 1.0],
        [20.0, 0.0, -3.0, 1.0],
        [150.0, 0.0, 10.0, -150.0],
        [150.0, 0.0, 10.0, -150.0],
        [-4.0, -5.0, -6.5, -4.5],
    ],
    dtype="float32",
)
TARGETS = np.eye(CLASSES, dtype="float32")[[2, 1, 0, 0, 2, 0, 3, 1]]

LOSSES = [
    ("CategoricalCrossentropy", {"kind": "categorical_crossentropy"}),
    ("CategoricalCrossentropy", {"kind": "categorical_crossentropy", "label_smoothing": 0.1}),
    ("MeanSquaredError", {"kind": "mean_squared_error"}),
]
if KERAS_3:  # TensorFlow 2.4 has no focal loss.
    LOSSES += [
        ("CategoricalFocalCrossentropy", {"kind": "categorical_focal_crossentropy"}),
        ("CategoricalFocalCrossentropy", {"kind": "categorical_focal_crossentropy", "alpha": 0.6, "gamma": 0.0}),
        ("CategoricalFocalCrossentropy", {"kind": "categorical_focal_crossentropy", "alpha": 1.0, "gamma": 3.5}),
        ("BinaryCrossentropy", {"kind": "binary_crossentropy"}),
        ("BinaryCrossentropy", {"kind": "binary_crossentropy", "label_smoothing": 0.1}),
        ("KLDivergence", {"kind": "kl_divergence"}),
    ]


def json_number(x):
    return float(x) if np.isfinite(x) else str(float(x))


def rows(tensor):
    return [[json_number(x) for x in row] for row in np.asarray(tensor)]


def compiled(activation, name, options):
    """A model that is only its activation, traced as `fit` traces it: only then does Keras find the logits of an output."""
    model = keras.Sequential([keras.layers.InputLayer((CLASSES,)), keras.layers.Activation(activation)])
    loss = getattr(keras.losses, name)(reduction="none", **options)

    @tf.function
    def run(logits):
        with tf.GradientTape() as tape:
            tape.watch(logits)
            values = loss(tf.constant(TARGETS), model(logits, training=True))
        return values, tape.gradient(values, logits)

    return run


def case(activation, name, spec):
    options = {key: value for key, value in spec.items() if key != "kind"}
    values, gradients = compiled(activation, name, options)(tf.constant(LOGITS))
    return {"activation": activation, "spec": spec, "values": [json_number(x) for x in values], "gradients": rows(gradients)}


print(
    json.dumps(
        {
            "versions": {"tensorflow": tf.__version__, "keras": keras.__version__},
            "logits": rows(LOGITS),
            "targets": rows(TARGETS),
            "cases": [case(activation, *loss) for activation in ("softmax", "sigmoid", "linear") for loss in LOSSES],
        }
    )
)
