"""What holds for every test: nobody's own catalogue of tunes is opened or filled."""

import os
import tempfile
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="tunewright-tests-")
os.environ["TUNEWRIGHT_LIBRARY"] = f"sqlite:///{Path(FOLDER.name) / 'tunes.sqlite3'}"
