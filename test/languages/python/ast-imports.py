"""Reads paths from standard input, one a line, and writes one JSON object for each to standard output.

The object says what CPython's own parser makes of the file's imports, so that a test can compare:
{"path", "error"} or {"path", "imports": [[line, kind, specifier, [names], optional], ...]}.
The line is that of the module's name, in a `from` import that of the first imported name, in a loader's call
that of the argument. A call whose argument is no literal has the specifier null; so has a relative one whose
anchor is neither a literal nor the module itself, with the anchor's line.
"""

import ast
import json
import operator
import re
import sys
import warnings

LOADERS = {
    "importlib": {"import_module", "__import__"},
    "builtins": {"__import__"},
    "__builtin__": {"__import__"},
    "__builtins__": {"__import__"},
    "pytest": {"importorskip"},
}
ANCHORS = {"import_module": "package", "__import__": "globals"}
OWN = {"__package__", "__name__", "__spec__.parent", "__spec__.name", "globals()", "locals()", "vars()"}
VERSION_CONSTANT = re.compile(r"_?(?:is_?)?py(?:thon)?_?([23])k?", re.IGNORECASE)
COMPARISONS = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
ABSENCE = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def last_name(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def catches_absence(types):
    if types is None:
        return True
    if isinstance(types, ast.Tuple):
        return any(catches_absence(each) for each in types.elts)
    return last_name(types) in ABSENCE


def is_type_checking(test):
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_type_checking(value) for value in test.values)
    return last_name(test) == "TYPE_CHECKING"


def is_not_type_checking(test):
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and is_type_checking(test.operand)


def version_test(test):
    """What a test of the version comes to on every Python from 3.9 on; None where that depends."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        value = version_test(test.operand)
        return None if value is None else not value
    if isinstance(test, ast.BoolOp):
        values = [version_test(value) for value in test.values]
        decisive = isinstance(test.op, ast.Or)
        return decisive if decisive in values else None if None in values else not decisive
    if isinstance(test, (ast.Name, ast.Attribute)):
        constant = VERSION_CONSTANT.fullmatch(last_name(test))
        return constant and constant[1] == "3"
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    compare = COMPARISONS.get(type(test.ops[0]))
    try:
        other = ast.literal_eval(test.comparators[0])
    except ValueError:
        return None
    values = versions(ast.unparse(test.left), other)
    if compare is None or values is None:
        return None
    outcomes = {compare(value, other) for value in values}
    return outcomes.pop() if len(outcomes) == 1 else None


def versions(name, other):
    """What an expression may be, from the first version that counts to any later one."""
    name = name.removeprefix("sys.")
    if name in {"version_info[0]", "version_info.major"} and isinstance(other, int):
        return [3]
    if name == "version[0]" and isinstance(other, str):
        return ["3"]
    if name == "hexversion" and isinstance(other, int):
        return [0x3090000, 0x3FF0000]
    if name == "version" and isinstance(other, str) and other.isdigit():
        return ["3.9", "3.99"]
    if re.fullmatch(r"version_info(\[:[2-9]\])?", name) and isinstance(other, tuple):
        return [(3, 9), (3, 9, 9), (3, 99, 9)]
    return None


def suppresses_absence(item):
    call = item.context_expr
    return (
        isinstance(call, ast.Call)
        and last_name(call.func)
        in ("suppress", "raises", "assertRaises", "assertRaisesRegex")
        and any(catches_absence(argument) for argument in call.args)
    )


class Bindings(ast.NodeVisitor):
    """The names under which the file knows the loaders and their modules."""

    def __init__(self):
        self.modules = {name: name for name in LOADERS}
        self.functions = {"__import__": "__import__"}

    def visit_Import(self, node):
        for alias in node.names:
            if alias.asname and alias.name in LOADERS:
                self.modules[alias.asname] = alias.name

    def visit_ImportFrom(self, node):
        loaders = LOADERS.get(node.module, set()) if node.level == 0 else set()
        for alias in node.names:
            if alias.name == "*":
                self.functions.update({name: name for name in loaders})
            elif alias.name in loaders:
                self.functions[alias.asname or alias.name] = alias.name

    def visit_Assign(self, node):
        self.generic_visit(node)
        loader = self.loader(node.value)
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if loader and isinstance(target, ast.Name):
                self.functions[target.id] = loader

    visit_AnnAssign = visit_Assign

    def loader(self, function):
        if isinstance(function, ast.Name):
            return self.functions.get(function.id)
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            module = self.modules.get(function.value.id)
            if module and function.attr in LOADERS[module]:
                return function.attr
        return None


class Imports(ast.NodeVisitor):
    def __init__(self, bindings):
        self.bindings = bindings
        self.found = []
        self.kind = "static"
        self.optional = False
        self.obsolete = False

    def visit(self, node):
        for value in handed_on(node, self.bindings):
            if self.bindings.loader(value):
                self.found.append([value.lineno, "dynamic", None, [], self.optional and not isinstance(node, ast.Lambda)])
        super().visit(node)

    def within(self, nodes, kind=None, optional=None, obsolete=False):
        before = self.kind, self.optional, self.obsolete
        self.kind = kind or self.kind
        self.obsolete = self.obsolete or obsolete
        self.optional = self.obsolete or (self.optional if optional is None else optional)
        for node in nodes:
            self.visit(node)
        self.kind, self.optional, self.obsolete = before

    def visit_Import(self, node):
        for alias in node.names:
            self.found.append([alias.lineno, self.kind, alias.name, [], self.optional])

    def visit_ImportFrom(self, node):
        names = [alias.name for alias in node.names]
        specifier = "." * node.level + (node.module or "")
        self.found.append([node.names[0].lineno, self.kind, specifier, names, self.optional])

    def visit_If(self, node):
        self.visit(node.test)
        value = version_test(node.test)
        self.within(
            node.body, kind="type" if is_type_checking(node.test) else None, obsolete=value is False
        )
        self.within(
            node.orelse, kind="type" if is_not_type_checking(node.test) else None, obsolete=value is True
        )

    def visit_Try(self, node):
        absence = [handler for handler in node.handlers if catches_absence(handler.type)]
        self.within(node.body, optional=True if absence else None)
        for handler in node.handlers:
            if handler.type:
                self.visit(handler.type)
            self.within(handler.body, optional=True if handler in absence else None)
        self.within(node.orelse)
        self.within(node.finalbody)

    visit_TryStar = visit_Try

    def visit_With(self, node):
        for item in node.items:
            self.visit(item)
        suppressed = any(suppresses_absence(item) for item in node.items)
        self.within(node.body, optional=True if suppressed else None)

    def visit_function(self, node):
        for decorator in getattr(node, "decorator_list", []):
            self.visit(decorator)
        node.decorator_list = []
        self.within(ast.iter_child_nodes(node), optional=False)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = visit_function

    def visit_ClassDef(self, node):
        """A member that is a loader is called by way of instances, where nobody can tell what it loads."""
        for statement in node.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and self.bindings.loader(statement.value):
                self.found.append([statement.value.lineno, "dynamic", None, [], self.optional])
        self.generic_visit(node)

    def visit_Call(self, node):
        loader = self.bindings.loader(node.func)
        if loader:
            self.record(node, loader)
        self.generic_visit(node)

    def record(self, node, loader):
        arguments = {keyword.arg: keyword.value for keyword in node.keywords}
        first = node.args[0] if node.args else arguments.get("modname" if loader == "importorskip" else "name")
        first = first or arguments.get(None)
        if first is None:
            return
        specifier = literal(first)
        if specifier == "":
            return
        level = node.args[4] if len(node.args) > 4 else arguments.get("level")
        level = level.value if isinstance(level, ast.Constant) and type(level.value) is int else 0
        level = level if loader == "__import__" and level > 0 else 0
        if specifier is None and loader in ANCHORS and first is not arguments.get(None):
            dots = re.match(r"\.*", first_text(first))[0]
            specifier = "." * level + dots if dots or level and not isinstance(first, ast.Starred) else None
        elif specifier:
            specifier = "." * level + specifier
        if loader in ANCHORS and specifier and specifier.startswith("."):
            anchor = node.args[1] if len(node.args) > 1 else arguments.get(ANCHORS[loader], arguments.get(None))
            if anchor is not None and ast.unparse(anchor) not in OWN:
                specifier = absolute(specifier, literal(anchor))
                first = anchor if specifier is None else first
        self.found.append([first.lineno, "dynamic", specifier, [], self.optional or loader == "importorskip"])


def handed_on(node, bindings):
    """What a node gives to somebody else: who gets a loader loads what nobody can tell."""
    match node:
        case ast.Call() if not bindings.loader(node.func):
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            elsewhere = [each for each in targets if not isinstance(each, ast.Name) and not bindings.loader(each)]
            return [node.value] * len(elsewhere)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return list(node.decorator_list)
        case ast.arguments():
            return [*node.defaults, *(default for default in node.kw_defaults if default)]
        case ast.BoolOp() | ast.Dict():
            return node.values
        case ast.IfExp():
            return [node.test, node.body, node.orelse]
        case ast.List() | ast.Set() | ast.Tuple():
            return node.elts
        case ast.Lambda():
            return [node.body]
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            return [node.iter]
        case ast.Return() | ast.Yield() | ast.Starred():
            return [node.value]
        case ast.Match():
            return [node.subject]
        case _:
            return []


def first_text(node):
    """The text that the value of an expression begins with for certain."""
    match node:
        case ast.Constant(str(value)):
            return value
        case ast.JoinedStr([value, *_]) | ast.BinOp(value, ast.Add() | ast.Mod()):
            return first_text(value)
        case ast.Call(ast.Attribute(value, "format")):
            return first_text(value)
        case _:
            return ""


def absolute(specifier, base):
    if not base:
        return None if base is None else specifier
    name = specifier.lstrip(".")
    parts = base.split(".")
    above = parts[: max(1, len(parts) + 1 - (len(specifier) - len(name)))]
    return ".".join([*above, name] if name else above)


def literal(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and all(isinstance(value, ast.Constant) for value in node.values):
        return "".join(value.value for value in node.values)
    return None


def read(path):
    try:
        with open(path, "rb") as file:
            tree = ast.parse(file.read())
        bindings = Bindings()
        bindings.visit(tree)
        imports = Imports(bindings)
        imports.visit(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError) as error:
        return {"path": path, "error": f"{type(error).__name__}: {error}"}
    return {"path": path, "imports": imports.found}


warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)
for line in sys.stdin:
    print(json.dumps(read(line.rstrip("\n"))), flush=True)
