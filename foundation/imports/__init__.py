"""Reading a folder of CSV files into the tables of the apps, all or nothing.

Knows no app: each declares its files in its ``imports``, and ``config`` says in which order they come.
"""
