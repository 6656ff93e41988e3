"""What torchvision's functions make of float images, with given parameters -> transforms.json.

Run: python test/golden/transforms.py   (packages: requirements-torchvision.txt)
"""

import json
from pathlib import Path

import numpy as np
import torch
import torchvision
from torchvision.transforms.v2 import functional as F

rng = np.random.default_rng(2017)
SHAPES = {"square": (8, 8, 1), "wide": (7, 10, 3)}
IMAGES = {name: rng.uniform(0, 1, shape).astype("float32") for name, shape in SHAPES.items()}


def tensor(image: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(image).permute(2, 0, 1).contiguous()


def values(image: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in image.permute(1, 2, 0).reshape(-1).tolist()]


cases = []


def add(function: str, make, **given) -> None:
    """A case for each image."""
    for name, image in IMAGES.items():
        cases.append({"function": function, "image": name, **given, "expected": values(make(tensor(image)))})


add("horizontal_flip", F.horizontal_flip)
for angle in (4, -17.5, 61, 180):
    for interpolation in ("nearest", "bilinear"):
        mode = torchvision.transforms.InterpolationMode(interpolation)
        for fill in (0, 0.5):
            add("rotate", lambda x: F.rotate(x, angle, interpolation=mode, fill=fill), angle=angle, interpolation=interpolation, fill=fill)
for x, y in ((2, 0), (0, -3), (-1, 4)):
    add("translate", lambda image: F.affine(image, 0, [x, y], 1, [0, 0], fill=0.25), x=x, y=y, fill=0.25)

result = {
    "torchvision": torchvision.__version__,
    "images": {name: {"shape": image.shape, "values": [float(value) for value in image.ravel()]} for name, image in IMAGES.items()},
    "cases": cases,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
