"""The room of what checks share, of rules and of forms alike: a finding, their codes, settings, comments that allow a finding, and what then stands."""
