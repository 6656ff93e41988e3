"""Unpacks the files of a wheel whose names match a pattern, and prints what else the wheel requires, a line each.

Usage: unpack.py WHEEL FOLDER PATTERN
"""

import re
import sys
import zipfile
from email.parser import HeaderParser

wheel, folder, pattern = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    archive.extractall(folder, [name for name in names if re.match(pattern, name)])
    metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
    headers = HeaderParser().parsestr(archive.read(metadata).decode())
    print("\n".join(headers.get_all("Requires-Dist", [])))
