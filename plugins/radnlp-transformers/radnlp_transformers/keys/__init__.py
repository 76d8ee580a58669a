"""Stage one of Shin et al., Sci Rep 2025;15:31550: which keys a report speaks of, by an encoder."""
