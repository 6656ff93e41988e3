"""keras.utils.load_img (Pillow) and the file order of image_dataset_from_directory -> load_img.json.

Run: python test/golden/load_img.py   (packages: requirements.txt)

Pillow 13 resizes some images downwards first, which can change a byte by 1: up to 12, rows always were first.
"""

import base64
import io
import json
import os
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
from keras.utils import image_dataset_from_directory, load_img
from PIL import Image

rng = np.random.default_rng(11)


def text(data):
    return base64.b64encode(bytes(data)).decode()


def drawn(height, width):
    """Waves, a patch with hard edges, and noise."""
    y, x = np.mgrid[0:height, 0:width]
    image = np.stack([127 + 120 * np.sin(x / 3 + y / 5), 127 + 120 * np.cos(x / 4 - y / 3), (x * 255 / width + y * 255 / height) / 2], -1)
    image[height // 4 : height // 2, width // 4 : width // 2] = [250, 10, 30]
    return Image.fromarray(np.clip(image + rng.normal(0, 9, image.shape), 0, 255).astype("uint8"))


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def loaded(data, mode, **options):
    image = load_img(io.BytesIO(data), color_mode=mode, **options)
    return np.asarray(image).tobytes()


# Larger, smaller, both, much smaller, a strip.
resized = []
for height, width, sizes in ((13, 10, ((5, 7), (20, 24), (13, 10), (26, 4))), (50, 64, ((6, 5),)), (40, 2, ((4, 7), (2, 1)))):
    image = drawn(height, width)
    file = encoded(image, "PNG")
    cases = [
        {"size": size, "interpolation": interpolation, "crop": crop,
         "bytes": text(loaded(file, "rgb", target_size=size, interpolation=interpolation, keep_aspect_ratio=crop))}
        for size in sizes
        for interpolation in ("nearest", "bilinear", "bicubic", "lanczos", "box", "hamming")
        for crop in (False, True)
    ]
    resized.append({"height": height, "width": width, "rgb": text(loaded(file, "rgb")), "cases": cases})

image = drawn(12, 17)
FILES = {
    "png": encoded(image, "PNG"),
    "png, palette": encoded(image.quantize(16), "PNG"),
    "png, gray": encoded(image.convert("L"), "PNG"),
    "png, black and white": encoded(image.convert("1"), "PNG"),
    "png, opaque": encoded(image.convert("RGBA"), "PNG"),
    "png, gray, opaque": encoded(image.convert("LA"), "PNG"),
    "jpeg": encoded(image, "JPEG", quality=90),
    "jpeg, progressive, 4:4:4": encoded(image, "JPEG", quality=80, progressive=True, subsampling=0),
    "jpeg, gray": encoded(image.convert("L"), "JPEG", quality=90),
    "webp, lossless": encoded(image, "WEBP", lossless=True),
    "webp": encoded(image, "WEBP", quality=80),
    "gif": encoded(image.quantize(16), "GIF"),
}
decoded = [
    {"name": name, "file": text(file), "rgb": text(loaded(file, "rgb")), "grayscale": text(loaded(file, "grayscale"))}
    for name, file in FILES.items()
]

TREE = [
    "b/2.png", "b/10.png", "b/1.PNG", "b/é.png", "b/z.png", "b/Y.png", "b/sub/0.png", "b/sub/deep/0.png", "b/sub 2/0.png", "b/notes.txt",
    "a b/1.png", "a/1.png", "a/\uffee.png", "a/\U0001f600.png", "C/1.jpg", "10/1.jpeg", "9/1.gif",
]
with tempfile.TemporaryDirectory() as folder:
    for name in TREE:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    found = image_dataset_from_directory(folder, shuffle=False, verbose=False)
    order = {"tree": TREE, "classes": found.class_names, "files": [os.path.relpath(path, folder) for path in found.file_paths]}

result = {"resized": resized, "decoded": decoded, "order": order}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
