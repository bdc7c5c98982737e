"""How the service is used, counted without anybody: numbers by day, and queries that many typed."""
