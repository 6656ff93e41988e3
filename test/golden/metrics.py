"""Golden numbers for src/report: scikit-learn's class metrics and SciPy's intervals.

Run: python test/golden/metrics.py > test/golden/metrics.json   (versions: requirements.txt)
"""

import json

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

PAPER_FIGURE_6 = [
    [292, 3, 35, 28, 55, 7, 75],
    [7, 33, 4, 2, 5, 1, 3],
    [53, 3, 239, 19, 90, 39, 69],
    [14, 0, 13, 793, 15, 14, 50],
    [60, 3, 63, 24, 299, 5, 154],
    [12, 1, 36, 25, 2, 313, 11],
    [35, 1, 31, 42, 66, 12, 433],
]
# A class that is never predicted, a class without images, and one that is neither.
NEVER_PREDICTED = [[5, 0, 2], [3, 0, 1], [0, 0, 4]]
WITHOUT_IMAGES = [[5, 1, 2], [0, 0, 0], [3, 1, 4]]
NEITHER = [[5, 0, 2], [0, 0, 0], [3, 0, 4]]


def labels_of(matrix):
    true, predicted = [], []
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            true += [i] * count
            predicted += [j] * count
    return np.array(true), np.array(predicted)


def metrics(matrix):
    true, predicted = labels_of(matrix)
    labels = list(range(len(matrix)))

    def prfs(average):
        precision, recall, f1, support = precision_recall_fscore_support(
            true, predicted, labels=labels, average=average, zero_division=0
        )
        return {
            "precision": np.asarray(precision).tolist(),
            "recall": np.asarray(recall).tolist(),
            "f1": np.asarray(f1).tolist(),
            "support": None if support is None else np.asarray(support).tolist(),
        }

    return {
        "matrix": matrix,
        "accuracy": accuracy_score(true, predicted),
        "classes": prfs(None),
        "macro": prfs("macro"),
        "weighted": prfs("weighted"),
    }


def wilson(successes, images):
    interval = stats.binomtest(successes, images).proportion_ci(0.95, method="wilson")
    return {"successes": successes, "images": images, "interval": [interval.low, interval.high]}


def student(values):
    n = len(values)
    mean = float(np.mean(values))
    spread = float(np.std(values, ddof=1))
    return {
        "values": values,
        "mean_interval": list(stats.t.interval(0.95, n - 1, loc=mean, scale=stats.sem(values))),
        "prediction_margin": float(stats.t.ppf(0.975, n - 1) * spread * np.sqrt(1 + 1 / n)),
    }


print(
    json.dumps(
        {
            "made_with": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__},
            "metrics": [metrics(m) for m in (PAPER_FIGURE_6, NEVER_PREDICTED, WITHOUT_IMAGES, NEITHER)],
            "wilson": [wilson(*c) for c in ((2001, 3589), (0, 10), (10, 10), (1, 2), (2315, 3589))],
            "student": [
                student(v) for v in ([0.55, 0.57], [0.641, 0.652, 0.648], [0.6, 0.61, 0.62, 0.6, 0.59, 0.63, 0.6, 0.58, 0.61, 0.62])
            ],
        },
        indent=1,
    )
)
