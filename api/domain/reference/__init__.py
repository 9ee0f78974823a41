"""What is the same for every commune, as data files: lists, terms, periods, plan types, and their names."""

from api.domain.reference.library import LANGUAGES, demo_names, items, label, labels, load, load_demo

__all__ = ["LANGUAGES", "demo_names", "items", "label", "labels", "load", "load_demo"]
