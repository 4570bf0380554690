"""Results to outlines and plain trees: what is said, not how it is laid out."""
