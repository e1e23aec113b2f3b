"""Reports: the list, asking for one, writing and checking it, signing, reading, accepting or returning."""
