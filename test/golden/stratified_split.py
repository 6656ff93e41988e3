"""scikit-learn's stratified splits and class weights for many small label sets -> stratified_split.json.

Run: python test/golden/stratified_split.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.utils.class_weight import compute_class_weight

rng = np.random.default_rng(20210101)


def make_labels(classes: int, images: int, evenness: float) -> np.ndarray:
    """Labels with unequal classes; smaller `evenness`, more unequal."""
    shares = rng.dirichlet(np.full(classes, evenness))
    return rng.choice(classes, size=images, p=shares)


def split(labels: np.ndarray, classes: int, case: dict) -> dict:
    y = np.eye(classes)[labels] if case["stratify"] == "one_hot" else labels
    rows = np.arange(len(labels))
    seed = case["random_state"]
    try:
        train, held = train_test_split(rows, test_size=case["test_size"], stratify=y, random_state=seed)
        validation, test = train_test_split(
            held, train_size=case["validation_of_test"], stratify=y[held], random_state=seed
        )
    except ValueError as error:
        return {"error": str(error)}
    return {part: value.tolist() for part, value in (("train", train), ("validation", validation), ("test", test))}


cases = []
for number in range(100):
    classes = int(rng.integers(2, 8) if number % 5 else rng.integers(10, 13))
    images = int(rng.integers(8, 30) if number % 4 == 0 else rng.integers(80, 240))
    labels = make_labels(classes, images, float(rng.choice([3.0, 20.0, 1000.0])))
    case = {
        "classes": classes,
        "labels": labels.tolist(),
        "test_size": float(rng.choice([0.2, 0.25, 0.3, 0.5, 0.85])),
        "validation_of_test": float(rng.choice([0.3, 0.5, 0.7])),
        "random_state": int(rng.choice([0, 1, 42, 12345, 2**31, 2**32 - 1])),
        "stratify": str(rng.choice(["labels", "one_hot"])),
    }
    case["expected"] = split(labels, classes, case)
    if len(np.unique(labels)) == classes:
        weights = compute_class_weight("balanced", classes=np.arange(classes), y=labels)
        case["balanced"] = weights.tolist()
    cases.append(case)

Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(sum("error" in case["expected"] for case in cases), "errors of", len(cases))
print({case["expected"]["error"][:60] for case in cases if "error" in case["expected"]})
