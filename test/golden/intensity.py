"""Channel shift and brightness of Keras 3 and of Keras-Preprocessing 1.1.2 for explicit parameters -> intensity.json.

Run: python test/golden/intensity.py   (packages: requirements.txt)
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
from keras.src.legacy.preprocessing import image as keras_3
from keras_preprocessing.image import affine_transformations as keras_2

rng = np.random.default_rng(8)
cases = []
for shape in ((5, 4, 1), (4, 3, 3)):
    for low, high in ((0, 255), (40, 200), (-20, 300)):
        x = rng.uniform(low, high, shape).astype("float32")
        case = {"values": [float(value) for value in x.ravel()], "channel_shift": [], "brightness": []}
        for intensity in (-33.5, 12.25):
            y = keras_3.apply_channel_shift(x, intensity, channel_axis=2)
            case["channel_shift"].append({"intensity": intensity, "expected": y.ravel().tolist()})
        for factor in (0.7, 1.0, 1.6):
            case["brightness"].append({
                "factor": factor,
                # As ImageDataGenerator.apply_transform calls them.
                "keras-3": keras_3.apply_brightness_shift(x, factor, False).ravel().tolist(),
                "keras-2.4": keras_2.apply_brightness_shift(x, factor).ravel().tolist(),
            })
        cases.append(case)

Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
