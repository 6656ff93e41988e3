"""Advance widths of Inter's latin glyphs in em, by weight, figures of one width (`tnum`): what charts of the report measure text with, as no
browser is there.

Run: python test/golden/inter_widths.py > src/report/charts/inter_widths.json   (versions: requirements.txt; after npm ci)
"""

import json

from fontTools.ttLib import TTFont

FILES = "node_modules/@fontsource/inter/files/inter-latin-%d-normal.woff2"


def widths(weight):
    font = TTFont(FILES % weight)
    em = font["head"].unitsPerEm
    advances = font["hmtx"]
    tabular = {name for name in font.getGlyphOrder() if name.endswith(".tf")}
    chosen = {code: f"{name}.tf" if f"{name}.tf" in tabular else name for code, name in font.getBestCmap().items()}
    return {chr(code): round(advances[name][0] / em, 4) for code, name in sorted(chosen.items()) if code >= 32}


print(json.dumps({str(weight): widths(weight) for weight in (400, 600)}, ensure_ascii=False))
