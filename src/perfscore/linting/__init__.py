"""The room of lint: what is wrong with rule sets before they score anybody, found by checks that are one file each in `checks`."""
