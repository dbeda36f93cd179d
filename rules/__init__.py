"""The law as data: one YAML file a legal instrument. There is no code here."""
