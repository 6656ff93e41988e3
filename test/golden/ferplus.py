"""What FER+'s own code makes of votes -> ferplus.json.

Run: python test/golden/ferplus.py FOLDER, where FOLDER is `src` of a checkout of FER+'s repository (commit 06447e0), whose `ferplus.py`
needs numpy and matplotlib.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, sys.argv[1])
from ferplus import FERPlusReader  # noqa: E402

rng = np.random.default_rng(20210101)
reader = FERPlusReader.__new__(FERPlusReader)


def votes() -> list[int]:
    """Ten votes, from nearly unanimous to wholly undecided."""
    shares = rng.dirichlet(np.full(10, float(rng.choice([0.05, 0.2, 0.5, 2.0]))))
    return rng.multinomial(10, shares).tolist()


def label(counts: list[int], mode: str) -> list[float] | None:
    """The shares of the eight classes, or None where `load_folders` leaves the image out."""
    shares = reader._process_data([float(count) for count in counts], mode)
    if np.argmax(shares) >= 8:
        return None
    kept = shares[:-2]
    return [share / sum(kept) for share in kept]


rows = [votes() for _ in range(400)]
cases = [{"votes": row, "majority": label(row, "majority"), "distribution": label(row, "crossentropy")} for row in rows]
Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print({mode: sum(case[mode] is None for case in cases) for mode in ("majority", "distribution")}, "left out of", len(cases))
