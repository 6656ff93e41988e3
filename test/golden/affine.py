"""apply_affine_transform of Keras 3 and of Keras-Preprocessing 1.1.2 for explicit parameters -> affine.json.

Run: python test/golden/affine.py   (packages: requirements.txt)
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
from keras.src.legacy.preprocessing import image as keras_3
from keras_preprocessing.image import affine_transformations as keras_2

rng = np.random.default_rng(7)
AXES = {"row_axis": 0, "col_axis": 1, "channel_axis": 2}
LIBRARIES = {"keras-3": keras_3, "keras-2.4": keras_2}
IMAGES = {name: rng.uniform(-1, 1, shape).astype("float32") for name, shape in (("square", (8, 8, 1)), ("wide", (5, 7, 1)), ("rgb", (4, 5, 3)))}
STILL = {"theta": 0, "tx": 0, "ty": 0, "shear": 0, "zx": 1, "zy": 1}
# One parameter at a time, then all together, small (the paper's ranges) and large (far outside the image).
PARAMETERS = [
    {**STILL, "theta": 30},
    {**STILL, "tx": 1.25},
    {**STILL, "ty": -2.5},
    {**STILL, "shear": 12},
    {**STILL, "zx": 0.7},
    {**STILL, "zy": 1.4},
    {**STILL, "tx": 2, "ty": -3},
    STILL,
    *({"theta": t, "tx": x, "ty": y, "shear": s, "zx": a, "zy": b} for t, x, y, s, a, b in (
        (3.1, 0.41, -0.73, 0, 0.93, 1.08),
        (-40, 1.7, 2.2, 15, 0.8, 1.3),
        (170, -9.3, 14.6, -30, 1.9, 2.6),
    )),
]

cases = []
for image, x in IMAGES.items():
    for parameters in PARAMETERS:
        for mode in ("nearest", "constant", "reflect", "wrap"):
            flips = {"horizontal": bool(rng.integers(2)), "vertical": bool(rng.integers(2))}
            case = {"image": image, "fill_mode": mode, "cval": 0.25, "flips": flips, **parameters}
            for semantics, library in LIBRARIES.items():
                y = library.apply_affine_transform(x, **parameters, **AXES, fill_mode=mode, cval=0.25)
                y = y[:, ::-1] if flips["horizontal"] else y
                y = y[::-1] if flips["vertical"] else y
                case[semantics] = [float(f"{value:.7g}") for value in y.ravel()]
            cases.append(case)

images = {name: {"shape": x.shape, "values": [float(value) for value in x.ravel()]} for name, x in IMAGES.items()}
Path(__file__).with_suffix(".json").write_text(json.dumps({"images": images, "cases": cases}, separators=(",", ":")) + "\n")
