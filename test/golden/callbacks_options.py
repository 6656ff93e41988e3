"""Golden decisions of Keras 3's callbacks with options that are seldom used: baseline, initial_value_threshold.

Run: python test/golden/callbacks_options.py > test/golden/callbacks_options.json   (versions: requirements.txt)
"""

import json
import os

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

random = np.random.RandomState(5)
EPOCHS = 12


class Model:
    """What the callbacks need of a model; notes what they do with it."""

    def __init__(self):
        self.stop_training = False
        self.epoch, self.kept, self.restored = 0, [], None

    def get_weights(self):
        self.kept.append(self.epoch)
        return self.epoch

    def set_weights(self, weights):
        self.restored = weights

    def save_weights(self, *args, **kwargs):
        self.kept.append(self.epoch)


def run(callback, values, note):
    model = Model()
    callback.set_model(model)
    callback.on_train_begin()
    notes = []
    for epoch, value in enumerate(values):
        model.epoch = epoch
        callback.on_epoch_begin(epoch)
        callback.on_epoch_end(epoch, {"val_loss": value})
        notes.append(note())
        if model.stop_training:
            break
    callback.on_train_end()
    return model, notes


def early_stopping(values, **options):
    callback = keras.callbacks.EarlyStopping(monitor="val_loss", mode="min", restore_best_weights=True, **options)
    model, waits = run(callback, values, lambda: callback.wait)
    spec = {"kind": "early_stopping", "mode": "min", "restore_best_weights": True, **options}
    return {"spec": spec, "values": values, "wait": waits, "kept": sorted(set(model.kept)), "stopped": model.stop_training, "restored": model.restored}


def model_checkpoint(values, **options):
    callback = keras.callbacks.ModelCheckpoint(
        "kept.weights.h5", save_weights_only=True, monitor="val_loss", mode="min", save_best_only=True, **options
    )
    model, _ = run(callback, values, lambda: None)
    return {"spec": {"kind": "model_checkpoint", "mode": "min", **options}, "values": values, "kept": model.kept}


def values():
    return [float(x) for x in np.asarray(1.2 * np.exp(-0.1 * np.arange(EPOCHS)) + 0.15 * random.randn(EPOCHS), dtype="float32")]


cases = []
for _ in range(12):
    cases.append(early_stopping(values(), patience=int(random.randint(1, 4)), baseline=float(random.choice([0.4, 0.7, 1.0])), min_delta=0.01))
    cases.append(model_checkpoint(values(), initial_value_threshold=float(random.choice([0.4, 0.7, 1.0]))))
print(json.dumps({"versions": {"keras": keras.__version__}, "cases": cases}))
