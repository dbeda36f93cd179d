"""A decision model as XML: the elements of DMN 1.5, and a diagram of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from tieuchi.engine import __version__
from tieuchi.engine.export.dmn import phrases as say
from tieuchi.engine.export.dmn.elements import Decision, Input, Model, Table, Type, texts
from tieuchi.engine.export.dmn.function import Function
from tieuchi.engine.export.dmn.layout import Box, layout
from tieuchi.engine.export.dmn.library import FUNCTIONS, calls, needed

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FEEL = "https://www.omg.org/spec/DMN/20230324/FEEL/"
_DMNDI = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
_DC = "http://www.omg.org/spec/DMN/20180521/DC/"
_DI = "http://www.omg.org/spec/DMN/20180521/DI/"

Reads = dict[str, tuple[str, ...]]  # by the element: those that it reads


def xml(model: Model, lang: str) -> str:
    """The file, a newline at its end."""
    root = Element(
        "definitions",
        {
            "xmlns": MODEL,
            "xmlns:dmndi": _DMNDI,
            "xmlns:dc": _DC,
            "xmlns:di": _DI,
            "id": "model",
            "name": model.name,
            "label": model.label,
            "namespace": model.namespace,
            "expressionLanguage": FEEL,
            "typeLanguage": FEEL,
            "exporter": "tieuchi",
            "exporterVersion": __version__,
        },
    )
    _described(root, model.description)
    for type_ in model.types:
        root.append(_type(type_))
    for given in model.inputs:
        root.append(_input(given))
    inputs = {given.name for given in model.inputs}
    for decision in model.decisions:
        root.append(_decision(decision, inputs))
    functions = needed([text for decision in model.decisions for text in texts(decision)])
    for name in functions:
        root.append(_function(name, FUNCTIONS[name], lang))
    words = _words(model, functions, lang)
    for name, text in words.items():
        note = _under(root, "textAnnotation", id=f"{name}.words", textFormat="text/plain")
        _under(note, "text", text)
    root.append(_diagrams(model, functions, [*words], lang))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _under(above: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    made = ET.SubElement(above, tag, attributes)
    if text:
        made.text = text
    return made


def _described(above: Element, text: str) -> None:
    if text:
        _under(above, "description", text)


# ---- types, inputs, decisions


def _type(of: Type) -> Element:
    made = Element("itemDefinition", {"id": of.name, "name": of.name})
    if of.many:
        made.set("isCollection", "true")
    if of.base:
        _under(made, "typeRef", of.base)
    for field in of.fields:
        part = _under(made, "itemComponent", id=f"{of.name}.{field.name}", name=field.name)
        _under(part, "typeRef", field.type)
    return made


def _input(of: Input) -> Element:
    made = Element("inputData", {"id": of.name, "name": of.name, "label": of.label})
    _described(made, of.description)
    _under(made, "variable", id=f"{of.name}.variable", name=of.name, typeRef=of.type)
    return made


def _decision(of: Decision, inputs: set[str]) -> Element:
    made = Element("decision", {"id": of.name, "name": of.name, "label": of.label})
    _described(made, of.description)
    _under(made, "variable", id=f"{of.name}.variable", name=of.name, typeRef=of.type)
    for name in of.reads:
        requirement = _under(made, "informationRequirement", id=_line(of.name, name))
        kind = "requiredInput" if name in inputs else "requiredDecision"
        _under(requirement, kind, href=f"#{name}")
    _known(made, of.name, [name for text in texts(of) for name in calls(text)])
    if isinstance(of.body, Table):
        made.append(_table(of, of.body))
    else:
        _literal(made, f"{of.name}.logic", of.body, of.type)
    return made


def _line(reader: str, name: str) -> str:
    """The id of the requirement by which one element reads another."""
    return f"{reader}.reads.{name}"


def _known(made: Element, reader: str, names: list[str]) -> None:
    for name in dict.fromkeys(names):
        requirement = _under(made, "knowledgeRequirement", id=_line(reader, name))
        _under(requirement, "requiredKnowledge", href=f"#{name}")


def _literal(above: Element, id_: str, text: str, type_: str) -> None:
    literal = _under(above, "literalExpression", id=id_, typeRef=type_)
    _under(literal, "text", text)


def _table(of: Decision, table: Table) -> Element:
    made = Element(
        "decisionTable",
        {"id": f"{of.name}.logic", "hitPolicy": "COLLECT", "preferredOrientation": "Rule-as-Row",
         "typeRef": of.type},
    )  # fmt: skip
    for i, column in enumerate(table.columns):
        clause = _under(made, "input", id=f"{of.name}.input.{i}")
        expression = _under(clause, "inputExpression", id=f"{of.name}.input.{i}.of")
        _under(expression, "text", column.text)
    _under(made, "output", id=f"{of.name}.output")
    for i, rule in enumerate(table.rules):
        row = _under(made, "rule", id=f"{of.name}.rule.{i}")
        for k, test in enumerate(rule.tests):
            entry = _under(row, "inputEntry", id=f"{of.name}.rule.{i}.{k}")
            _under(entry, "text", test)
        output = _under(row, "outputEntry", id=f"{of.name}.rule.{i}.output")
        _under(output, "text", rule.output)
    return made


def _function(name: str, of: Function, lang: str) -> Element:
    made = Element("businessKnowledgeModel", {"id": name, "name": name})
    _described(made, of.says.of(lang))
    _under(made, "variable", id=f"{name}.variable", name=name)
    logic = _under(made, "encapsulatedLogic", id=f"{name}.function", kind="FEEL")
    for param in of.params:
        _under(logic, "formalParameter", id=f"{name}.of.{param}", name=param, typeRef="Any")
    _literal(logic, f"{name}.logic", of.text, of.type)
    _known(made, name, calls(of.text))
    return made


# ---- the diagram


def _words(model: Model, functions: list[str], lang: str) -> dict[str, str]:
    """What stands below each box: modellers show names only."""
    shown: list[Input | Decision] = [*model.inputs, *model.decisions]
    says = {name: FUNCTIONS[name].says.of(lang) for name in functions}
    return {of.name: of.label for of in shown} | says


def _diagrams(model: Model, functions: list[str], noted: Collection[str], lang: str) -> Element:
    """From the facts to the verdict; what is looked at in the input; the functions called."""
    made = Element("dmndi:DMNDI")
    reads: Reads = {given.name: () for given in model.inputs}
    reads |= {of.name: of.reads for of in model.decisions}
    looked_at = set(model.looked_at)
    law = _below(reads, [of.name for of in model.decisions if of.name not in looked_at])
    library = {name: tuple(calls(FUNCTIONS[name].text)) for name in functions}
    made.append(_diagram("law", say.LAW.of(lang), law, noted))
    made.append(_diagram("input", say.INPUT.of(lang), _below(reads, model.looked_at), noted))
    made.append(_diagram("library", say.LIBRARY.of(lang), library, noted))
    return made


def _below(reads: Reads, names: Iterable[str]) -> Reads:
    """Some elements and all that they read, in the order of the model."""
    todo, found = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += reads[name]
    return {name: of for name, of in reads.items() if name in found}


def _diagram(id_: str, name: str, elements: Reads, noted: Collection[str]) -> Element:
    made = Element("dmndi:DMNDiagram", {"id": f"{id_}.diagram", "name": name})
    boxes = layout(elements)
    for of, box in boxes.items():
        _shape(made, id_, of, box)
        if of in noted:
            _shape(made, id_, f"{of}.words", box.note)
    for of, reads in elements.items():
        for read in reads:
            line = _line(of, read)
            edge = _under(made, "dmndi:DMNEdge", id=f"{id_}.{line}", dmnElementRef=line)
            for x, y in _way(boxes[read], boxes[of]):
                _under(edge, "di:waypoint", x=str(x), y=str(y))
    return made


def _shape(diagram: Element, id_: str, of: str, box: Box) -> None:
    shape = _under(diagram, "dmndi:DMNShape", id=f"{id_}.{of}", dmnElementRef=of)
    _under(shape, "dc:Bounds", **_bounds(box))


def _bounds(box: Box) -> dict[str, str]:
    return {"height": str(box.height), "width": str(box.width), "x": str(box.x), "y": str(box.y)}


def _way(start: Box, end: Box) -> Iterator[tuple[int, int]]:
    """From the right side of one box to the left side of another."""
    yield start.x + start.width, start.y + start.height // 2
    yield end.x, end.y + end.height // 2
