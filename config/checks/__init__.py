"""What must hold before a commit: `run.py check` looks, `run.py fix` repairs what can be repaired by itself."""
