"""Signals: what is missing, late or due in the files, as a worklist. No row: each follows from the records."""
