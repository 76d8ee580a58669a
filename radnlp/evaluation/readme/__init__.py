"""A Markdown file whose results are written by the command that measured them, between words that people wrote."""

from radnlp.evaluation.readme.markers import Block, blocks_of, with_content
from radnlp.evaluation.readme.results import checks_block, result_block
from radnlp.evaluation.readme.run import Written, place, write_blocks

__all__ = [
    "Block",
    "Written",
    "blocks_of",
    "checks_block",
    "place",
    "result_block",
    "with_content",
    "write_blocks",
]
