"""Comparing systems on gold: metrics, statistics, gold readers, experiments and their reports."""
