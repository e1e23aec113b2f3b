"""The ten figures of the overview, a module each: what is counted becomes a drawing with words, links and a table."""
