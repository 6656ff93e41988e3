"""scikit-learn's other splits for many small label sets -> splits.json.

Run: python test/golden/splits.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, StratifiedKFold, train_test_split

rng = np.random.default_rng(20210102)


def attempt(run) -> dict:
    try:
        return {part: np.asarray(rows).tolist() for part, rows in run().items()}
    except ValueError as error:
        return {"error": str(error)}


def holdout(labels: np.ndarray, spec: dict) -> dict:
    rows = np.arange(len(labels))
    options = {"random_state": spec["random_state"] if spec["shuffle"] else None, "shuffle": spec["shuffle"]}
    y = {"labels": labels, "one_hot": np.eye(9)[labels], "none": None}[spec["stratify"]]
    of = lambda part: None if y is None else y[part]  # noqa: E731
    train, held = train_test_split(rows, test_size=spec["test_size"], train_size=spec.get("train_size"), stratify=y, **options)
    validation, test = train_test_split(held, train_size=spec["validation_of_test"], stratify=of(held), **options)
    return {"train": train, "validation": validation, "test": test}


def folds(labels: np.ndarray, spec: dict) -> dict:
    seed = spec["random_state"]
    splitter = StratifiedKFold(spec["n_splits"], shuffle=spec["shuffle"], random_state=seed if spec["shuffle"] else None)
    rest, test = list(splitter.split(labels, labels))[spec["fold"]]
    train, validation = train_test_split(rest, test_size=spec["validation_size"], stratify=labels[rest], random_state=seed)
    return {"train": train, "validation": validation, "test": test}


def groups(labels: np.ndarray, persons: np.ndarray, spec: dict) -> dict:
    rest, test = list(GroupKFold(spec["n_splits"]).split(labels, labels, persons))[spec["fold"]]
    splitter = GroupShuffleSplit(1, test_size=spec["validation_size"], random_state=spec["random_state"])
    train, validation = next(splitter.split(rest, groups=persons[rest]))
    return {"train": rest[train], "validation": rest[validation], "test": test}


def given(labels: np.ndarray, usage: np.ndarray, spec: dict) -> dict:
    rows = np.arange(len(labels))
    whole = rows[usage == 0]
    train, validation = train_test_split(
        whole, test_size=spec["validation_of_train"], stratify=labels[whole], random_state=spec["random_state"]
    )
    return {"train": train, "validation": validation, "test": rows[usage == 2]}


cases = []
for number in range(160):
    kind = ["stratified_holdout", "stratified_kfold", "group_kfold", "predefined"][number % 4]
    classes = int(rng.integers(2, 9))
    images = int(rng.integers(20, 140))
    labels = rng.choice(classes, size=images, p=rng.dirichlet(np.full(classes, float(rng.choice([3.0, 1000.0])))))
    seed = int(rng.choice([0, 1, 42, 2**32 - 1]))
    case = {"kind": kind, "classes": classes, "labels": labels.tolist()}
    n_splits = int(rng.integers(2, 11))
    validation_size = [0.1, 0.3, 7][int(rng.integers(3))]
    if kind == "stratified_holdout":
        shuffle = bool(rng.random() < 0.8)
        spec = {
            "test_size": [0.2, 0.35, 18, images // 2][int(rng.integers(4))],
            "validation_of_test": [0.3, 0.5, 9][int(rng.integers(3))],
            "random_state": seed,
            "shuffle": shuffle,
            "stratify": str(rng.choice(["labels", "one_hot", "none"])) if rng.random() < 0.6 else "none",
        }
        if rng.random() < 0.4:
            spec["train_size"] = [0.5, 0.7, 21, images][int(rng.integers(4))]
        expected = attempt(lambda: holdout(labels, spec))
    elif kind == "stratified_kfold":
        spec = {
            "n_splits": n_splits,
            "fold": int(rng.integers(n_splits)),
            "shuffle": bool(rng.random() < 0.7),
            "random_state": seed,
            "validation_size": validation_size,
        }
        expected = attempt(lambda: folds(labels, spec))
    elif kind == "group_kfold":
        persons = rng.integers(0, int(rng.integers(4, 25)), size=images) * 3
        case["groups"] = persons.tolist()
        spec = {
            "n_splits": n_splits,
            "fold": int(rng.integers(n_splits)),
            "random_state": seed,
            "validation_size": [0.1, 0.3, 2][int(rng.integers(3))],
        }
        expected = attempt(lambda: groups(labels, persons, spec))
    else:
        usage = rng.choice([0, 2], size=images, p=[0.7, 0.3])
        case["usage"] = usage.tolist()
        spec = {"validation_of_train": validation_size, "random_state": seed}
        expected = attempt(lambda: given(labels, usage, spec))
    cases.append(case | {"spec": spec, "expected": expected})

# One case a line.
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
Path(__file__).with_suffix(".json").write_text(f"[\n{lines}\n]\n")
for kind in ["stratified_holdout", "stratified_kfold", "group_kfold", "predefined"]:
    of_kind = [case for case in cases if case["kind"] == kind]
    print(kind, sum("error" in case["expected"] for case in of_kind), "errors of", len(of_kind))
