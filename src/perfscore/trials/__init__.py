"""The room of trials: the examples of a rule set run as forms, what does not hold, and what of the rules none of them reached."""
