"""
The kit for testing rule sets: rule files and forms drawn by hypothesis, and every score once more by plain rationals.

`strategies` draws texts, `spelling` writes them in either language, `exact` is the reference to hold the engine against. Installed with the extra `test`.
"""
