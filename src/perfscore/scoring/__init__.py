"""Plan and submission to evaluation: formulas, methods that make curves, aggregates, gates, and the engine."""
