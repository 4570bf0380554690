"""
The kit for testing rule sets: rule files and forms drawn by hypothesis, and every score once more by plain rationals.

`strategies` draws rule files, `methods` their parameters and measures, `forms` the forms that a rule set scores; `spelling` writes all of them in
either language, and `exact` is the reference to hold the engine against. hypothesis comes with the extra `test`. `plugin` needs only pytest: it runs
the examples of rule files.
"""
