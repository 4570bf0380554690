"""Where words come from: bytes to positioned nodes, printed text to exact values, and everything said back to the reader."""
