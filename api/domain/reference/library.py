"""Reads the reference files once, and finds the word for a code in a language."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("fr", "nl", "de", "en")
"""French first: it is the legal one, and the one that answers where a language is not held."""

_LISTS = {
    "domain": "domains",
    "sdg": "sdgs",
    "organisationKind": "organisation_kinds",
    "targetGroup": "target_groups",
    "planType": "plan_types",
    "province": "provinces",
    "arrondissement": "arrondissements",
    "term": "terms",
    "programmingPeriod": "programming_periods",
}


@cache
def load(name: str) -> dict[str, Any]:
    """One reference file by its name without `.json`, read once; it is shared, so never change the answer."""
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def items(name: str) -> list[dict[str, Any]]:
    """The entries of a reference list, in the order in which they are shown."""
    entries: list[dict[str, Any]] = load(name)["items"]
    return entries


def demo_names() -> list[str]:
    """The demonstration communes in a stable order, without `directory`, the bodies that they share."""
    names = (
        entry.name.removesuffix(".json")
        for entry in files(__package__).joinpath("demo").iterdir()
        if entry.name.endswith(".json")
    )
    return sorted(name for name in names if name != "directory")


def load_demo(name: str) -> dict[str, Any]:
    """One demonstration commune, or `directory`; the format is told in demo/README.md."""
    return load(f"demo/{name}")


def labels(kind: str, code: str | int) -> dict[str, str]:
    """The four names of a code. KeyError when one is unknown: a missing word is a fault, not a blank.

    `kind` is an enumeration of labels.json (`actionStatus`) or a list (`domain`, `sdg`, `planType`…).
    """
    return _words(kind)[str(code)]


def label(kind: str, code: str | int, language: str = "fr") -> str:
    """The name of a code in a language, in French where the language is not one of the four."""
    names = labels(kind, code)
    return names.get(language, names["fr"])


@cache
def _words(kind: str) -> dict[str, dict[str, str]]:
    if kind in _LISTS:
        return {str(entry["code"]): entry["labels"] for entry in items(_LISTS[kind])}
    words: dict[str, dict[str, str]] = load("labels")["enums"][kind]
    return words
