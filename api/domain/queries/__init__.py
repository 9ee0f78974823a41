"""Computed reads: figures, reports, searches, previews."""
