"""What Keras applications' VGG16 makes of an image, with weights from a formula instead of a file. Writes vgg16.json beside it.

usage: python test/golden/vgg16.py   (packages: requirements.txt)
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np


def formula(shape, phase):
    """sin of the position, scaled so that the signal neither dies nor grows through the layers."""
    fan_in = max(1, int(np.prod(shape[:-1])))
    count = int(np.prod(shape))
    values = np.sin(np.arange(count, dtype=np.float64) * 1.61803398875 + phase) * 2 / np.sqrt(fan_in)
    return values.astype(np.float32).reshape(shape)


model = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 48, 3))
names = []
for index, weight in enumerate(model.weights):
    weight.assign(formula(tuple(weight.shape), index))
    names.append(weight.path)
output = model.predict(formula((2, 32, 48, 3), 0.5) * 10, verbose=0)
result = {
    "keras": keras.__version__,
    "layers": [layer.name for layer in model.layers[1:]],
    "weights": names,
    "shape": list(output.shape),
    "values": [float(f"{value:.8g}") for value in output.ravel()],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
