"""``python -m outcome_graph`` is ``outcome-graph``."""

from outcome_graph.cli import main

main()
