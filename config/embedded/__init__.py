"""A Django database engine that brings its own PostgreSQL, started with the first connection."""
