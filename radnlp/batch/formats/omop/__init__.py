"""``note-nlp``: rows of the table NOTE_NLP of the OMOP Common Data Model."""

from radnlp.batch.formats.omop.columns import NOTE_NLP
from radnlp.batch.formats.omop.format import NoteNlpFormat
from radnlp.batch.formats.omop.rows import system_prefix

__all__ = ["NOTE_NLP", "NoteNlpFormat", "system_prefix"]
