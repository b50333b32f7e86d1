"""What stories about people need: letters that arrive at once, limits as in a real city, and clients of both kinds."""

import pytest
from celery import current_app

from tests.accounts.phones import App, Browser


@pytest.fixture(autouse=True)
def _letters_arrive_at_once():
    current_app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield
    current_app.conf.update(task_always_eager=False, task_eager_propagates=False)


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.SIGN_IN_ANSWER_AFTER_S = 0


@pytest.fixture
def real_limits(settings):
    """Limit sign-ins as a real city does; a demo city is more patient."""
    settings.SIGN_IN_LIMITS_TIMES = 1


@pytest.fixture
def browser(db):
    """Give a browser that nobody has signed in with."""
    return Browser()


@pytest.fixture
def app(db):
    """Give an app on a telephone that nobody has signed in with."""
    return App()
