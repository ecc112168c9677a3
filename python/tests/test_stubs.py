"""What type checkers are told is what is there."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import tellwave
from tellwave import _tellwave


def told() -> dict[str, dict[str, ast.FunctionDef]]:
    stub = Path(tellwave.__file__).with_name("_tellwave.pyi")
    classes = [it for it in ast.parse(stub.read_text()).body if isinstance(it, ast.ClassDef)]
    return {it.name: {member.name: member for member in it.body if isinstance(member, ast.FunctionDef)} for it in classes}


def test_the_stub_has_every_class_and_member_and_no_other():
    classes = {name: kind for name, kind in vars(_tellwave).items() if inspect.isclass(kind)}
    assert set(told()) == set(classes)
    for name, kind in classes.items():
        shown = {member for member in vars(kind) if not member.startswith("__") or member in ("__new__", "__len__", "__arrow_c_stream__")}
        shown -= {"_of_parts"}
        assert set(told()[name]) == shown, name


def hold_parameters(known: ast.FunctionDef, function: object) -> None:
    arguments = known.args
    expected = [it.arg for it in arguments.args + arguments.kwonlyargs if it.arg != "self"]
    found = inspect.signature(function).parameters
    assert [it for it in found if it != "self"] == expected, function
    keyword_only = {it.arg for it in arguments.kwonlyargs}
    assert {key for key, it in found.items() if it.kind is it.KEYWORD_ONLY} == keyword_only, function


def test_the_stub_has_the_parameters_that_functions_take():
    for name, members in told().items():
        for member, known in members.items():
            if any(isinstance(it, ast.Name) and it.id == "property" for it in known.decorator_list) or member.startswith("__"):
                continue
            hold_parameters(known, getattr(getattr(_tellwave, name), member))


def test_the_stub_has_every_function_of_the_module_and_no_other():
    stub = ast.parse(Path(tellwave.__file__).with_name("_tellwave.pyi").read_text())
    functions = {it.name: it for it in stub.body if isinstance(it, ast.FunctionDef)}
    assert set(functions) == {name for name, it in vars(_tellwave).items() if inspect.isbuiltin(it)}
    for name, known in functions.items():
        hold_parameters(known, getattr(_tellwave, name))
