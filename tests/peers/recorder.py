"""A server that answers with the examples of the spec and records what it is sent.

It checks nothing. If both clients make the same mistake, the other servers of this project find it.
"""

import json
import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import yaml

# Cursors need not be ids. Clients have to send them back unchanged.
CURSORS = ["page 1/ä?&=#+%2F", "page\t2"]

# Scenarios in which a list has three pages. In `gap`, the second one is empty.
WALKS = ["walk", "gap", "back"]


@dataclass
class Request:
    """A request as the server received it, with header names in lower case."""

    scenario: str
    method: str
    target: str
    headers: dict
    body: bytes


class Recorder:
    """The server, on a free port of this machine."""

    def __init__(self, spec_path):
        with open(spec_path, encoding="utf-8") as file:
            self.routes = list(routes(yaml.safe_load(file)))
        self.lock = threading.Lock()
        self.requests = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("content-length") or 0)
                headers = {}
                for name, value in self.headers.items():
                    headers.setdefault(name.lower(), []).append(value)
                scenario = headers.pop("x-scenario", ["?"])[0]
                request = Request(scenario, self.command, self.path, headers, self.rfile.read(length))
                status, extra, body = recorder.record(request)
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"content-type": "application/json", "x-request-id": "req_1", **extra}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self):
        """Returns the requests since the last call."""
        with self.lock:
            requests, self.requests = self.requests, []
        return requests

    def record(self, request):
        """Records a request, and returns status, headers and body of the answer."""
        with self.lock:
            first = all(known.scenario != request.scenario for known in self.requests)
            self.requests.append(request)
        kind, _, detail = request.scenario.partition("/")
        if kind == "fail" and first:
            return failure(detail)
        url = urlsplit(request.target)
        for method, pattern, example in self.routes:
            if method == request.method and pattern.fullmatch(url.path):
                return 200, {}, page(example, url.query, detail) if detail in WALKS else example
        return 404, {}, error("there is no such path", None)


def routes(spec):
    """Yields method, path and example of each operation."""
    for path, item in spec["paths"].items():
        pattern = re.compile("/v1" + re.sub(r"\{\w+\}", "[^/]+", path))
        for method, operation in item.items():
            media = operation["responses"]["200"]["content"]["application/json"]
            yield method.upper(), pattern, media["example"]


def page(example, query, detail):
    """Returns one of three pages. Its cursor leads to the next page, and is not an item's id."""
    query = parse_qs(query)
    cursor = query.get("after", query.get("before", [None]))[0]
    number = CURSORS.index(cursor) + 1 if cursor in CURSORS else 0
    data = [] if detail == "gap" and number == 1 else [{**example["data"][0], "id": f"object_{number}"}]
    last = number == len(CURSORS)
    cursor = "end" if last else CURSORS[number]
    return {**example, "data": data, "first_id": cursor, "last_id": cursor, "has_more": not last}


def failure(detail):
    """Returns a failure by its name: a status, and optionally a code or the value of `x-should-retry`."""
    status, _, special = detail.partition(" ")
    headers = {"retry-after-ms": "1"}
    if special in ("true", "false"):
        headers["x-should-retry"] = special
    code = special if special == "insufficient_quota" else None
    return int(status), headers, error("not now", code)


def error(message, code):
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
