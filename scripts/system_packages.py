"""Install what pip cannot: FluidSynth, a soundfont, a Chinese font; for tests a browser, oracles, a database.

    python3 scripts/system_packages.py [--test] [--dry-run]

Runs before there is a virtual environment, so it needs nothing but the standard library of Python
3.10. It looks first and installs only what is missing: with apt where that is allowed (root, or
sudo without a password), with brew on macOS. Where it may not install it prints one line with the
command to type and succeeds all the same: the application works without these (the browser then
makes the sound).

The soundfont is named on apt's own command line on purpose. FluidSynth's package depends on "some
General MIDI soundfont" and apt would pick a GPL-2 one by itself; FluidR3 Mono is under the MIT
licence.
"""

from __future__ import annotations

import argparse
import ctypes.util
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What the hosted Space installs too (packages.txt is written from this).
APT_SETUP = ("python3-venv",)  # Debian keeps pip for environments apart
APT_RUNTIME = ("libfluidsynth3", "fluidr3mono-gm-soundfont", "fonts-droid-fallback")
APT_TEST = ("abcmidi", "chromium", "nodejs")
# Asked for by itself: its name differs among systems, and the tests of that database are skipped without it.
APT_DATABASE = ("mariadb-server-core",)
BREW_RUNTIME = ("fluid-synth",)
BREW_TEST = ("node",)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def has_fluidsynth() -> bool:
    """Say whether the FluidSynth library can be loaded."""
    if ctypes.util.find_library("fluidsynth"):
        return True
    homebrew = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
    return any(next(folder.glob("libfluidsynth*.dylib"), None) for folder in homebrew)


def has_soundfont() -> bool:
    """Say whether a General MIDI soundfont is where the application looks for one."""
    spec = importlib.util.spec_from_file_location("find", ROOT / "soundfonts" / "find.py")
    assert spec is not None and spec.loader is not None, "soundfonts/find.py belongs to the project"
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name while the class is made.
    sys.modules["find"] = module
    spec.loader.exec_module(module)
    return module.find_soundfont() is not None


def has_chinese_font() -> bool:
    """Say whether a font with Chinese characters lies where the system keeps its fonts."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    known = ("*CJK*", "DroidSansFallback*", "wqy*", "*SourceHan*", "uming*", "ukai*")
    return any(next(folder.rglob(name), None) for folder in folders for name in known)


def has_any(*programs: str) -> bool:
    """Say whether one of the programs is on the path."""
    return any(shutil.which(program) for program in programs)


def missing(packages: Sequence[str]) -> list[str]:
    """Return the packages whose check fails, in order."""
    return [package for package in packages if not CHECKS[package]()]


CHECKS: dict[str, Callable[[], bool]] = {
    "python3-venv": lambda: importlib.util.find_spec("ensurepip") is not None,
    "libfluidsynth3": has_fluidsynth,
    "fluidr3mono-gm-soundfont": has_soundfont,
    "fonts-droid-fallback": has_chinese_font,
    "abcmidi": lambda: has_any("abc2midi"),
    "chromium": lambda: has_any(*BROWSERS),
    "nodejs": lambda: has_any("node", "nodejs"),
    "mariadb-server-core": lambda: has_any("mariadbd", "/usr/sbin/mariadbd"),
    "fluid-synth": has_fluidsynth,
    "node": lambda: has_any("node"),
}


def root_prefix() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo if it asks nothing, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    return None


def install_apt(packages: list[str], dry_run: bool) -> bool:
    """Install with apt-get; without the right to, say what to type and return False."""
    if "libfluidsynth3" in packages and "fluidr3mono-gm-soundfont" not in packages:
        # A soundfont elsewhere on the disk does not satisfy apt, which would then choose for us.
        packages = [*packages, "fluidr3mono-gm-soundfont"]
    names = " ".join(packages)
    by_hand = f"sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
    prefix = root_prefix()
    if prefix is None or dry_run:
        sys.stdout.write(f"Missing system packages. To install them: {by_hand}\n")
        return False
    sys.stdout.write(f"Installing system packages: {names}\n")
    sys.stdout.flush()
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    options = ["-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends"]
    update = [*prefix, *environment, "apt-get", "update", "-qq"]
    install = [*prefix, *environment, "apt-get", "install", *options, *packages]
    # An update that fails for one source must not stop an install that the others can serve.
    subprocess.run(update, check=False, stdout=subprocess.DEVNULL)
    if subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        sys.stdout.write(f"apt-get could not install them. To try by hand: {by_hand}\n")
        return False
    return True


def install_brew(packages: list[str], dry_run: bool) -> bool:
    """Install with Homebrew; where there is none, say what to type and return False."""
    by_hand = f"brew install {' '.join(packages)}"
    if dry_run or not shutil.which("brew"):
        sys.stdout.write(f"Missing for sound made by the server. To install it: {by_hand}\n")
        return False
    return subprocess.run(["brew", "install", "--quiet", *packages], check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """Install what is missing; always succeeds, because the application runs without."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="also what the tests use")
    parser.add_argument("--dry-run", action="store_true", help="only say what is missing")
    options = parser.parse_args(arguments)
    if platform.system() == "Darwin":
        packages = missing(BREW_RUNTIME + (BREW_TEST if options.test else ()))
        if packages:
            install_brew(packages, options.dry_run)
        if not has_soundfont():
            sys.stdout.write(
                "No General MIDI soundfont found: the browser makes the sound. For better sound "
                "put an .sf2 or .sf3 file into ~/Library/Audio/Sounds/Banks or name it in "
                "TUNEWRIGHT_SOUNDFONT.\n"
            )
    elif shutil.which("apt-get"):
        packages = missing(APT_SETUP + APT_RUNTIME + (APT_TEST if options.test else ()))
        database = missing(APT_DATABASE) if options.test else []
        for wanted in (packages, database):
            if wanted:
                install_apt(wanted, options.dry_run)
    elif missing(APT_RUNTIME):
        sys.stdout.write(
            "Please install FluidSynth and a General MIDI soundfont with your system's package "
            "manager (Fedora: sudo dnf install fluidsynth-libs fluid-soundfont-gm). Without them "
            "the browser makes the sound.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
