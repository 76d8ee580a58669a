"""Wants an argument that the hook does not have."""

from radnlp.api import hookimpl


@hookimpl
def radnlp_register_relation_mappers(schema):
    return []
