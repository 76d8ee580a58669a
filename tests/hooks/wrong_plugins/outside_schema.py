"""Answers a value that the schema does not have."""

from radnlp.api import MappingResult, Provider, Relation, hookimpl


class Mapper:
    def map(self, requests):
        relation = Relation(key="nodules", type="located_in", value="liver", source="wrong")
        return [MappingResult(relations=(relation,)) if request.keys else MappingResult() for request in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
