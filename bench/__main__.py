"""`run.py bench NAME [...]`: run one of the measurements of this folder."""

import runpy
import sys
from pathlib import Path

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))

if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
    sys.exit(f"Which one? run.py bench {'|'.join(NAMES)}")
del sys.argv[0]
runpy.run_module(f"bench.{sys.argv[0]}", run_name="__main__", alter_sys=True)
