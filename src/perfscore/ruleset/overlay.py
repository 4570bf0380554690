"""Fields over fields: how a rule file extends its base, and how a variant changes the tree — both by indicator id."""

from __future__ import annotations

from perfscore.text.fields import Fields, Value

#: What is true of the base alone: what it expects of its own examples need not hold where its rules were changed.
_OWN = ("examples", "template", "valid_from", "valid_until")


def overlay(base: Fields, over: Fields) -> Fields:
    """The base with everything that `over` says put in its place; indicators are met by id, facts by name."""
    values = {name: Value(base[name], base.at(name)) for name in base if name not in _OWN}
    for name in over:
        if name not in ("indicators", "extends"):
            values[name] = Value(over[name], over.at(name))
    for name in ("facts", "cohort"):
        if name in over:
            known = {key.value: (key, value) for key, value in base[name] or ()}
            known.update({key.value: (key, value) for key, value in over[name]})
            values[name] = Value(tuple(known.values()), over.at(name))
    if "gates" in over:
        gates = {value.value["id"]: value for value in (*(base["gates"] or ()), *over["gates"])}
        values["gates"] = Value(tuple(gates.values()), over.at("gates"))
    if "constraints" in over:
        values["constraints"] = Value((*(base["constraints"] or ()), *over["constraints"]), over.at("constraints"))
    if "indicators" in over:
        values["indicators"] = Value(overlay_indicators(base["indicators"] or (), over["indicators"]), over.at("indicators"))
    return Fields(over.span, values, base.unread | over.unread)


def overlay_indicators(base: tuple[Value, ...], over: tuple[Value, ...]) -> tuple[Value, ...]:
    """A list of indicators with others laid over it; one that the base does not know stands before the next one named that it does."""
    changes = {value.value["id"]: value for value in over}
    merged = list(_change(base, changes))
    at = len(merged)
    for value in reversed(over):
        if value.value["id"] in changes:
            merged.insert(at, value)
        else:
            at = next((place for place, known in enumerate(merged) if known.value["id"] == value.value["id"]), at)
    return tuple(merged)


def _change(nodes: tuple[Value, ...], changes: dict[str, Value]) -> tuple[Value, ...]:
    """Takes out of `changes` what it used; a node that nothing changes is the same object as before."""
    result = []
    for node in nodes:
        fields: Fields = node.value
        children: tuple[Value, ...] = fields["children"] or ()
        below = _change(children, changes)
        change = changes.pop(fields["id"], None)
        if change is not None:
            below = overlay_indicators(below, change.value["children"] or ())
        if change is None and below == children:
            result.append(node)
            continue
        laid = change.value if change is not None else Fields(fields.span, {})
        values = {name: Value(fields[name], fields.at(name)) for name in fields}
        values.update({name: Value(laid[name], laid.at(name)) for name in laid})
        if below:
            values["children"] = Value(below, values["children"].span if "children" in values else node.span)
        if values.get("removed", Value(None, node.span)).value == "true":
            continue
        result.append(Value(Fields(laid.span, values, fields.unread | laid.unread), change.span if change is not None else node.span))
    return tuple(result)
