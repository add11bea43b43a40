"""The examples in deploy/ are what their programs take, and call commands that there are."""

import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from scraper.cli import main

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/srv/dateline/.venv/bin/dateline"
CALLED = re.compile(r"(?:/srv/dateline/)?\.venv/bin/dateline (.+?)(?: 2>&1\).*| >>.*)?$")


def command_lines() -> dict[str, list[str]]:
    """Return every call of dateline in the examples, by file and number."""
    found = {}
    for path in [DEPLOY / "crontab", *UNITS]:
        for number, line in enumerate(path.read_text("utf8").splitlines()):
            called = CALLED.search(line)
            if called and not line.startswith("#"):
                found[f"{path.name}:{number + 1}"] = shlex.split(called[1])
    for path in (DEPLOY / "launchd").iterdir():
        found[path.name] = plistlib.loads(path.read_bytes())["ProgramArguments"][1:]
    services = yaml.safe_load((DEPLOY / "docker" / "compose.yaml").read_text("utf8"))["services"]
    for name, service in services.items():
        found[f"compose.yaml:{name}"] = service["command"]
    return found


LINES = command_lines()


@pytest.mark.parametrize("arguments", LINES.values(), ids=LINES)
def test_it_calls_a_command_there_is(arguments: list[str]) -> None:
    group: click.Command = main
    rest = list(arguments)
    while isinstance(group, click.Group):
        name = rest.pop(0)
        assert name in group.commands, f"there is no dateline {name}"
        group = group.commands[name]
    with group.make_context(group.name, rest, resilient_parsing=False):
        pass


def test_every_way_to_run_it_has_an_example() -> None:
    assert len(LINES) >= 9
    called = [arguments[0] for arguments in LINES.values()]
    assert {"schedule", "serve", "backup", "health"} <= set(called)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_it(unit: Path, tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("there is no systemd-analyze here")
    for other in UNITS:  # the program stands where this machine has one
        text = other.read_text("utf8").replace(PROGRAM, "/bin/true")
        (tmp_path / other.name).write_text(text, "utf8")
    done = subprocess.run(
        [systemd, "verify", "--man=no", tmp_path / unit.name.replace("@.", "@x.")],
        capture_output=True,
        text=True,
    )
    ours = [line for line in done.stderr.splitlines() if "dateline" in line]
    assert done.returncode == 0, done.stderr
    assert not ours


def test_what_units_read_and_begin_is_there() -> None:
    names = {unit.name for unit in UNITS}
    for unit in UNITS:
        text = unit.read_text("utf8")
        for begun in re.findall(r"^OnFailure=(.+)$", text, re.M):
            assert begun.replace("%N", "") in names
        for read in re.findall(r"^EnvironmentFile=/srv/dateline/(.+)$", text, re.M):
            assert (DEPLOY / read).exists()
        assert "Environment=DATELINE" not in text, "one place for what an operator sets"
        timer = unit.with_suffix(".timer")
        if unit.suffix == ".service" and timer.exists():
            assert "[Install]" not in text, "its timer begins it"
    steps = (DEPLOY.parent / "docs" / "operating.md").read_text("utf8")
    assert "deploy/dateline.env" in steps
    for writable in re.findall(r"^ReadWritePaths=(.+)$", "".join(map(Path.read_text, UNITS)), re.M):
        assert all(path in steps for path in writable.split())
    backups = [words for words in LINES.values() if words[0] == "backup"]
    assert len(backups) == 2
    assert all("--with-captures" in words for words in backups)


def test_the_surroundings_are_the_same_for_systemd_and_a_shell(tmp_path: Path) -> None:
    text = (DEPLOY / "dateline.env").read_text("utf8")
    (tmp_path / "all.env").write_text(re.sub(r"^# (?=DATELINE_)", "", text, flags=re.M), "utf8")
    done = subprocess.run(
        ["/bin/sh", "-c", "set -a; . ./all.env; env"], cwd=tmp_path, capture_output=True, text=True
    )
    assert not done.stderr
    read = dict(line.split("=", 1) for line in done.stdout.splitlines() if "DATELINE_" in line)
    assert set(read) == {"DATELINE_CONTACT", "DATELINE_DB", "DATELINE_ALERTS"}
    assert len(read["DATELINE_ALERTS"].split()) == 2


@pytest.mark.parametrize(("code", "mailed"), [(0, ""), (3, "told\n")])
def test_cron_mails_only_what_needs_a_person(tmp_path: Path, code: int, mailed: str) -> None:
    (tmp_path / "dateline.env").write_text("DATELINE_DB=x\n")
    program = tmp_path / ".venv" / "bin" / "dateline"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho told\nexit {code}\n")
    program.chmod(0o755)
    lines = [
        line.split(None, 5)[5]
        for line in (DEPLOY / "crontab").read_text("utf8").splitlines()
        if line[:1] in "*0123456789" and line
    ]
    assert len(lines) == 3
    for line in lines:
        if "flock" in line and shutil.which("flock") is None:
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", line.replace("/srv/dateline ", f"{tmp_path} ")],
            capture_output=True,
            text=True,
        )
        assert done.stdout == ("" if "schedule" in line else mailed)
        assert not done.stderr


def test_the_image_is_made_of_what_is_sent_to_it() -> None:
    folder = DEPLOY / "docker"
    sent = {
        line[1:]
        for line in (folder / "Dockerfile.dockerignore").read_text("utf8").splitlines()
        if line.startswith("!")
    }
    copied = re.findall(r"^COPY (.+) \S+$", (folder / "Dockerfile").read_text("utf8"), re.M)
    named = {name.removesuffix("/") for line in copied for name in line.split()}
    assert named == sent
    assert all((DEPLOY.parent / name).exists() for name in sent)
    services = yaml.safe_load((folder / "compose.yaml").read_text("utf8"))["services"]
    assert "DATELINE_ALERTS" in services["schedule"]["environment"]
    assert ".[alerts," in (folder / "Dockerfile").read_text("utf8")
    assert services["schedule"]["volumes"] == services["serve"]["volumes"]
