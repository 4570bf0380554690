"""The expression language of rule files: a text is checked once and evaluated exactly, with facts read by name."""

from perfscore.scoring.formula.check import FUNCTIONS, ROW_NAMES, inside, name_of, read_formula
from perfscore.scoring.formula.evaluate import OutOfDomain, ZeroDenominator, decide, evaluate, put_in

__all__ = ["FUNCTIONS", "ROW_NAMES", "OutOfDomain", "ZeroDenominator", "decide", "evaluate", "inside", "name_of", "put_in", "read_formula"]
