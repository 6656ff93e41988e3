"""Golden numbers for src/report/statistics: statsmodels' and SciPy's.

Run: python test/golden/report_statistics.py > test/golden/report_statistics.json   (versions: requirements.txt)
"""

import json

import numpy as np
import pandas as pd
import scipy
import statsmodels
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep


def newcombe(count1, n1, count2, n2, confidence):
    low, high = confint_proportions_2indep(
        count1, n1, count2, n2, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return {"a": [count1, n1], "b": [count2, n2], "confidence": confidence, "interval": [float(low), float(high)]}


def exact(won, lost):
    return {"won": won, "lost": lost, "p": float(mcnemar([[10, won], [lost, 20]], exact=True).pvalue)}


def pooled(groups):
    rows = [{"group": str(g), "value": v} for g, values in enumerate(groups) for v in values]
    table = anova_lm(ols("value ~ C(group)", pd.DataFrame(rows)).fit())
    return {
        "groups": groups,
        "value": float(np.sqrt(table.loc["Residual", "mean_sq"])),
        "freedom": float(table.loc["Residual", "df"]),
    }


def crossed(seeds, images, shift):
    """Right answers of two networks on the same images, and the mean squares of their differences."""
    random = np.random.default_rng([seeds, images])
    hard = random.uniform(size=images)
    a = (random.uniform(size=(seeds, images)) < 0.3 + 0.5 * hard).astype(int)
    b = (random.uniform(size=(seeds, images)) < 0.3 - shift + 0.5 * hard).astype(int)
    rows = [
        {"seed": str(s), "image": str(i), "d": int(a[s, i] - b[s, i])} for s in range(seeds) for i in range(images)
    ]
    frame = pd.DataFrame(rows)
    formula = "d ~ C(seed) + C(image)" if seeds > 1 else "d ~ 1"
    table = anova_lm(ols(formula, frame).fit())
    n, m = seeds, images
    if seeds == 1:
        error = float(np.std(frame["d"], ddof=1) / np.sqrt(m))
        freedom = m - 1
    else:
        s, i, r = (float(table.loc[k, "mean_sq"]) for k in ("C(seed)", "C(image)", "Residual"))
        total = s + i - r
        error = float(np.sqrt(total / (n * m)))
        freedom = total**2 / (s**2 / (n - 1) + i**2 / (m - 1) + r**2 / ((n - 1) * (m - 1)))
        if total <= i:
            error, freedom = float(np.sqrt(i / (n * m))), m - 1
    value = float(frame["d"].mean())
    low, high = stats.t.interval(0.95, freedom, loc=value, scale=error)
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "value": value,
        "error": error,
        "freedom": float(freedom),
        "interval": [float(low), float(high)],
        "p": float(2 * stats.t.cdf(-abs(value / error), freedom)),
    }


P_VALUES = [0.01, 0.04, 0.03, 0.0004, 0.6, 0.2, 0.03]

print(
    json.dumps(
        {
            "made_with": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__},
            "newcombe": [
                newcombe(2001, 3589, 1980, 3589, 0.95),
                newcombe(56, 70, 48, 80, 0.9),
                newcombe(9, 21, 9, 21, 0.95),
                newcombe(0, 20, 0, 20, 0.99),
                newcombe(20, 20, 19, 20, 0.95),
            ],
            "mcnemar": [exact(*c) for c in ((395, 218), (3, 9), (0, 0), (0, 7), (5, 5), (1, 0), (920, 215))],
            "holm": {"p": P_VALUES, "corrected": multipletests(P_VALUES, method="holm")[1].tolist()},
            "pooled": [
                pooled([[0.55, 0.57], [0.641, 0.652, 0.648], [0.6]]),
                pooled([[0.61, 0.615, 0.607], [0.45, 0.463, 0.449], [0.668, 0.667, 0.671], [0.649, 0.655]]),
            ],
            "crossed": [crossed(1, 40, 0.1), crossed(3, 40, 0.25), crossed(5, 24, 0.0), crossed(2, 30, 0.6)],
        },
        indent=1,
    )
)
