"""Databases by their URL, through SQLAlchemy: where reports may come from, and where NOTE_NLP rows may go."""

from radnlp.batch.databases.address import TableAddress, is_address, shown_address

__all__ = ["TableAddress", "is_address", "shown_address"]
