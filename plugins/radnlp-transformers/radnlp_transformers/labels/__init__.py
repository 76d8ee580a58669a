"""Labels that a schema gives by its own terms and statuses."""
