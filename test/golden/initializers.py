"""Spread of Keras 3's initializers: standard deviation and largest value of many draws. Writes initializers.json beside it.

usage: python test/golden/initializers.py   (packages: requirements.txt)
"""

import json
import os
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np

NAMES = [
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "zeros",
    "ones",
    "random_uniform",
    "random_normal",
    "truncated_normal",
]
SHAPES = [[3, 3, 64, 128], [1, 5, 3, 4000], [900, 128], [60000]]

cases = []
for name in NAMES:
    for shape in SHAPES:
        initializer = keras.initializers.get({"class_name": name, "config": {"seed": 7} if name not in ("zeros", "ones") else {}})
        values = np.asarray(initializer(shape), np.float64)
        spread = {"mean": values.mean(), "deviation": values.std(), "largest": np.abs(values).max()}
        cases.append({"initializer": name, "shape": shape, **{key: float(f"{value:.6g}") for key, value in spread.items()}})
Path(__file__).with_suffix(".json").write_text(json.dumps({"keras": keras.__version__, "cases": cases}, indent=1) + "\n")
