"""Takes its time."""

import time

from radnlp.api import MappingResult, Provider, hookimpl


class Mapper:
    def map(self, requests):
        time.sleep(0.02 * len(requests))
        return [MappingResult() for _ in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
