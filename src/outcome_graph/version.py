"""Which version is installed; a module of its own because looking it up takes time."""

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]

try:
    __version__ = version("outcome-graph")
except PackageNotFoundError:  # running from a checkout that was not installed
    __version__ = "0.0.0"
