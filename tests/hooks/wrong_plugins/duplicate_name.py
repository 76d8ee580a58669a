"""Takes a name that radnlp has."""

from radnlp.api import MappingResult, Provider, hookimpl


class Mapper:
    def map(self, requests):
        return [MappingResult() for _ in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="rules", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
