"""The API's page lists every operation of the document, without a script and without anything inline."""

import re

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from kernel.web.documentation import operations_by_app

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def page() -> str:
    return Client(headers={"host": "localhost"}).get("/api/docs/").content.decode()


def test_every_operation_stands_on_the_page(page):
    document = SchemaGenerator().get_schema(request=None, public=True)
    expected = {(verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs}
    shown = {(op.method, op.path) for operations in operations_by_app().values() for op in operations}
    assert shown == expected
    assert all(f"<code>{path}</code>" in page for _verb, path in expected)
    assert ("POST", "/api/v1/realtime/tickets") in shown


def test_anchors_are_there_once(page):
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))


def test_nothing_on_the_page_is_against_the_policy(page):
    assert "<script" not in page
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


def test_shapes_are_those_of_the_code(page):
    assert '<details id="shape-Wanted">' in page
    assert "4XX" in page
