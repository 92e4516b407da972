"""Measurements: each module is one, run as `python -m benchmarks.NAME`, results in `results/`."""
