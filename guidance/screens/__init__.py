"""What each page of the coach shows: read in a fixed number of queries, and put into words once."""
