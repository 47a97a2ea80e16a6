"""The batch and its command: the same cents in any chunks, whole lines whatever happens, a clear end."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import pytest

from guichet import law
from guichet.operations import batches, json_lines

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "data" / "law_cases.jsonl").read_text("utf-8").splitlines()
]
COMMAND = [sys.executable, "-m", "guichet.cli", "calculate"]
GOOD = {
    "id": "good",
    "period": "2013-01",
    "situation": {
        "individus": {"a": {"date_naissance": "1980-01-01"}},
        "familles": {"f": {"parents": ["a"]}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"]}},
        "menages": {"m": {"personne_de_reference": ["a"]}},
    },
    "variables": ["rsa"],
}


def question(case):
    return {
        "id": case["id"],
        "period": case["period"],
        "situation": case["situation"],
        "variables": [name for name in case["expected"] if name != "aide_logement_gross_crds"],
    }


def answered(raw, executor=None):
    return [json.loads(line) for line in b"".join(batches.answers(io.BytesIO(raw), "guichet", executor)).splitlines()]


def answers(questions, executor=None):
    return answered(b"\n".join(json.dumps(question).encode() for question in questions), executor)


@pytest.fixture(scope="module")
def sample():
    """Cases of few months, some of them side by side in one simulation."""
    chosen = [question(case) for case in CASES if case["period"] in ("2013-01", "2015-02", "2022-07")][:40]
    return chosen + [{**chosen[0], "id": f"twin {rank}"} for rank in range(5)]


def test_any_chunks_any_order_any_processes(sample, monkeypatch):
    expected = {r["id"]: r for r in answers(sample)}
    assert all("values" in answer for answer in expected.values())
    shuffled = random.Random(1).sample(sample, len(sample))
    monkeypatch.setattr(json_lines, "LINES_OF_A_CHUNK", 3)
    alone = answers(shuffled)
    with ProcessPoolExecutor(2) as executor:
        shared = answers(shuffled, executor)
    assert [r["id"] for r in alone] == [r["id"] for r in shared] == [q["id"] for q in shuffled]
    assert alone == shared == [expected[q["id"]] for q in shuffled]


def test_a_bad_line_does_not_touch_the_others():
    bad = {**GOOD, "id": 7, "variables": ["rsaa"]}
    source = [
        json.dumps(GOOD).encode(),
        b"{",
        b"",
        b'{"id": "\xff"}',
        b'{"id": "infinite", "period": 1e400}',
        b"[" * 20_000 + b"]" * 20_000,
        b"[]",
        json.dumps(bad).encode(),
        b'{"id": "x", "id": "y"}',
        b'{"id": "nothing asked"}',
        json.dumps({**GOOD, "id": None}).encode(),
        json.dumps(bad | {"id": None}).encode(),
        json.dumps(GOOD | {"id": 10**30}).encode(),
        json.dumps(GOOD | {"id": ["x"]}).encode(),
        b'{"id": ' + b'{"a":' * 400 + b"1" + b"}" * 400 + b"}",
        b'{"id": "\\ud800"}',
        b"\xef\xbb\xbf" + json.dumps(GOOD | {"id": "with its mark"}).encode() + b"\r",
        b"{" + b",".join(b'"%d":0' % rank for rank in range(200_000)) + b',"0":0}',
    ]
    found = answered(b"\n".join(source))
    assert [(r["id"], r.get("line"), "error" in r) for r in found] == [
        ("good", None, False),
        (None, 2, True),
        (None, 4, True),
        ("infinite", None, True),
        (None, 6, True),
        (None, 7, True),
        (7, None, True),
        (None, 9, True),
        ("nothing asked", None, True),
        (None, None, False),
        (None, 12, True),
        (None, 13, True),
        (None, 14, True),
        (None, 15, True),
        (None, 16, True),
        ("with its mark", None, False),
        (None, 18, True),
    ]
    assert "did you mean 'rsa'" in found[6]["error"]


def test_a_long_line_is_refused_without_being_held():
    long = b'{"id": "' + b"a" * 50_000_000 + b'"}'
    good = json.dumps(GOOD).encode()
    refused = "the line is longer than 10 MB."
    for source in (long + b"\n" + good + b"\n" + long, b"\n" + long + b"\n\n" + good):
        numbers = [number for chunk in json_lines.chunks(io.BytesIO(source)) for number, raw in chunk if raw is None]
        assert numbers == ([1, 3] if source[:1] == b"{" else [2])
        found = answered(source)
        assert [r for r in found if "error" in r] == [{"id": None, "line": n, "error": refused} for n in numbers]
        assert sum("values" in r for r in found) == 1


def test_a_fault_of_ours_is_the_answer_of_its_line_only(monkeypatch):
    real = law.calculate_many

    def faulty(questions, which):
        if any(question["id"] == "faulty" for question in questions):
            raise KeyError("x")
        return real(questions, which)

    monkeypatch.setattr(law, "calculate_many", faulty)
    found = answers([GOOD, GOOD | {"id": "faulty"}, GOOD])
    assert found[1] == {"id": "faulty", "error": "situation: no answer can be computed (KeyError)."}
    assert found[0] == found[2] == {"id": "good", "values": {"rsa": 483.24}}


class Counting(Executor):
    """Computes at once, and counts what is submitted and not yet read."""

    def __init__(self):
        self.submitted = 0

    def submit(self, function, /, *arguments):
        self.submitted += 1
        future = Future()
        future.set_result(function(*arguments))
        return future


def test_few_chunks_are_under_way(monkeypatch):
    monkeypatch.setattr(batches, "answered", lambda chunk, _: b"\n" * len(chunk))
    counting = Counting()
    read = 0
    for raw in batches.answers(io.BytesIO(b"{}\n" * 100_000), "guichet", counting, 5):
        read += 1
        assert counting.submitted - read <= 5
        assert raw.count(b"\n") <= json_lines.LINES_OF_A_CHUNK
    assert read == counting.submitted > 1000


class Promise(Future):
    """Is computed when it is waited for."""

    def __init__(self, calculation):
        super().__init__()
        self.calculation = calculation

    def result(self, timeout=None):
        self.set_result(self.calculation())
        return super().result()


class Slow(Executor):
    """Takes all, and does nothing before it must."""

    def submit(self, function, /, *arguments):
        return Promise(lambda: function("workers", *arguments))


def test_what_no_worker_can_take_is_answered_here():
    """In the order of the arguments, faults too; and little is kept when a worker stays silent."""

    def function(*given):
        if given[-1] >= 8:
            raise ValueError(given[-1])
        return given

    answers = batches.in_order(function, ((rank,) for rank in range(20)), Slow(), 2)
    assert list(itertools.islice(answers, 8)) == [
        *(("workers", rank) for rank in (0, 1)),
        *((rank,) for rank in (2, 3)),
        *(("workers", rank) for rank in (4, 5)),
        *((rank,) for rank in (6, 7)),
    ]
    with pytest.raises(ValueError, match="8"):
        next(answers)


def run(*arguments, source=b"", **options):
    return subprocess.run([*COMMAND, *arguments], input=source, capture_output=True, check=False, **options)


def test_command(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps({**GOOD, "id": rank}) for rank in range(130)), "utf-8")
    done = run("--workers", "2", str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in found] == list(range(130))
    assert len({str(r["values"]) for r in found}) == 1
    stock = run("--law", "stock", source=json.dumps(GOOD).encode())
    assert json.loads(stock.stdout)["values"].keys() == {"rsa"}


@pytest.mark.parametrize("arguments", [("--workers", "0"), ("--workers", "x"), ("--law", "lex"), ("a", "b"), ("--nope",)])
def test_badly_called(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"guichet")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("file", ["/nowhere/questions.jsonl", "/"])
def test_missing_file(file):
    done = run(file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(f"guichet calculate: {file}: ".encode())
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND], input=json.dumps(GOOD).encode(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"guichet calculate: standard output: No space left on device\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_who_asks_line_by_line_is_answered_line_by_line(workers):
    line = json.dumps(GOOD).encode() + b"\n"
    with subprocess.Popen(
        [*COMMAND, "--workers", workers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as program:
        for begin, end in ((line, b""), (line[:40], line[40:])):
            program.stdin.write(begin)
            program.stdin.write(end)
            assert json.loads(program.stdout.readline())["id"] == "good"
        program.stdin.write(line.strip())
        program.stdin.close()
        assert json.loads(program.stdout.read())["id"] == "good"
    assert program.returncode == 0


def _running(*arguments):
    """The command on an endless input, once it has answered something."""
    program = subprocess.Popen([*COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    line = json.dumps(GOOD).encode() + b"\n"
    os.set_blocking(program.stdin.fileno(), False)
    outputs = b""
    os.set_blocking(program.stdout.fileno(), False)
    deadline = time.monotonic() + 120
    rest = b""  # a full pipe takes part of a line: the rest must follow
    while outputs.count(b"\n") < 64 and time.monotonic() < deadline:
        rest = rest or line * 20
        with contextlib.suppress(BlockingIOError):
            rest = rest[os.write(program.stdin.fileno(), rest) :]
        outputs += program.stdout.read() or b""
        time.sleep(0.005)
    return program, outputs


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted_between_lines(number, workers):
    program, outputs = _running("--workers", workers)
    program.send_signal(number)
    os.set_blocking(program.stdout.fileno(), True)
    outputs += program.stdout.read()
    errors = program.stderr.read()
    assert program.wait(30) == 1
    assert outputs.endswith(b"\n")
    assert all(json.loads(line)["id"] == "good" for line in outputs.splitlines())
    assert errors.count(b"\n") == 1
    assert f"interrupted after {outputs.count(chr(10).encode())} answers".encode() in errors


def test_reader_gone():
    program, _ = _running()
    program.stdout.close()
    program.stdin.close()
    assert program.stderr.read() == b""
    assert program.wait(30) in (0, 1)  # 0 when all was already written


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_worker_killed_is_said():
    program, outputs = _running("--workers", "2")
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text("ascii").split()
    os.kill(int(children[0]), signal.SIGKILL)
    os.set_blocking(program.stdin.fileno(), True)
    try:
        program.stdin.write(json.dumps(GOOD).encode() + b"\n")
        program.stdin.close()
    except BrokenPipeError:
        pass
    os.set_blocking(program.stdout.fileno(), True)
    outputs += program.stdout.read()
    errors = program.stderr.read()
    assert program.wait(60) == 1
    assert b"a worker process died after" in errors
    assert b"Traceback" not in errors
    assert not outputs or outputs.endswith(b"\n")
