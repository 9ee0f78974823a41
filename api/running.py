"""How the service of a data directory runs, for the commands that are called beside it.

`pst serve` is often started with settings that the next terminal does not have (`make run` sets the mode).
A token made with other settings would name another issuer, and be refused by the service it is meant for.
"""

import json
from pathlib import Path

from api.settings import Settings, variable_of

FOLLOWED = ("mode", "host", "port", "public_url")
"""What a token must agree about with the service that will read it."""


class DifferentMode(Exception):
    """The environment names one mode and the service runs in another."""


def announce(settings: Settings) -> None:
    """Note how the service runs; the note stays after it stopped, until it runs differently."""
    note = {name: getattr(settings, name) for name in FOLLOWED}
    path = _note_in(settings.data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(note), encoding="utf-8")
    beside.chmod(0o600)
    beside.replace(path)


def as_the_service(settings: Settings) -> Settings:
    """The settings, with what the environment leaves open taken from the service that last ran here.

    A mode that is said and differs from the service's is refused rather than guessed about: whoever says
    `demo` beside a production service would get tokens that open it.
    """
    try:
        note = json.loads(_note_in(settings.data_dir).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return settings
    provided = settings.model_fields_set
    if "mode" in provided and settings.mode != "production" and note.get("mode") == "production":
        raise DifferentMode(
            f"{variable_of('mode')}={settings.mode}, mais le service de {settings.data_dir} tourne en production. / "
            f"{variable_of('mode')}={settings.mode}, yet the service of {settings.data_dir} runs in production."
        )
    return settings.model_copy(update={n: note[n] for n in FOLLOWED if n in note and n not in provided})


def _note_in(data_dir: Path) -> Path:
    return data_dir / "service.json"
