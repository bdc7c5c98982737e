"""Where the service runs: its Python environment, its OpenSearch node, its server. Standard library only."""
