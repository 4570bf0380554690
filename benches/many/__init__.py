"""What scoring many forms costs, against code written by hand and against other engines."""
