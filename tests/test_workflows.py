"""The workflows fit GitHub's schema, run the developer's commands, and can do no more than they must."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = {"make", "make test", "make lint", "make advisories", "make sbom"}
# All that may be written, and by a job that deploys and does nothing else.
WRITING = {"pages": "write", "id-token": "write"}


def fits_the_schema(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def looseness(text: str) -> Iterator[str]:
    """What in a workflow is pinned, permitted or run more loosely than it need be."""
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    if workflow.get("permissions") != {"contents": "read"}:
        yield f"permissions: {workflow.get('permissions')}"
    if "concurrency" not in workflow:
        yield "no concurrency group"
    for name, job in workflow["jobs"].items():
        yield from (f"{name}: {complaint}" for complaint in _loose_job(job))
    for line in text.splitlines():
        if re.search(r"\buses:", line) and not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line):
            yield f"not pinned by commit with its version: {line.strip()}"
    if found := re.search(r"\$\{\{\s*(?:secrets|github\.event)\b[^}]*\}\}", text):
        yield f"uses {found[0]}"


def _loose_job(job: dict[str, Any]) -> Iterator[str]:
    permissions = job.get("permissions", {})
    actions = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    may_write = WRITING if actions == ["actions/deploy-pages"] else {}
    if {scope: level for scope, level in permissions.items() if level != "read"} != may_write:
        yield f"permissions: {permissions}"
    if "timeout-minutes" not in job:
        yield "no time limit"
    for step in job["steps"]:
        if "run" in step and step["run"] not in TARGETS:
            yield f"runs {step['run']}"
        if "actions/checkout" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") != "false":
            yield "checkout leaves its token behind"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_fits_the_schema(path: Path) -> None:
    checked = fits_the_schema(path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_schema_refuses_what_is_no_workflow(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("runs-on:", "runs-upon:"), "utf-8")
    assert fits_the_schema(wrong).returncode == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_tight(path: Path) -> None:
    assert list(looseness(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("tight", "loose", "complaint"),
    [
        (r"@[0-9a-f]{40} # v7.0.1", "@v7", "not pinned"),
        (r" # v7.0.1", "", "not pinned"),
        (r"^permissions:\n  contents: read", "permissions: write-all", "permissions: write-all"),
        (r"pages: read.*", "pages: write", "build: permissions"),
        (r"persist-credentials: false", "fetch-depth: 1", "build: checkout leaves its token behind"),
        (r"run: make$", "run: pip install pressmark", "build: runs pip install pressmark"),
        (r"^    timeout-minutes: 15\n", "", "build: no time limit"),
        (r"^concurrency:\n.*\n.*\n", "", "no concurrency group"),
        (r"python-version: .*", "python-version: ${{ secrets.PYTHON }}", "uses ${{ secrets.PYTHON }}"),
        (r"      pages: write", "      contents: write\n      pages: write", "deploy: permissions"),
    ],
)
def test_looseness_is_found(tight: str, loose: str, complaint: str) -> None:
    text = next(path for path in WORKFLOWS if path.name == "pages.yml").read_text("utf-8")
    loosened, count = re.subn(tight, lambda _: loose, text, count=1, flags=re.MULTILINE)
    assert count == 1
    found = list(looseness(loosened))
    assert len(found) == 1
    assert complaint in found[0]


def test_there_are_workflows_for_pages_and_tests() -> None:
    runs = {path.name: set(re.findall(r"run: (.+)", path.read_text("utf-8"))) for path in WORKFLOWS}
    assert runs == {
        "pages.yml": {"make"},
        "ci.yml": {"make test", "make lint", "make advisories"},
        "release.yml": {"make test", "make sbom"},
    }


def test_a_release_carries_the_list_of_what_it_is_made_of() -> None:
    steps = yaml.load((WORKFLOWS[0].parent / "release.yml").read_text("utf-8"), Loader=yaml.BaseLoader)["jobs"]
    assert steps["sbom"]["steps"][-1]["with"]["path"] == "dist/pressmark.cdx.json"


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_everything_is_locked_with_hashes_and_no_address(lock: Path) -> None:
    lines = [line for line in lock.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    pinned = [line for line in lines if not line.startswith(" ")]
    assert all(re.match(r"[a-z0-9-]+(\[[a-z,-]+\])?==[^ ]+ (; .+ )?\\$", line) for line in pinned)
    assert all(re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in lines if line not in pinned)
    assert len(lines) > 2 * len(pinned) - 1 > 1


def test_pages_publishes_what_make_builds() -> None:
    text = next(path for path in WORKFLOWS if path.name == "pages.yml").read_text("utf-8")
    build = yaml.load(text, Loader=yaml.BaseLoader)["jobs"]["build"]["steps"]
    used = [step.get("uses", step.get("run")).partition("@")[0] for step in build]
    assert used == [
        *("actions/checkout", "actions/setup-python", "actions/configure-pages"),
        *("make", "actions/upload-pages-artifact"),
    ]
    assert build[-1]["with"] == {"path": "_site"}
