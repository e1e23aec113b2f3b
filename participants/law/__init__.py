"""What the law asks of a file: erase it, keep it no longer than needed, show it to the person, keep others out."""
