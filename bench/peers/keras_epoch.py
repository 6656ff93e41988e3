"""Keras' side of the epoch benchmark: the paper's base CNN trained on FER2013 through ImageDataGenerator with the paper's augmentation.

usage: keras_epoch.py DATA BATCH inline|threads|processes
Reads from standard input how many steps to train; answers each line with how many images those were and the seconds they took.
`inline`: the loader works in the training thread's turn, as the paper's code has it; `threads`, `processes`: two workers, Keras' own.
"""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
from keras import layers
from keras.src.legacy.preprocessing.image import ImageDataGenerator

path, batch, loader = sys.argv[1], int(sys.argv[2]), sys.argv[3]
LABELS, PIXELS = 7, 48 * 48


def read(path):
    """Images [n, 48, 48, 1] in [-1, 1] and one-hot labels [n, 7] of raw bytes: n × (label, 2304 pixels)."""
    rows = np.fromfile(path, np.uint8).reshape(-1, 1 + PIXELS)
    x = (rows[:, 1:].reshape(-1, 48, 48, 1).astype("float32") / 255 - 0.5) * 2
    return x, np.eye(LABELS, dtype="float32")[rows[:, 0]]


def base():
    image = layers.Input((48, 48, 1))
    features = image
    for group in ([64, 64], [128], [256, 256], [512, 512]):
        for filters in group:
            features = layers.Conv2D(filters, 3, padding="same", activation="relu")(features)
        features = layers.MaxPool2D()(features)
    hidden = layers.Dense(128, activation="relu")(layers.Flatten()(features))
    return keras.Model(image, layers.Dense(LABELS, activation="softmax")(layers.Dropout(0.3)(hidden)))


class Turns(keras.callbacks.Callback):
    """Trains as many steps as the next line of standard input says, then tells how long they took."""

    left = 0

    def on_train_batch_begin(self, batch, logs=None):
        if self.left == 0:
            line = sys.stdin.readline()
            if not line:
                os._exit(0)
            self.left = self.steps = int(line)
            self.begun = time.perf_counter()

    def on_train_batch_end(self, batch_index, logs=None):
        self.left -= 1
        if self.left == 0:
            seconds = time.perf_counter() - self.begun
            print(json.dumps({"images": self.steps * batch, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    x, y = read(path)
    model = base()
    model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="categorical_crossentropy", metrics=["accuracy"])
    flow = ImageDataGenerator(rotation_range=4, width_shift_range=0.1, height_shift_range=0.1, zoom_range=0.1).flow(x, y, batch)
    flow.workers = 1 if loader == "inline" else 2
    flow.use_multiprocessing = loader == "processes"
    counts = y.sum(axis=0)
    weights = {label: 1 / count for label, count in enumerate(counts)}
    print(json.dumps({"images": len(x)}), flush=True)
    model.fit(flow, steps_per_epoch=len(x) // batch, epochs=1000, class_weight=weights, verbose=0, callbacks=[Turns()])
