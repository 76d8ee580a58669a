"""``html``: one self-contained page with every report, its findings and where they were seen."""

from radnlp.batch.formats.html.format import HtmlFormat

__all__ = ["HtmlFormat"]
