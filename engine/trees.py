"""Where packs are: their files by name, in the trees given and in the one that ships."""

from __future__ import annotations

from pathlib import Path

from tieuchi.engine.diagnostic import Faults, Mark, near, problem

SHIPPED = Path(__file__).resolve().parent.parent / "rules"


def pack_files(*trees: Path) -> dict[str, Path]:
    """The file of every pack in the trees and of those that ship, by name; the first tree wins."""
    found: dict[str, Path] = {}
    for tree in (*trees, SHIPPED):
        for path in sorted(tree.rglob("*.yaml")):
            if not path.name.endswith(".test.yaml"):
                found.setdefault(path.stem, path)
    return found


def is_path(name: str) -> bool:
    """Whether a pack is given by its file rather than by its name."""
    return name.endswith((".yaml", ".yml")) or "/" in name


def find_pack(name: str, *trees: Path, at: Mark | None = None) -> Path:
    """The file of a pack given by name or by path; `at` is where it was named. Raises `Faults`."""
    if is_path(name):
        return Path(name)
    files = pack_files(*trees)
    if name not in files:
        raise Faults([problem("pack-unknown", at or Mark(name), name=name, near=near(name, files))])
    return files[name]


def trees_for(name: str, *trees: Path) -> tuple[Path, ...]:
    """The trees that a pack's `use` looks into: its own folder first if it is given by path."""
    return (Path(name).parent, *trees) if is_path(name) else trees


def shown(path: Path) -> str:
    """A pack's file as faults show it: from the folder of the packs that ship, else as given."""
    try:
        return str(path.resolve().relative_to(SHIPPED.parent))
    except ValueError:
        return str(path)
