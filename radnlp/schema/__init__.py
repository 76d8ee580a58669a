"""Modality schemas and lexicons: their files, checked and turned into records. The only room that knows pydantic."""

from radnlp.schema.codes import OMOP, code_systems
from radnlp.schema.files import SECTION_IDS
from radnlp.schema.labels import Labels
from radnlp.schema.loader import load_schema, load_vocabulary
from radnlp.schema.medspacy_export import lost_in_medspacy, to_medspacy
from radnlp.schema.shipped import lexicons_in, schemas_in, shipped_folder

__all__ = [
    "OMOP",
    "SECTION_IDS",
    "Labels",
    "code_systems",
    "lexicons_in",
    "load_schema",
    "load_vocabulary",
    "lost_in_medspacy",
    "schemas_in",
    "shipped_folder",
    "to_medspacy",
]
