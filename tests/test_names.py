"""Functions and classes are named as engineers name them: never by a bare participle."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "api"
IRREGULAR = frozenset(
    {
        "told", "said", "found", "kept", "held", "written", "seen", "shown", "given", "taken", "sown", "made",
        "known", "sent", "left", "lost", "done", "gone", "begun", "drawn", "hidden", "spoken", "bound", "built",
        "bought", "brought", "caught", "chosen", "felt", "meant", "paid", "sold", "stood", "thought", "understood",
        "won",
    }
)  # fmt: skip
ALLOWED = frozenset(
    {
        "Authorized",  # what an authorization answers
        "Unauthenticated",  # the name of the refusal (RFC 9110 calls the status so)
        "Derived",  # a derived field
        "permitted",  # the member of that name in every document
        "ended",  # whether a snapshot has ended
        # Names of types on the wire:
        "Carried", "Concerned", "Counted", "Excluded", "Explained", "Found", "Named", "Positioned",
    }
)  # fmt: skip


def is_participle(name: str) -> bool:
    """Whether a name is one word, and that word a past participle."""
    word = name.strip("_")
    if "_" in word or word[1:] != word[1:].lower():
        return False
    word = word.lower()
    return word in IRREGULAR or (
        word.endswith("ed") and word not in {"embed", "exceed", "feed", "need", "proceed", "seed"}
    )


def definitions() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{path.relative_to(ROOT.parent)}:{node.lineno}", node.name


def test_no_function_or_class_is_a_bare_participle() -> None:
    bare = [f"{place} {name}" for place, name in definitions() if is_participle(name) and name not in ALLOWED]
    assert not bare, "say what it does (verb + noun), or what it is (a noun)"


def test_every_allowed_participle_is_used() -> None:
    assert {name for _, name in definitions()} >= ALLOWED
