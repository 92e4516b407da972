"""Put the application on a Hugging Face Space: your own, by its name.

    python scripts/push_space.py OWNER/NAME [--private] [--dry-run]

Takes the files that git knows and the running application needs (no tests, no benchmarks), makes the
Space if there is none, and uploads them in one commit. Your token is read where the hub's own tools
keep it (HF_TOKEN or `hf auth login`); it is not printed and not stored. With --dry-run nothing is sent:
the files and their size are listed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (
    "README.md", "LICENSE", "CHANGELOG.md", "requirements.txt", "packages.txt", "pyproject.toml",
    "app.py", "spaces_config.yaml", "abc_tools/", "chat/", "library/", "lm/", "prompts/",
    "soundfonts/", "ui/", "docs/images/",
)  # fmt: skip
MOST_MEGABYTES = 200


def list_files() -> list[Path]:
    """Return the files of the application, as git knows them, in order."""
    known = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [
        ROOT / name
        for name in sorted(known)
        if name and any(name == n or (n.endswith("/") and name.startswith(n)) for n in NEEDED)
    ]


def push(name: str, files: list[Path], private: bool) -> str:
    """Upload the files as one commit and return the Space's address."""
    from huggingface_hub import CommitOperationAdd, HfApi

    hub = HfApi()
    hub.create_repo(name, repo_type="space", space_sdk="gradio", private=private, exist_ok=True)
    there = set(hub.list_repo_files(name, repo_type="space"))
    added = [CommitOperationAdd(str(path.relative_to(ROOT)), str(path)) for path in files]
    hub.create_commit(
        name, added, commit_message="Tunewright", repo_type="space",
    )  # fmt: skip
    left = there - {operation.path_in_repo for operation in added} - {".gitattributes"}
    if left:
        sys.stdout.write(f"Left as they were there: {', '.join(sorted(left)[:20])}\n")
    return f"https://huggingface.co/spaces/{name}"


def main(arguments: list[str]) -> int:
    """List or push; a wrong name ends in a sentence."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="OWNER/NAME of the Space")
    parser.add_argument("--private", action="store_true", help="make it private if it is new")
    parser.add_argument("--dry-run", action="store_true", help="list the files and send nothing")
    wanted = parser.parse_args(arguments)
    if wanted.name.count("/") != 1:
        sys.stdout.write("The Space is named OWNER/NAME.\n")
        return 2
    files = list_files()
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    sys.stdout.write(f"{len(files)} files, {megabytes:.1f} MB\n")
    if megabytes > MOST_MEGABYTES:
        sys.stdout.write("That is more than the application should weigh; nothing was sent.\n")
        return 1
    if wanted.dry_run:
        for path in files:
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        return 0
    sys.stdout.write(push(wanted.name, files, wanted.private) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
