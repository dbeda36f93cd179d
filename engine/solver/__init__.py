"""The graph before a solver: what the law says of cases of which something is still to be chosen."""
