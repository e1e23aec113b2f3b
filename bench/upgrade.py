"""Old code on the new schema: `run.py bench upgrade [--revision REV] [--seconds N] [--home DRAAD_HOME]` (T25).

Takes the code of an earlier revision out of git, lets it make its own tables and demo, and serves people with it. Under
their hands the code of today migrates the database, and they go on with the old code. No request may fail: that is what
happens while a release is rolled out. It ends only what it started.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._load import Load
from bench._site import connect_django, site
from bench.faults import judge_ledger
from config.environment import ROOT

REVISION = "3e412cb"
"""The first revision that says whose rows it sees: older code sees none once the fences stand."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--revision", default=REVISION, help=f"the earlier code ({REVISION})")
    parser.add_argument("--seconds", type=float, default=30, help="how long people work before and after (30)")
    parser.add_argument("--home", type=Path, help="a DRAAD_HOME with the demo in it, to work on a copy of")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="draad-earlier-") as folder:
        code = take_out(given.revision, Path(folder))
        with site(root=code, copy_of=given.home) as made:
            made.start_web()
            with Load(made.address) as load:
                time.sleep(given.seconds)
                before, begun = len(load.tally.seconds), time.monotonic()
                made.manage("migrate", "--verbosity", "0", root=ROOT)
                took, during = time.monotonic() - begun, len(load.tally.seconds) - before
                time.sleep(given.seconds)
            connect_django(made)
            failed = load.tally.statuses()
            print(
                f"{given.revision} on the schema of {of_today()}: {len(load.tally.seconds)} requests, {during} of them"
                f" during the {took:.1f} s of migrating; failed {failed or 0}; slowest {max(load.tally.seconds):.2f} s"
            )
            bad = judge_ledger(load) or int(bool(failed))
    print(f"upgrade: {time.strftime('%Y-%m-%d')}: {'NOT OK' if bad else 'ok'}")
    return bad


def take_out(revision: str, folder: Path) -> Path:
    """The files of a revision, in a folder."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def of_today() -> str:
    said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return said.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
