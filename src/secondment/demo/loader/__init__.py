"""Put the demo into an empty database."""

from secondment.demo.loader.load import LoadSummary, load_demo

__all__ = ["LoadSummary", "load_demo"]
