"""Leaves the program."""

import sys

from radnlp.api import Provider, hookimpl


class Mapper:
    def map(self, requests):
        sys.exit(3)


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
