"""What stands on the pages of figures: the filters in the address, the overview, the list behind a number."""
