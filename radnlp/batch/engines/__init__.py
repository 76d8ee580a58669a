"""Batch engines that come with radnlp."""
