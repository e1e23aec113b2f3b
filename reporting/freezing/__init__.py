"""What a signed report stands on: the rows it was counted from, what is written about them, and how that is checked.

``snapshot.take(report)`` reads the rows once and makes them into frozen tables: lines of canonical JSON in which a
serial number stands for everybody and everything that has an id. ``facts.read(report)`` gives them back as the facts
that figures are counted from. ``manifest`` writes down the hash of each table and file when the report is signed;
``verifying`` counts again from the frozen rows and compares everything with what was written down.
"""
