"""A second count, made apart from the product.

Nothing in this package that counts may import the product or Django: it reads the rows of an
import folder and counts by plain loops, so that a reader can hold each function beside the
sentence it counts. Slow is fine; clever is not.
"""
