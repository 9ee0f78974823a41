"""What each concept asks of a command beyond rights and constraints.

A class of rules names its concept (`class TaskRules(Hooks, concept="task")`); every module of this folder is read.
"""

from importlib import import_module
from pkgutil import iter_modules

from api.domain.commands.hooks.base import Hooks
from api.domain.resources.base import Resource

_NONE = Hooks()

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def hooks_of(resource: Resource) -> Hooks:
    return Hooks.declared.get(resource.name, _NONE)


__all__ = ["Hooks", "hooks_of"]
