"""Faults put into rule files by machine, one at a time, to see who finds them."""
