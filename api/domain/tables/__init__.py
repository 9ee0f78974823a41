"""The tables, one module per concept. Rows never leave the domain."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):  # importing the package registers every table
    import_module(f"{__name__}.{_module.name}")
