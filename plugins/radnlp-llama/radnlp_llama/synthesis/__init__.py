"""Synthetic reports with labels, written and labelled by a language model, after Kikuchi et al.

A recipe (attributes, two prompts, limits) gives a row of drawn cases, a case one question for a report, a report one
question for its labels. What comes back is checked; what fails is counted by reason and kept apart. Nothing in here
knows a model: any :class:`radnlp.api.TextGenerator` will do, or a file of answers that were given elsewhere.

Source: Kikuchi et al., J Med Internet Res 2026;28:e86365.
"""
