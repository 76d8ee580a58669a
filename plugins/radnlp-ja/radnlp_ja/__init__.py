"""Japanese CT reports for radnlp: the schema ``ja_ct``, sentence classes, and text units."""
