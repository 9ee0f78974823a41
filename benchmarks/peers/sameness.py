"""Whether answers of different shapes say the same: actions, objectives and placements by id, field by field."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic.alias_generators import to_camel

_RELATION = re.compile(r"(?:action|objective)?([A-Za-z]+)By[A-Z].*")
_ARRAYS = {"domainIds": "domains", "findingIds": "findings"}
_INSTANTS = frozenset({"createdAt", "updatedAt"})
_OF_CLAIM = {"label": "planLabel", "ownCode": "ownCode", "periodItemId": "periodItemId"}
Things = dict[str, dict[str, Any]]


def told_alike(kind: str, answers: Mapping[str, Any]) -> None:
    """Refuse to go on unless all answers say the same, and say something."""
    told = {name: _said_in(answer) for name, answer in answers.items()}
    (first, reference), *others = told.items()
    assert "errors" not in answers[first], answers[first]
    assert len(reference["actions"]) >= 50, f"{kind}: too little is told"
    for name, things in others:
        for what, rows in reference.items():
            assert things[what].keys() == rows.keys(), f"{kind}: {name} tells other {what} than {first}"
            for identifier, row in rows.items():
                assert things[what][identifier] == row, _difference(kind, name, row, things[what][identifier])


def _difference(kind: str, name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    differing = {k: (ours.get(k), theirs.get(k)) for k in ours.keys() | theirs.keys() if ours.get(k) != theirs.get(k)}
    return f"{kind}: {name} differs: {differing or (ours.keys() ^ theirs.keys())}"


def _said_in(answer: Any) -> dict[str, Things]:
    found: dict[str, Things] = {"actions": {}, "objectives": {}, "placements": {}}
    _walk(_plain(answer), found)
    return found


def _walk(value: Any, found: dict[str, Things]) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(item, found)
    elif isinstance(value, dict):
        if "isSynergy" in value or "plannedEnd" in value:
            found["actions"][value["id"]] = value
        elif "action" in value:  # a claim, which our tree tells with its action
            own = {theirs: value[name] for name, theirs in _OF_CLAIM.items()}
            found["actions"][value["action"]["id"]] = value["action"] | own
            _walk(value.get("placements"), found)
        elif "isMain" in value:
            found["placements"][value["id"]] = value
        elif "level" in value:
            found["objectives"][value["id"]] = value
        else:
            for item in value.values():
                _walk(item, found)


def _plain(value: Any) -> Any:
    """The same in our names: camelCase, lists without connections, arrays of values without objects."""
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        singles = [next(iter(i.values())) for i in items if isinstance(i, dict) and len(i) == 1]
        items = singles if items and len(singles) == len(items) else items
        return sorted(items, key=str) if all(isinstance(i, str | int) for i in items) else items
    if not isinstance(value, dict):
        return value
    if value.keys() == {"nodes"}:
        return _plain(value["nodes"])
    return {_name(key): _worth(_name(key), _plain(item)) for key, item in value.items()}


def _name(key: str) -> str:
    key = "id" if key == "rowId" else to_camel(key)
    relation = _RELATION.fullmatch(key)
    if relation is not None and relation[1] != key:
        key = relation[1][0].lower() + relation[1][1:] if relation[1] else "action"
    return _ARRAYS.get(key, key)


def _worth(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return Decimal(value) if name == "fullTimeEquivalents" else value
