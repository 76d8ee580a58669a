"""Gives evidence that is somewhere else."""

from radnlp.api import EvidenceSpan, MappingResult, Provider, Relation, hookimpl


class Mapper:
    def map(self, requests):
        words = (EvidenceSpan(start=0, end=6, text="nodule"),)
        relation = Relation(key="nodules", type="located_in", value="rul", source="wrong", key_evidence=words)
        return [MappingResult(relations=(relation,)) if request.keys else MappingResult() for request in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
