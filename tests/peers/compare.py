"""Makes the same calls with the vendor's SDK and with our client, and compares the requests.

Usage: compare.py SPEC PROGRAM. PROGRAM is the compiled `calls.rs`.
"""

import difflib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from calls import SCENARIOS
from recorder import Recorder

# Headers that may differ, with the reason. A header that no request has fails as well.
DIFFERENT_HEADERS = {
    "accept-encoding": "the SDK's HTTP library decompresses; our client requests no compression",
    "connection": "`keep-alive` is the default of HTTP/1.1",
    "user-agent": "each client has its own name",
    "x-stainless-arch": "the SDK tells its vendor about the machine",
    "x-stainless-async": "as above",
    "x-stainless-lang": "as above",
    "x-stainless-os": "as above",
    "x-stainless-package-version": "as above",
    "x-stainless-read-timeout": "as above",
    "x-stainless-retry-count": "as above",
    "x-stainless-runtime": "as above",
    "x-stainless-runtime-version": "as above",
}

# Calls that have to differ, with the reason.
DIFFERENT_CALLS = {
    "fail/429 insufficient_quota": "the SDK retries, but a used-up quota does not return within a second",
    "list/gap": "the SDK stops at an empty page and ignores `has_more`",
    "items/back": "the SDK goes forward from `before`, and sends `after` as well",
    "retrieve/encoded dots": "the SDK encodes and sends them; a proxy that decodes them would see `..`, so our client refuses them",
}

# Environment variables of each run, by the run's title.
ENVIRONMENTS = {
    "key alone": {},
    "organization and project": {"OPENAI_ORG_ID": "org_1", "OPENAI_PROJECT_ID": "proj_1"},
    "slash at the end of the base URL": {"slash": "/"},
}


def main(spec, program):
    recorder = Recorder(spec)
    sdk_program = [sys.executable, str(Path(__file__).with_name("calls.py"))]
    seen = Counter()
    wrong = calls = requests = 0
    for title, variables in ENVIRONMENTS.items():
        sdk = run(recorder, sdk_program, variables)
        ours = run(recorder, [program], variables)
        for name in SCENARIOS:
            theirs = [request_lines(request, seen, "SDK") for request in sdk[name][1]]
            own = [request_lines(request, seen, "ours") for request in ours[name][1]]
            calls += 1
            requests += len(own)
            difference = diff([*theirs, [sdk[name][0]]], [*own, [ours[name][0]]])
            if bool(difference) != (name in DIFFERENT_CALLS):
                wrong += 1
                print(f"\n{title}: {name}\n" + ("\n".join(difference) or "is equal, but has to differ"))
    for header in sorted(set(DIFFERENT_HEADERS) - set(seen)):
        wrong += 1
        print(f"\nno request has {header}; remove its reason")
    print(f"{calls} calls, {requests} requests compared: {wrong} differences")
    for header, reason in DIFFERENT_HEADERS.items():
        print(f"  not compared: header {header}, {reason}")
    for name, reason in DIFFERENT_CALLS.items():
        print(f"  differs: {name}, {reason}")
    return 1 if wrong or not requests else 0


def run(recorder, program, variables):
    """Runs a program, and returns outcome and requests of each scenario."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    environment["OPENAI_API_KEY"] = "sk-test"
    environment["OPENAI_BASE_URL"] = recorder.base_url + variables.get("slash", "")
    environment["NO_PROXY"] = environment["no_proxy"] = "127.0.0.1"
    environment["PYTHONIOENCODING"] = "utf-8"
    environment |= {name: value for name, value in variables.items() if name.startswith("OPENAI_")}
    command = [*program, *SCENARIOS]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", timeout=300)
    if done.returncode:
        sys.exit(f"{command[:2]} failed with {done.returncode}")
    outcomes = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    requests = defaultdict(list)
    for request in recorder.take():
        requests[request.scenario].append(request)
    strangers = set(requests) - set(SCENARIOS)
    if set(outcomes) != set(SCENARIOS) or strangers:
        sys.exit(f"{command[:2]} did not make exactly these calls: {set(SCENARIOS) ^ set(outcomes)} {strangers}")
    return {name: (outcomes[name], requests[name]) for name in SCENARIOS}


def request_lines(request, seen, who):
    """Returns a request as lines. They are equal if the server cannot distinguish two requests."""
    url = urlsplit(request.target)
    # Decoded segment by segment, because an encoded slash is not a separator.
    segments = [json.dumps(unquote(segment, errors="strict"), ensure_ascii=False) for segment in url.path.split("/")]
    lines = [request.method, *(f"path {segment}" for segment in segments[1:])]
    pairs = parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query), errors="strict")
    lines += sorted(f"query {name!r} = {value!r}" for name, value in pairs)
    headers = dict(request.headers)
    if not request.body:
        # The SDK sends a content type without a body. For our client that is an error.
        if headers.pop("content-type", None) and who == "ours":
            lines.append("content-type without a body")
    else:
        # Each JSON library writes spaces and escapes in its own way.
        del headers["content-length"]
    for name, values in sorted(headers.items()):
        if name in DIFFERENT_HEADERS:
            seen[name] += 1
        else:
            lines += [f"header {name}: {value}" for value in values]
    if request.body:
        # Compared as text, in which 2 is not 2.0 and true is not 1.
        body = json.dumps(json.loads(request.body), indent=2, sort_keys=True, ensure_ascii=False)
        lines += [f"body {line}" for line in body.splitlines()]
    return lines


def diff(theirs, own):
    """Returns a diff with all lines, or nothing if there is no difference."""
    if theirs == own:
        return []
    flat = [[line for lines in side for line in [*lines, ""]] for side in (theirs, own)]
    return list(difflib.unified_diff(*flat, "the SDK", "our client", n=99, lineterm=""))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
