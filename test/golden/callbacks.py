"""Golden decisions for src/train/callbacks: what Keras' callbacks do after each epoch of made-up runs.

Run: python test/golden/callbacks.py > test/golden/callbacks.json   (Keras 3; versions: requirements.txt)
     python test/golden/callbacks.py > test/golden/callbacks_keras_2_4.json   (TensorFlow 2.4, Python 3.8; versions: requirements-keras-2.4.txt)
"""

import contextlib
import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

KERAS_3 = not tf.__version__.startswith("2.4.")
if KERAS_3:
    import keras
else:
    from tensorflow import keras

warnings.simplefilter("ignore")
EPOCHS = 20
DELTAS = [0.0, 1e-4, 1e-3, 0.125]
MONITORS = ["loss", "accuracy", "val_loss", "val_accuracy"]
random = np.random.RandomState(7)


def choice(*values):
    return values[random.randint(len(values))]


def pythonic(values):
    """As Keras hands them to callbacks: float32 as Python floats."""
    return [float(x) for x in np.asarray(values, dtype="float32")]


def decaying():
    return pythonic(1.9 * np.exp(-0.1 * np.arange(EPOCHS)) + random.randn(EPOCHS) * choice(0.01, 0.1))


def walk():
    return pythonic(1 + np.cumsum(random.randn(EPOCHS) * 0.1))


def plateau():
    return pythonic(np.maximum(1.5 - 0.2 * np.arange(EPOCHS), choice(0.3, 0.7, 1.1)))


def ties():
    return pythonic(np.round(1 + random.randn(EPOCHS) * 0.2, 1))


def near_delta(delta, sign):
    """Each value betters the one before by min_delta, give or take a few units in the last place."""
    values = [np.float32(choice(0.7, 1.3, 5.1))]
    while len(values) < EPOCHS:
        value = np.float32(values[-1] + sign * delta)
        for _ in range(random.randint(3)):
            value = np.nextafter(value, np.float32(choice(-100, 100)))
        values.append(value)
    return pythonic(values)


def with_holes(values, *holes):
    """Some values replaced by NaN or infinities; `first` at the start."""
    values = list(values)
    for place in random.choice(EPOCHS, 3, replace=False):
        values[place] = choice(*holes)
    if random.randint(2):
        values[0] = choice(*holes)
    return values


def sequences():
    nan, inf = float("nan"), float("inf")
    plain = [make() for make in (decaying, walk, plateau, ties) for _ in range(6)]
    tight = [(near_delta(delta, sign), delta) for delta in DELTAS for sign in (-1, 1) for _ in range(2)]
    broken = [with_holes(make(), *holes) for make in (decaying, walk, ties) for holes in ((nan,), (inf,), (-inf,), (nan, inf, -inf)) for _ in range(2)]
    always = [[x] * EPOCHS for x in (nan, inf, -inf, 0.5)]
    return [(values, None) for values in plain + broken + always] + tight


class Model:
    """What the callbacks need of a model; notes what they do with it."""

    distribute_strategy = tf.distribute.get_strategy()

    def __init__(self, learning_rate, metrics):
        self.optimizer = keras.optimizers.SGD(learning_rate)
        self.metrics = metrics
        self.stop_training = False
        self.epoch, self.kept, self.restored = 0, [], None

    def get_weights(self):
        self.kept.append(self.epoch)
        return self.epoch

    def set_weights(self, weights):
        self.restored = weights

    def save_weights(self, *args, **kwargs):
        self.kept.append(self.epoch)


def built_metrics():
    """Metrics of a compiled model, by which Keras 3 knows that accuracy is better when it is higher."""
    model = keras.Sequential([keras.layers.Dense(2, activation="softmax")])
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((2, 3)), np.eye(2), verbose=0)
    return model.metrics


def rate(model):
    return float(model.optimizer.learning_rate.numpy())


def early_stopping(spec, values, metrics):
    options = {key: spec[key] for key in ("monitor", "mode", "patience", "min_delta", "restore_best_weights")}
    if KERAS_3:
        options["start_from_epoch"] = spec["start_from_epoch"]
    callback, model = keras.callbacks.EarlyStopping(**options), Model(0.1, metrics)
    waits = run(callback, model, spec["monitor"], values, lambda: callback.wait)
    # Weights kept in vain: TensorFlow 2.4 restores None where nothing was ever better.
    return {"wait": waits, "kept": sorted(set(model.kept)), "stopped": model.stop_training, "restored": model.restored}


def reduce_lr_on_plateau(spec, values, metrics):
    options = {key: spec[key] for key in ("monitor", "mode", "factor", "patience", "min_delta", "cooldown", "min_lr")}
    callback, model = keras.callbacks.ReduceLROnPlateau(**options), Model(spec["learning_rate"], metrics)
    after = run(callback, model, spec["monitor"], values, lambda: (callback.wait, callback.cooldown_counter, rate(model)))
    waits, cooldowns, rates = zip(*after)
    changes = [[epoch, rate] for epoch, rate in enumerate(rates) if rate != ([np.float32(spec["learning_rate"]), *rates][epoch])]
    return {"wait": waits, "cooldown": cooldowns, "rates": changes}


def model_checkpoint(spec, values, metrics):
    options = {key: spec[key] for key in ("monitor", "mode", "save_best_only")}
    callback = keras.callbacks.ModelCheckpoint("kept.weights.h5", save_weights_only=True, **options)
    model = Model(0.1, metrics)
    run(callback, model, spec["monitor"], values, lambda: None)
    return {"kept": model.kept}


def terminate_on_nan(spec, values, metrics):
    callback, model = keras.callbacks.TerminateOnNaN(), Model(0.1, metrics)
    after = run(callback, model, "loss", values, lambda: None)
    return {"epochs": len(after), "stopped": model.stop_training}


def run(callback, model, monitor, values, note):
    """As `fit` calls a callback; what `note` sees after each epoch."""
    callback.set_model(model)
    callback.on_train_begin()
    notes = []
    for epoch, value in enumerate(values):
        model.epoch = epoch
        callback.on_epoch_begin(epoch)
        callback.on_batch_end(0, {monitor: value})
        callback.on_epoch_end(epoch, {monitor: value})
        notes.append(note())
        if model.stop_training:
            break
    callback.on_train_end()
    return notes


def specs(delta):
    monitor = {"monitor": choice(*MONITORS), "mode": choice("auto", "auto", "min", "max")}
    delta = choice(*DELTAS[:3]) if delta is None else delta
    yield early_stopping, {
        "kind": "early_stopping",
        **monitor,
        "patience": choice(0, 1, 2, 3),
        "min_delta": delta,
        "restore_best_weights": bool(choice(0, 1)),
        "start_from_epoch": choice(0, 0, 0, 4) if KERAS_3 else 0,
    }
    yield reduce_lr_on_plateau, {
        "kind": "reduce_lr_on_plateau",
        **monitor,
        "learning_rate": choice(0.1, 1e-3, 1e-5),
        "factor": choice(0.1, 0.3, 0.5, 0.9),
        "patience": choice(0, 1, 2, 3),
        "min_delta": delta,
        "cooldown": choice(0, 1, 2, 3),
        "min_lr": choice(0.0, 0.0, 1e-6, 1e-4, 0.1),
    }
    yield model_checkpoint, {"kind": "model_checkpoint", **monitor, "save_best_only": bool(choice(0, 1, 1, 1))}


def cases(values, delta, metrics):
    for _ in range(3):
        for decide, spec in specs(delta):
            yield {"spec": spec, **decide(spec, values, metrics)}
    yield {"spec": {"kind": "terminate_on_nan"}, **terminate_on_nan({}, values, metrics)}


def json_number(x):
    return x if np.isfinite(x) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(x)]


def main():
    metrics = built_metrics()
    with contextlib.redirect_stdout(sys.stderr):
        runs = [{"values": [json_number(x) for x in values], "cases": list(cases(values, delta, metrics))} for values, delta in sequences()]
    print(json.dumps({"versions": {"tensorflow": tf.__version__, "keras": keras.__version__}, "runs": runs}, separators=(",", ":")))


main()
