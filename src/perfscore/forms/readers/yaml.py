"""YAML and JSON form files to positioned trees."""

from __future__ import annotations

from perfscore.text import yaml
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source

ENDINGS = (".yaml", ".yml", ".json")
SAYS = Phrase("YAML 或 JSON", "YAML or JSON")


def read(source: Source) -> yaml.Parsed:
    """The documents of a YAML stream or a JSON text."""
    return yaml.parse(source)
