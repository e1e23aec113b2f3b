"""The national statistic of provisions (SRG): what is delivered of a month, checked, and written to a file.

The official layout of the file is not public. Until it is here, ``export`` writes an interim file of our own.
"""
