"""All packages with which Python starts, in one file: a browser unpacks it faster than Python does wheels.

It is packed with gzip. In it are: four bytes with the length of an index, low byte first; the index, as JSON;
and the contents of all files, one after another. `site/run/python.js` reads it.
"""

import gzip
import json
import zipfile
from pathlib import Path

from helpers.teaching.digests import digest
from helpers.teaching.site.pyodide import needed, read_lock


def write_bundle(folder: Path, names: list[str]) -> Path:
    """Pack these packages in a folder of Pyodide's, and all that they need; returns the file."""
    entries = read_lock(folder)["packages"]
    wanted = [entries[name] for name in needed(entries, names)]
    contents: dict[str, bytes] = {}
    for entry in wanted:
        with zipfile.ZipFile(folder / entry["file_name"]) as wheel:
            places = [name for name in wheel.namelist() if not name.endswith("/") and ".data/" not in name]
            contents |= {place: wheel.read(place) for place in places}
    index = json.dumps(
        {
            "packages": [entry["name"] for entry in wanted],
            "folders": sorted({place.rpartition("/")[0] for place in contents} - {""}),
            "files": [[place, len(data)] for place, data in contents.items()],
        }
    ).encode()
    packed = gzip.compress(len(index).to_bytes(4, "little") + index + b"".join(contents.values()), 9, mtime=0)
    # Named after its contents, so that a browser that has kept it need not ask for it again.
    path = folder / f"packages-{digest([packed])[:12]}.bin"
    path.write_bytes(packed)
    return path
