"""Answers for all reports but the last."""

from radnlp.api import MappingResult, Provider, hookimpl


class Mapper:
    def map(self, requests):
        return [MappingResult() for _ in requests[1:]]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
