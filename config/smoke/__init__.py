"""The main job over HTTP, as a coach, a manager and an officer do it: `run.py demo --smoke`."""

import time

from config.smoke.steps import STEPS, Story
from config.smoke.visitor import Wrong


def run(address: str) -> int:
    """Do the steps one after the other and say how each went; the exit code is 1 at the first that fails."""
    story = Story(address)
    for step in STEPS:
        begun = time.monotonic()
        try:
            result = step.do(story)
        except (Wrong, OSError) as problem:
            print(f"  not ok  {step.name}: {problem}", flush=True)
            return 1
        print(f"  ok      {step.name}: {result} ({time.monotonic() - begun:.1f} s)", flush=True)
    print(f"smoke: all {len(STEPS)} steps ok", flush=True)
    return 0
