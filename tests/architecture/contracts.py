"""Contracts that import-linter's own kinds cannot say: front doors, and engines that are pure."""

from abc import abstractmethod
from typing import Any, ClassVar

import grimp
from importlinter import Contract, ContractCheck, fields, output


class _Imports(Contract):
    """A contract that finds single imports at fault."""

    sentence: ClassVar[str]

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import; verbose changes nothing."""
        pairs = (
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
        )
        faults = sorted(pair for pair in pairs if self.is_fault(*pair))
        found = [
            detail
            for importer, imported in faults
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import with its line."""
        for detail in check.metadata["found"]:
            output.print_error(f"{detail['importer']} -> {detail['imported']} (l.{detail['line_number']})", bold=False)
        output.new_line()
        output.print_error(self.sentence)

    @abstractmethod
    def is_fault(self, importer: str, imported: str) -> bool:
        """Tell whether the import breaks the contract."""


class FrontDoors(_Imports):
    """Who stands outside an app imports of it only its doors; the kernel is everyone's, the composition knows all."""

    type_name = "front_doors"
    sentence = "Knock at a front door (services, selectors, errors), or leave a note in the outbox."

    apps = fields.SetField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    insiders = fields.SetField(subfield=fields.StringField())

    def is_fault(self, importer: str, imported: str) -> bool:
        """Find an import from outside that goes past the doors."""
        own: Any = self
        app, _dot, inside = imported.partition(".")
        outsider = importer.partition(".")[0]
        if app not in own.apps or outsider == app or outsider in own.insiders:
            return False
        return inside not in own.doors and imported not in own.doors


class Pure(_Imports):
    """Rooms named ``room`` import only what ``allowed`` lists, and their own app's rooms in ``beside``."""

    type_name = "pure"
    sentence = "An engine is reckoning alone: no Django, no input or output, no clock."

    room = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField())
    beside = fields.SetField(subfield=fields.StringField())

    def is_fault(self, importer: str, imported: str) -> bool:
        """Find an import of an engine that is not on the list."""
        own: Any = self
        app, _dot, inside = importer.partition(".")
        if inside.partition(".")[0] != own.room:
            return False
        near = {f"{app}.{room}" for room in (own.room, *own.beside)}
        return not any(imported == name or imported.startswith(f"{name}.") for name in near | own.allowed)
