"""The providers: questions about reports, on any TextGenerator."""
