"""The room of audits: the numbers that a form prints held against its rules and against each other, by checks that are one file each in `checks`."""
