"""The JSON Schema of form files, between their shape and the editors that know it."""

from __future__ import annotations

from perfscore.forms.shape import FORM
from perfscore.text.phrase import Phrase
from perfscore.text.schema import schema_of
from perfscore.text.shape import Json

#: A name and no address; the number grows when a file that was right can become wrong.
ID = "urn:perfscore:schema:form:1"


def form_schema() -> Json:
    """The schema of one document of a form file."""
    return schema_of(FORM, ID, Phrase("预算绩效填报表", "budget performance form"), {})
