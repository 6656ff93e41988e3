"""What torchvision's functions make of float images, with given parameters -> transforms.json.

Run: python test/golden/transforms.py   (packages: requirements-torchvision.txt)
"""

import json
import math
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

for top, left, height, width in ((0, 0, 7, 8), (2, 1, 5, 6), (3, 4, 1, 2)):
    box = {"top": top, "left": left, "height": height, "width": width}
    add("resized_crop", lambda x: F.resized_crop(x, **box, size=x.shape[-2:]), **box)
for mode in ("constant", "edge", "reflect", "symmetric"):
    for x, y in ((1, 2), (6, -6), (-4, 5)):
        window = lambda image: F.crop(F.pad(image, [6, 6, 6, 6], 0.25, mode), 6 + y, 6 + x, *image.shape[-2:])
        add("pad_and_crop", window, x=x, y=y, mode=mode, fill=0.25)
add("erase", lambda x: F.erase(x, 2, 3, 4, 2, torch.tensor([[[0.25]]])), top=2, left=3, height=4, width=2, value=0.25)


def cutout(image: torch.Tensor, y: int, x: int, length: int) -> torch.Tensor:
    """As in the authors' util/cutout.py: https://github.com/uoguelph-mlrg/Cutout."""
    h, w = image.shape[-2:]
    mask = np.ones((h, w), np.float32)
    y1, y2 = np.clip(y - length // 2, 0, h), np.clip(y + length // 2, 0, h)
    x1, x2 = np.clip(x - length // 2, 0, w), np.clip(x + length // 2, 0, w)
    mask[y1:y2, x1:x2] = 0.0
    return image * torch.from_numpy(mask)


for y, x, length in ((3, 4, 4), (0, 6, 5), (6, 1, 8)):
    add("cutout", lambda image: cutout(image, y, x, length), row=y, column=x, length=length)

for name in ("brightness", "contrast", "saturation"):
    for factor in (0, 0.4, 1.7):
        add(f"adjust_{name}", lambda x: getattr(F, f"adjust_{name}")(x, factor), factor=factor)

# Each change of RandAugment by itself, as its `forward` calls it.
RAND_AUGMENT = torchvision.transforms.v2.RandAugment(fill=0)
for name, (magnitudes_of, signed) in RAND_AUGMENT._AUGMENTATION_SPACE.items():
    for magnitude in (3, 9, 22, 30) if magnitudes_of(31, 8, 8) is not None else (9,):
        for sign in (1, -1) if signed else (1,):

            def change(x: torch.Tensor) -> torch.Tensor:
                magnitudes = magnitudes_of(31, *x.shape[-2:])
                amount = 0.0 if magnitudes is None else sign * float(magnitudes[magnitude])
                return RAND_AUGMENT._apply_image_or_video_transform(x, name, amount, RAND_AUGMENT.interpolation, RAND_AUGMENT._fill)

            add("rand_augment", change, change=name, magnitude=magnitude, sign=sign)

# Batches of three images, mixed.
batch = rng.uniform(0, 1, (3, 6, 7, 2)).astype("float32")
shares = np.eye(3, dtype="float32")
mixed = []
for kind, transform, params in (
    *(("mixup", torchvision.transforms.v2.MixUp(num_classes=3), {"lam": lam}) for lam in (0.0, 0.3, 0.8)),
    *(("cutmix", torchvision.transforms.v2.CutMix(num_classes=3), {"lam": lam, "row": r, "column": c}) for lam, r, c in ((0.5, 2, 3), (0.9, 5, 0), (0.0, 3, 6))),
):
    given = dict(params)
    if kind == "cutmix":
        # make_params of CutMix with these draws.
        h, w = batch.shape[1:3]
        half = 0.5 * math.sqrt(1.0 - params["lam"])
        w_half, h_half = int(half * w), int(half * h)
        x1, y1 = max(params["column"] - w_half, 0), max(params["row"] - h_half, 0)
        x2, y2 = min(params["column"] + w_half, w), min(params["row"] + h_half, h)
        params = {"box": (x1, y1, x2, y2), "lam_adjusted": 1.0 - (x2 - x1) * (y2 - y1) / (w * h)}
    x, y = torch.from_numpy(batch).permute(0, 3, 1, 2).contiguous(), torch.from_numpy(shares)
    params = {**params, "labels": y, "batch_size": 3}
    images = transform.transform(x, params).permute(0, 2, 3, 1).reshape(-1).tolist()
    mixed.append({"kind": kind, **given, "x": [float(f"{v:.7g}") for v in images], "y": transform.transform(y, params).reshape(-1).tolist()})

result = {
    "torchvision": torchvision.__version__,
    "images": {name: {"shape": image.shape, "values": [float(value) for value in image.ravel()]} for name, image in IMAGES.items()},
    "cases": cases,
    "batch": {"shape": list(batch.shape[1:]), "x": [float(v) for v in batch.ravel()], "y": shares.ravel().tolist()},
    "mixed": mixed,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
