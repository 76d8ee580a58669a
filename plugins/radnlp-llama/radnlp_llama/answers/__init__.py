"""What a model may answer, and what its answer is read as."""

from radnlp_llama.answers.answer import Answer
from radnlp_llama.answers.names import Names
from radnlp_llama.answers.reading import read
from radnlp_llama.answers.slots import Field, Row, Slot, form, written

__all__ = ["Answer", "Field", "Names", "Row", "Slot", "form", "read", "written"]
