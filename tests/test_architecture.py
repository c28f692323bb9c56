"""The shape of the code, as rules over its syntax trees; each rule is first shown a violation it must find."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

STAGES = {"intake", "read", "normalize", "annotate", "link", "render", "publish"}
VALUES = {"model", "problems"}
# A story puts stages in order; what it runs in parallel, and where it remembers results, is handed to it.
STORIES = {
    "add",
    "audit",
    "build",
    "check",
    "clean",
    "editions",
    "explain",
    "init",
    "learn",
    "normalizing",
    "review",
    "alone",
    "remembering",
    "memory",
    "redraw",
    "revise",
    "catalogue",
    "recatalogue",
    "serving",
}
# Those that may take their stages through the cache.
CACHING = {"build", "normalizing", "catalogue", "recatalogue", "cache"}
# What a part may import from; itself always. Nothing that is not listed here may exist.
ARROWS = {
    "__init__": set(),
    "dataclass": set(),
    "problems": {"dataclass"},
    "model": {"problems", "dataclass"},
    **dict.fromkeys(STAGES, VALUES),
    "read": VALUES | {"values"},
    "limits": set(),
    "parcels": VALUES,
    "parallel": VALUES | {"limits", "parcels"},
    "apart": {"limits", "parallel"},
    "values": {"dataclass"},
    "watching": {"dataclass"},
    "census": set(),
    "cluster": {"__init__"},
    "report": VALUES,
    "salt": {"census"},
    "stacks": {"values"},
    "storage": VALUES | {"census", "salt"},
    "cache": VALUES | {"parallel", "parcels", "storage", "values", "watching"},
    **{story: VALUES | STAGES | {"parallel"} for story in STORIES},
    "add": VALUES | STAGES | {"parallel", "apart"},
    "normalizing": VALUES | STAGES | {"parallel", "cache", "report", "stacks"},
    "alone": {"limits"},
    "memory": VALUES | {"link", "publish", "render", "values", "storage", "report"},
    "remembering": VALUES | {"link", "memory", "render", "values", "storage", "report"},
    "redraw": VALUES | STAGES | {"alone", "memory"},
    "revise": VALUES | STAGES | {"alone", "memory", "redraw", "storage", "values", "watching", "report"},
    "catalogue": VALUES
    | STAGES
    | {"alone", "cache", "memory", "normalizing", "parallel", "remembering", "report", "storage"},
    "recatalogue": VALUES | STAGES | {"cache", "catalogue", "memory", "parallel", "storage", "watching", "report"},
    "build": VALUES
    | STAGES
    | {"parallel", "cache", "watching", "report", "normalizing", "memory", "remembering", "stacks"},
    "cli": VALUES | STAGES | STORIES | {"parallel", "cache", "storage", "cluster", "watching", "census", "report"},
    "__main__": {"cli", "census"},
}
PURE = {"intake", "normalize", "annotate", "link", "render", "model", "problems"}

# Modules that reach outside the program, or whose answers depend on where and when it runs.
IMPURE_MODULES = {
    *("asyncio", "concurrent", "ctypes", "fcntl", "fileinput", "getpass", "glob", "http", "importlib", "inspect"),
    *("linecache", "locale", "logging", "mmap", "multiprocessing", "os", "pickle", "platform", "random", "requests"),
    *("secrets", "select", "shelve", "shutil", "signal", "socket", "socketserver", "sqlite3", "ssl", "subprocess"),
    *("tempfile", "threading", "time", "urllib.request", "webbrowser"),
}
IMPURE_NAMES = {
    "pathlib": {"Path", "PosixPath", "WindowsPath"},
    "io": {"open", "open_code", "FileIO"},
    "sys": {"argv", "exit", "stderr", "stdin", "stdout", "path", "modules", "platform", "setrecursionlimit"},
    "jinja2": {"FileSystemLoader", "PackageLoader", "ModuleLoader", "FileSystemBytecodeCache"},
    "codecs": {"open"},
    "uuid": {"uuid1", "uuid4", "uuid6", "uuid7", "getnode"},
}
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint", "hash", "id"}
IMPURE_METHODS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "mkdir", "rmdir", "unlink"),
    *("now", "utcnow", "today"),
}

# Letters: Hangul, kana, Han, bopomofo, in all their blocks. Punctuation is no word and may stand in code.
EAST_ASIAN_LETTERS = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u318f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9d\uffa0-\uffdc\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
VAGUE_NAMES = {"common", "helper", "helpers", "misc", "tools", "util", "utilities", "utils"}
MUTABLE_MAKERS = {"bytearray", "Counter", "defaultdict", "deque", "dict", "list", "OrderedDict", "set"}
LONGEST_MODULE, LONGEST_FUNCTION, MOST_POSITIONAL = 300, 60, 4

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module of the package: its path below `builder/` and what is written there."""

    path: str
    source: str

    @property
    def part(self) -> str:
        return Path(self.path).parts[0].removesuffix(".py")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in self.nodes if isinstance(node, ast.ClassDef))

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes if isinstance(node, Function))


Rule = Callable[[Module], Iterator[str]]


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Each module and each name from a module that is imported anywhere, lazily or for types alone included."""
    package = ["builder", *Path(module.path).parts[:-1]]
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def arrows(module: Module) -> Iterator[str]:
    """Imports point one way; stages never import one another; the cache is opened by cli and used by build alone."""
    if module.part not in ARROWS:
        yield f"{module.path}: no arrow leads to or from {module.part}"
        return
    for line, name in imports(module):
        parts = name.split(".")
        target = parts[1] if parts[0] == "builder" and len(parts) > 1 else None
        if target in ARROWS and target != "__init__" and target not in ARROWS[module.part] | {module.part}:
            yield f"{module.path}:{line}: {module.part} imports {target}"
        if name == "builder.cache.cached_map" and module.part not in CACHING:
            yield f"{module.path}:{line}: only a story of a build calls cached_map"


def purity(module: Module) -> Iterator[str]:
    """Values in, values out: no file, clock, environment, process, chance or printing in a pure stage.

    `hash()` is salted anew in each process, so it may serve a `__hash__` and nothing else.
    """
    if module.part not in PURE:
        return
    hashing = {id(n) for f in module.functions() if f.name == "__hash__" for n in ast.walk(f)}
    for line, name in imports(module):
        origin, _, last = name.rpartition(".")
        if any(name == bad or name.startswith(f"{bad}.") for bad in IMPURE_MODULES) or last in IMPURE_NAMES.get(
            origin, ()
        ):
            yield f"{module.path}:{line}: imports {name}"
    for node in module.nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if name in IMPURE_NAMES.get(owner, ()):
                yield f"{module.path}:{node.lineno}: uses {owner}.{name}"
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS and id(node) not in hashing:
                yield f"{module.path}:{node.lineno}: calls {name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in IMPURE_METHODS:
                yield f"{module.path}:{node.lineno}: calls .{name}()"


def no_words_of_east_asia(module: Module) -> Iterator[str]:
    """Words are data and stand in YAML; in code not even a comment holds one."""
    for number, line in enumerate(module.source.splitlines(), start=1):
        if found := EAST_ASIAN_LETTERS.search(line):
            yield f"{module.path}:{number}: holds {found[0]!a}"


def short_enough(module: Module) -> Iterator[str]:
    """A module is read in one sitting, a function on one screen."""
    lines = len(module.source.splitlines())
    if lines > LONGEST_MODULE:
        yield f"{module.path}: {lines} lines"
    for function in module.functions():
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{module.path}:{function.lineno}: {function.name} has {length} lines"


def few_positional_parameters(module: Module) -> Iterator[str]:
    """Past four, parameters are named where they are given."""
    for function in module.functions():
        given = [p for p in (*function.args.posonlyargs, *function.args.args) if p.arg not in {"self", "cls"}]
        if len(given) > MOST_POSITIONAL:
            yield f"{module.path}:{function.lineno}: {function.name} takes {len(given)} by position"


def telling_names(module: Module) -> Iterator[str]:
    """A drawer for everything is where nothing is found."""
    for part in Path(module.path).with_suffix("").parts:
        if part in VAGUE_NAMES:
            yield f"{module.path}: {part} says nothing"


def documented(module: Module) -> Iterator[str]:
    """What others may use says what it is."""
    if not ast.get_docstring(module.tree):
        yield f"{module.path}:1: no docstring"
    public = [owner for owner in module.classes() if not owner.name.startswith("_")]
    for body in (module.tree.body, *(owner.body for owner in public)):
        for node in body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not _is_explained(node):
                yield f"{module.path}:{node.lineno}: {node.name} has no docstring"


def _is_explained(node: Function | ast.ClassDef) -> bool:
    if any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list):
        return True
    return bool(ast.get_docstring(node))


def no_mutable_state(module: Module) -> Iterator[str]:
    """Nothing global changes: what lives as long as the program is a tuple, a frozenset or a read-only mapping."""
    for body in (module.tree.body, *(owner.body for owner in module.classes())):
        for node in body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and not _is_settled(node) and _is_mutable(node.value):
                yield f"{module.path}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"
    for deeper in module.nodes:
        if isinstance(deeper, ast.Global):
            yield f"{module.path}:{deeper.lineno}: global {', '.join(deeper.names)}"


def _is_settled(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    annotated = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
    return ast.unparse(targets[0]) in {"__all__", "__slots__"} or re.search(r"\bFinal\b", annotated) is not None


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in MUTABLE_MAKERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def lines(count: int, line: str = "x = 1") -> str:
    return "\n".join([line] * count)


# Rule, file, and what to write there; `None` where the rule has nothing against it.
PLANTED: list[tuple[Rule, str, str, str | None]] = [
    (arrows, "normalize/title.py", "from builder.render import pages", "normalize imports render"),
    (arrows, "normalize/title.py", "from builder import render", "normalize imports render"),
    (arrows, "normalize/title.py", "from ..read import captures", "normalize imports read"),
    (arrows, "normalize/title.py", "import builder.link.fold", "normalize imports link"),
    (arrows, "link/fold.py", "def f():\n    from builder.cache import Cache", "link imports cache"),
    (arrows, "model/site.py", "from builder.link import fold", "model imports link"),
    (arrows, "problems.py", "from builder.model import Capture", "problems imports model"),
    (arrows, "cli.py", "from builder.cache import cached_map", "only a story of a build calls cached_map"),
    (arrows, "cli.py", "from builder.cache import open_cache\nfrom builder.clean import clean_folder", None),
    (arrows, "clean.py", "from builder.build import build", "clean imports build"),
    (arrows, "clean.py", "from builder.cache import open_cache", "clean imports cache"),
    (arrows, "build.py", "import builder.cli", "build imports cli"),
    (arrows, "read/site.py", "from builder.build import build", "read imports build"),
    (arrows, "extras.py", "", "no arrow leads to or from extras"),
    (arrows, "normalize/title.py", "from builder.model import Draft\nfrom . import lines\nimport re", None),
    (arrows, "publish/stage.py", "from builder import __version__", None),
    (arrows, "build.py", "from builder.cache import cached_map\nfrom builder.read import captures", None),
    (purity, "link/fold.py", "import os", "imports os"),
    (purity, "link/fold.py", "from os import environ", "imports os.environ"),
    (purity, "link/fold.py", "def f():\n    import subprocess", "imports subprocess"),
    (purity, "link/fold.py", "from urllib.request import urlopen", "imports urllib.request.urlopen"),
    (purity, "render/pages.py", "from pathlib import Path", "imports pathlib.Path"),
    (purity, "render/pages.py", "import pathlib\nx = pathlib.Path('a')", "uses pathlib.Path"),
    (purity, "render/pages.py", "from jinja2 import FileSystemLoader", "imports jinja2.FileSystemLoader"),
    (purity, "render/pages.py", "with open('a') as f: pass", "calls open()"),
    (purity, "render/pages.py", "def f(p): return p.read_text()", "calls .read_text()"),
    (purity, "render/pages.py", "def f(p): p.write_bytes(b'')", "calls .write_bytes()"),
    (purity, "annotate/names.py", "import time\nx = time.time()", "imports time"),
    (purity, "annotate/names.py", "def f(): return datetime.now()", "calls .now()"),
    (purity, "annotate/names.py", "def f(): return date.today()", "calls .today()"),
    (purity, "annotate/names.py", "import random", "imports random"),
    (purity, "annotate/names.py", "import socket", "imports socket"),
    (purity, "render/feeds.py", "from uuid import uuid4", "imports uuid.uuid4"),
    (purity, "render/feeds.py", "import uuid\nx = uuid.uuid5(uuid.NAMESPACE_URL, 'a')", None),
    (purity, "annotate/names.py", "key = hash('a')", "calls hash()"),
    (purity, "model/site.py", "class A:\n    def __hash__(self): return hash(self.a)", None),
    (purity, "model/site.py", "import sys\nsys.stderr.write('')", "uses sys.stderr"),
    (purity, "problems.py", "print('a')", "calls print()"),
    (purity, "read/captures.py", "import os\nopen('a')", None),
    (purity, "normalize/dates.py", "from pathlib import PurePosixPath\nfrom datetime import time", None),
    (no_words_of_east_asia, "annotate/names.py", "x = '\uc2dc\uc9c4\ud551'", "annotate/names.py:1: holds"),
    (no_words_of_east_asia, "annotate/names.py", "x = 1\n# \u4e60\u8fd1\u5e73", "annotate/names.py:2: holds"),
    (no_words_of_east_asia, "annotate/names.py", "'''\u3042'''", "holds"),
    (
        no_words_of_east_asia,
        "annotate/names.py",
        "x = '\\uac00-\\ud7a3'  # \u201cquoted\u201d \u2014 \u0421\u0438",
        None,
    ),
    (short_enough, "cli.py", lines(301), "cli.py: 301 lines"),
    (short_enough, "cli.py", "def f():\n" + lines(60, "    x = 1"), "cli.py:1: f has 61 lines"),
    (short_enough, "cli.py", "def f():\n" + lines(59, "    x = 1") + "\n" + lines(240), None),
    (few_positional_parameters, "link/fold.py", "def f(a, b, c, d, e): ...", "f takes 5 by position"),
    (few_positional_parameters, "link/fold.py", "def f(a, b, c, d, *, e, g): ...", None),
    (few_positional_parameters, "link/fold.py", "class A:\n    def f(self, a, b, c, d): ...", None),
    (telling_names, "read/utils.py", "", "utils says nothing"),
    (telling_names, "helpers/dates.py", "", "helpers says nothing"),
    (telling_names, "read/settings.py", "", None),
    (documented, "cli.py", "x = 1", "cli.py:1: no docstring"),
    (documented, "cli.py", "'''Commands.'''\ndef run(): ...", "cli.py:2: run has no docstring"),
    (documented, "cli.py", "'''A.'''\nclass A:\n    '''A.'''\n    def b(self): ...", "b has no docstring"),
    (documented, "cli.py", "'''Commands.'''\ndef _run(): ...\nclass _A:\n    def b(self): ...", None),
    (no_mutable_state, "cache.py", "SEEN = []", "cache.py:1: SEEN = []"),
    (no_mutable_state, "cache.py", "SEEN: dict[str, int] = {}", "SEEN"),
    (no_mutable_state, "cache.py", "SEEN = collections.defaultdict(list)", "SEEN"),
    (no_mutable_state, "cache.py", "SEEN = {n for n in 'ab'}", "SEEN"),
    (no_mutable_state, "cache.py", "class A:\n    seen = set()", "seen = set()"),
    (no_mutable_state, "cache.py", "def f():\n    global count\n    count = 1", "global count"),
    (no_mutable_state, "cache.py", "__all__ = ['a']\nA: Final = {1: 2}\nB = frozenset({1})\nC = (1,)", None),
    (no_mutable_state, "cache.py", "A = MappingProxyType({1: 2})\ndef f():\n    x = []", None),
]
RULES = list(dict.fromkeys(planted[0] for planted in PLANTED))


@pytest.mark.parametrize(("rule", "path", "source", "complaint"), PLANTED)
def test_rule_finds_what_was_planted(rule: Rule, path: str, source: str, complaint: str | None) -> None:
    found = list(rule(Module(path, source)))
    if complaint is None:
        assert not found
    else:
        assert len(found) == 1
        assert complaint in found[0]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """Those of the package, each parsed once for all rules."""
    return [
        Module(path.relative_to(ROOT / "builder").as_posix(), path.read_text("utf-8"))
        for path in sorted((ROOT / "builder").rglob("*.py"))
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_builder_keeps_to(rule: Rule, modules: list[Module]) -> None:
    assert len(modules) > 10
    assert [complaint for module in modules for complaint in rule(module)] == []


def script_dangers(name: str, text: str) -> Iterator[str]:
    """What would let a page run, or need to run, more than the scripts the policy of each page names."""
    if name.endswith(".js"):
        for danger in (r"\beval\s*\(", r"\bnew\s+Function\b", r"document\.write", r"\.(?:inner|outer)HTML\s*\+?="):
            yield from (f"{name}: {found[0]}" for found in re.finditer(danger, text))
        yield from (f"{name}: {found[0]}" for found in re.finditer(r"set(?:Timeout|Interval)\(\s*['\"`]", text))
    else:
        for tag in re.finditer(r"<script\b([^>]*)>", text, re.IGNORECASE):
            # A script of type JSON is data: it is never run, and no policy counts it as a script.
            if not re.search(r"\bsrc\s*=|type\s*=\s*[\"']?application/(?:ld\+)?json", tag[1]):
                yield f"{name}: inline script {tag[0]}"
        yield from (f"{name}: {found[0].strip()}" for found in re.finditer(r"\son[a-z]+\s*=\s*[\"'{]", text))
        yield from (f"{name}: {found[0]}" for found in re.finditer(r"(?i)[\"'=]\s*javascript:", text))


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.js", "eval('1')", "eval("),
        ("a.js", "x = new Function('return 1')", "new Function"),
        ("a.js", "list.innerHTML = excerpt", ".innerHTML ="),
        ("a.js", "setTimeout('go()', 1)", "setTimeout('"),
        ("a.js", "document.write(x)", "document.write"),
        ("a.js", "retrieval(x); setTimeout(() => go(), 1); list.textContent = excerpt", None),
        ("a.html", "<script>go()</script>", "inline script <script>"),
        ("a.html", '<SCRIPT type="module">', "inline script"),
        ("a.html", '<button onclick="go()">', "onclick="),
        ("a.html", '<a href="javascript:go()">', "javascript:"),
        ("a.html", '<script src="a.js" defer></script><script type="application/ld+json">{}</script>', None),
        ("a.html", '<p lang="{{ l }}">a = "on"</p>', None),
    ],
)
def test_script_dangers_are_found(name: str, text: str, complaint: str | None) -> None:
    found = list(script_dangers(name, text))
    assert [complaint in one for one in found] == [True] if complaint else not found


def test_templates_hold_no_danger() -> None:
    kinds = {".html", ".js", ".xml", ".svg"}
    files = [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in kinds]
    assert files
    assert [danger for path in files for danger in script_dangers(path.name, path.read_text("utf-8"))] == []
