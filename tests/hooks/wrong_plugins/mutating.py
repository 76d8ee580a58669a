"""Changes what it was lent."""

from radnlp.api import MappingResult, Provider, hookimpl


class Mapper:
    def map(self, requests):
        for request in requests:
            request.view.report.meta["seen"] = True
        return [MappingResult() for _ in requests]


@hookimpl
def radnlp_register_relation_mappers():
    return [Provider(name="wrong", summary="wrong", factory=lambda schema, lexicon, settings: Mapper())]
