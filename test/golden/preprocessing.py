"""What Keras, TensorFlow and Pillow make of small images -> preprocessing.json.

Run: python test/golden/preprocessing.py
"""

import json
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras.src.applications.imagenet_utils import preprocess_input
from keras.src.legacy.preprocessing.image import ImageDataGenerator
from PIL import Image, ImageOps

rng = np.random.default_rng(20210103)


def image(height: int, width: int, channels: int, spread: float) -> np.ndarray:
    values = rng.normal(rng.uniform(60, 190), spread, size=(height, width, channels))
    return np.clip(values, 0, 255).astype(np.uint8)


def equalized(pixels: np.ndarray) -> list[int]:
    mode = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    return np.asarray(ImageOps.equalize(Image.fromarray(mode))).reshape(-1).tolist()


cases = []
for number in range(4):
    channels = 1 if number % 2 else 3
    pixels = image(int(rng.integers(17, 20)), int(rng.integers(17, 20)), channels, float([60.0, 8.0, 30.0, 0.0][number]))
    case = {
        "shape": list(pixels.shape),
        "bytes": pixels.reshape(-1).tolist(),
        "equalize": equalized(pixels),
        "standardize_image": tf.image.per_image_standardization(pixels.astype(np.float32)).numpy().reshape(-1).tolist(),
    }
    if channels == 3:
        for mode in ("caffe", "tf", "torch"):
            values = preprocess_input(pixels.astype(np.float32)[None], mode=mode, data_format="channels_last")
            case[mode] = np.asarray(values).reshape(-1).tolist()
    cases.append(case)

training = np.stack([image(6, 5, 3, 40.0) for _ in range(9)])
generator = ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True)
generator.fit(training.astype(np.float64))
featurewise = {
    "shape": [6, 5, 3],
    "images": training.reshape(9, -1).tolist(),
    "rows": [1, 2, 3, 4, 5, 6, 7, 8],
    "standardized": None,
}
generator.fit(training[1:].astype(np.float64))
featurewise["standardized"] = [generator.standardize(one.astype(np.float32)).reshape(-1).tolist() for one in training]

result = {"keras": keras.__version__, "images": cases, "featurewise": featurewise}
text = json.dumps(result, separators=(",", ":"), default=float)
Path(__file__).with_suffix(".json").write_text(json.dumps(json.loads(text, parse_float=lambda value: float(f"{float(value):.9g}")), separators=(",", ":")) + "\n")
