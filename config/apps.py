"""The composition as a Django app: it brings the commands that stand above all floors, and fresh texts."""

from django.apps import AppConfig

from config import celery  # noqa: F401 - so that every process, not the worker alone, knows the city's queues
from config.texts import compile_texts


class CompositionConfig(AppConfig):
    """Compiles the texts before anything asks for one."""

    name = "config"

    def ready(self) -> None:
        """Compile what is missing or old."""
        compile_texts()
