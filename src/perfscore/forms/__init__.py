"""Form files to forms (as printed) to submissions (as understood)."""
