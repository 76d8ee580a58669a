"""The results of an experiment as one page that loads nothing from anywhere."""

from radnlp.evaluation.page.document import page

__all__ = ["page"]
