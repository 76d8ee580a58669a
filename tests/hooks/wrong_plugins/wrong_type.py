"""Answers with dictionaries."""

from radnlp.api import Provider, hookimpl


class Mapper:
    def map(self, requests):
        return [{"nodules": "rul"} for _ in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
