"""The metrics of ``radnlp bench``, one a file: each counts report by report, and makes scores of summed counts."""
