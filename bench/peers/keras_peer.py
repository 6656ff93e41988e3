"""Keras' side of the step benchmark: builds the paper's network and runs the steps it is asked for, one line of JSON each time.

usage: keras_peer.py base|vgg16|small BATCH train|evaluate float32|mixed_bfloat16
Reads from standard input how many steps to run; answers with their times in milliseconds.
"""
import json
import os
import resource
import sys
import time

started = time.time()
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
from keras import layers

network, batch, task, precision = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
keras.mixed_precision.set_global_policy(precision)


def head(features, units=128):
    hidden = layers.Dense(units, activation="relu")(layers.Flatten()(features))
    return layers.Dense(7, activation="softmax", dtype="float32")(layers.Dropout(0.3)(hidden))


def plain(groups, units):
    image = layers.Input((48, 48, 1))
    features = image
    for group in groups:
        for filters in group:
            features = layers.Conv2D(filters, 3, padding="same", activation="relu")(features)
        features = layers.MaxPool2D()(features)
    return keras.Model(image, head(features, units))


def base():
    return plain([[64, 64], [128], [256, 256], [512, 512]], 128)


def small():
    return plain([[16], [32], [64]], 64)


def vgg16():
    body = keras.applications.VGG16(include_top=False, weights=None, input_shape=(48, 48, 3))
    return keras.Model(body.inputs, head(body.output))


model = {"base": base, "vgg16": vgg16, "small": small}[network]()
model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="categorical_crossentropy", metrics=["accuracy"])
random = np.random.default_rng(0)
x = (random.random((batch, *model.input_shape[1:])) * 2 - 1).astype("float32")
y = np.eye(7, dtype="float32")[random.integers(0, 7, batch)]
step = {"train": lambda: model.train_on_batch(x, y), "evaluate": lambda: model.predict_on_batch(x)}[task]
set_up = time.time() - started
step()
print(json.dumps({"set_up_s": set_up, "first_step_s": time.time() - started}), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begin = time.perf_counter()
        step()
        times.append((time.perf_counter() - begin) * 1000)
    print(json.dumps({"ms": times, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
