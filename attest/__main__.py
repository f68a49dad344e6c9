"""The command `attest`, also `python -m attest`: all commands of `manage.py`."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Installed, the packages lie in this folder and come first: another package on this machine may be called `config`, too.
if (FOLDER / "config").is_dir():
    sys.path.insert(0, str(FOLDER))

from config.start import main  # noqa: E402 - it may lie in this folder

if __name__ == "__main__":
    main()
