"""FHIR R4 (4.0.1): a transaction Bundle of DiagnosticReport and Observations for each report."""

from radnlp.batch.formats.fhir.format import FhirFormat

__all__ = ["FhirFormat"]
