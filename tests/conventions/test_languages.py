"""Refusals and reference labels are in the reader's language, and say which it is."""

import httpx
import pytest

from tests.conventions.estate import Estate
from tests.conventions.refused import problem

LANGUAGES = ("fr", "nl", "de", "en")
CHOSEN = [
    ("nl", "nl"), ("de-BE", "de"), ("EN-us", "en"), ("xx, en", "en"), ("nl;q=0.2, de;q=0.8", "de"),
    ("de;q=0.8,nl", "nl"), ("fr;q=0, nl;q=0.1", "nl"), ("es, it;q=0.5", "fr"), ("", "fr"), ("*", "fr"),
    ("nl;q=0", "fr"), ("en;q=0.9, fr;q=0.9", "en"), ("de;q=bad, en", "en"), ("nl ; q=0.5 , en ; q=0.6", "en"),
]  # fmt: skip


async def ask(estate: Estate, path: str, language: str) -> httpx.Response:
    headers = {**estate.commune.as_("administration"), "Accept-Language": language}
    return await estate.client.get(path, headers=headers)


@pytest.mark.parametrize(("asked", "given"), CHOSEN)
async def test_the_language_is_the_best_that_we_speak_of_those_asked(estate: Estate, asked: str, given: str) -> None:
    for path in ("/pst/v1/sdgs", "/pst/v1/nothing", f"/pst/v1/actions/{estate.ids['plan']}", "/pst/v1/actions?x=1"):
        assert (await ask(estate, path, asked)).headers["Content-Language"] == given, path


async def test_a_reference_label_is_in_the_language_asked(estate: Estate) -> None:
    path = f"/pst/v1/sdgs/{estate.ids['sdg']}"
    labels = {}
    for language in LANGUAGES:
        answer = (await ask(estate, path, language)).json()
        assert answer["label"] == answer["labels"][language]
        labels[language] = answer["label"]
    assert len(set(labels.values())) == 4, labels


async def test_a_label_without_a_translation_is_in_french(estate: Estate) -> None:
    path = f"/pst/v1/terms/{estate.ids['term']}"
    assert [(await ask(estate, path, language)).json()["label"] for language in LANGUAGES] == [
        "Période", "Periode", "Période", "Période"
    ]  # fmt: skip


async def test_the_tag_of_an_answer_is_that_of_its_language(estate: Estate) -> None:
    path = f"/pst/v1/sdgs/{estate.ids['sdg']}"
    french = (await ask(estate, path, "fr")).headers["ETag"]
    headers = {**estate.commune.as_("administration"), "Accept-Language": "nl", "If-None-Match": french}
    assert (await estate.client.get(path, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pst/v1/nothing", 404), ("/pst/v1/actions?unheardOf=1", 400), ("/pst/v1/actions?pageSize=0", 400),
        ("/pst/v1/actions?" + "a" * 9000, 414), ("/pst/v1/partners/me/actions", 403),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_in_four_languages_under_one_english_title(
    estate: Estate, path: str, status: int
) -> None:
    answers = [await ask(estate, path, language) for language in LANGUAGES]
    told = [problem(answer, status) for answer in answers]
    assert [answer.headers["Content-Language"] for answer in answers] == list(LANGUAGES)
    assert len({t["title"] for t in told}) == 1
    assert len({t["detail"] for t in told}) == 4
    assert len({t["type"] for t in told}) == 1
    for issue in told[0].get("issues", []):
        others = [i for t in told for i in t["issues"] if i["name"] == issue["name"]]
        assert len({i["detail"] for i in others}) == 4
