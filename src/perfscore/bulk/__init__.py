"""Many forms at once: tables in, tables out, each form scored exactly as it would be alone."""
