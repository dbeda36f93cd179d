"""The engine: a pack of law compiles to one decision graph, and everything else reads that graph.

Knows nothing of the terminal.
"""

__version__ = "0.1.0"
