"""Raises on one report of many, with words of the report in the message."""

from radnlp.api import MappingResult, Provider, hookimpl


class Mapper:
    def map(self, requests):
        for request in requests:
            if "Zebra" in request.view.report.text:
                raise ValueError(f"cannot read {request.view.report.text}")
        return [MappingResult() for _ in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
