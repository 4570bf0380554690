"""Rule files to rule sets to plans: shape, inheritance, building, printing."""
