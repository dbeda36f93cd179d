"""The graph before a solver: what the law says of a case of which some is still to be chosen."""
