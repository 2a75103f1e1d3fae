"""Makes the calls with the vendor's SDK. `calls.rs` makes the same ones, and the header `x-scenario` names each.

It prints a line for each call: its name, a tab, and the outcome.
"""

import sys

from openai import APIStatusError, Omit, OpenAI

ODD = "id ä/?#%&+;=@:,~*'()!$é😀%2F"

WORKFLOW = {"id": "wf_1"}

EVERY = {
    "workflow": {
        "id": "wf_3e9a7c5b1d2f4680",
        "version": "7",
        "state_variables": {"plan": "team", "seats": 12, "trial": False, "discount": 0.1},
        "tracing": {"enabled": False},
    },
    "user": "customer-1842",
    "expires_after": {"anchor": "created_at", "seconds": 600},
    "rate_limits": {"max_requests_per_1_minute": 20},
    "chatkit_configuration": {
        "automatic_thread_titling": {"enabled": False},
        "file_upload": {"enabled": True, "max_file_size": 512, "max_files": 3},
        "history": {"enabled": True, "recent_threads": 5},
    },
}

VALUES = {
    "empty": "",
    "text": "\"\\/\b\f\n\r\t\u007f\u2028é😀",
    "least": -(2**63),
    "most": 2**63 - 1,
    "third": 1 / 3,
    "large": 1e300,
    "small": 5e-324,
    "whole": 2.0,
    "yes": True,
    "clé 😀": "key",
}

EDGES = {
    "workflow": {"id": "wf_1", "state_variables": VALUES, "tracing": {}},
    "user": "Zoë \"\\\n😀",
    "rate_limits": {},
    "chatkit_configuration": {"automatic_thread_titling": {}, "file_upload": {}, "history": {}},
}

LIST = {"limit": 100, "order": "asc", "after": "cthr_1", "before": "cthr_9"}

SCENARIOS = {
    "create/least": lambda c: c.sessions.create(workflow=WORKFLOW, user="user_1"),
    "create/every": lambda c: c.sessions.create(**EVERY),
    "create/edges": lambda c: c.sessions.create(**EDGES),
    "create/broken": lambda c: c.sessions.create(
        workflow=WORKFLOW, user="user_1", expires_after={"anchor": "created_at", "seconds": 601}
    ),
    "create/extra": lambda c: c.sessions.create(
        workflow=WORKFLOW,
        user="user_1",
        extra_headers={"x-extra": "a, b"},
        extra_query={"dry run": "yes & no"},
        extra_body={"metadata": {"a": [None, 1]}, "user": "user_2"},
    ),
    "cancel/id": lambda c: c.sessions.cancel("cksess_1"),
    "cancel/odd": lambda c: c.sessions.cancel(ODD),
    "cancel/empty": lambda c: c.sessions.cancel(""),
    "list/least": lambda c: c.threads.list(),
    "list/every": lambda c: c.threads.list(**LIST, user="customer-1842"),
    "list/odd": lambda c: c.threads.list(after=ODD, user=ODD),
    "list/zero": lambda c: c.threads.list(limit=0, order="desc"),
    "list/walk": lambda c: list(c.threads.list(limit=1, order="desc", user="a b")),
    "list/gap": lambda c: list(c.threads.list(limit=1)),
    "retrieve/id": lambda c: c.threads.retrieve("cthr_1"),
    "retrieve/odd": lambda c: c.threads.retrieve(ODD),
    "retrieve/empty": lambda c: c.threads.retrieve(""),
    "retrieve/dot": lambda c: c.threads.retrieve("."),
    "retrieve/dots": lambda c: c.threads.retrieve(".."),
    "retrieve/encoded dots": lambda c: c.threads.retrieve("%2e%2E"),
    "delete/id": lambda c: c.threads.delete("cthr_1"),
    "delete/odd": lambda c: c.threads.delete(ODD),
    "items/least": lambda c: c.threads.list_items("cthr_1"),
    "items/every": lambda c: c.threads.list_items("cthr_1", **LIST),
    "items/odd": lambda c: c.threads.list_items(ODD, before=ODD),
    "items/dots": lambda c: c.threads.list_items(".."),
    "items/walk": lambda c: list(c.threads.list_items("cthr_1", limit=1, order="asc")),
    "items/back": lambda c: list(c.threads.list_items("cthr_1", limit=1, before="cthi_9")),
    "beta/other": lambda c: c.threads.retrieve("cthr_1", extra_headers={"OpenAI-Beta": "chatkit_beta=v2"}),
    "beta/none": lambda c: c.threads.retrieve("cthr_1", extra_headers={"OpenAI-Beta": Omit()}),
}

# The first answer fails in this way. The client decides what follows.
FAILURES = [
    "400", "400 true", "401", "403", "404", "408", "409", "422", "429", "429 false", "429 insufficient_quota",
    "500", "500 false", "502", "503", "504", "529",
]  # fmt: skip
for failure in FAILURES:
    SCENARIOS[f"fail/{failure}"] = lambda c: c.threads.retrieve("cthr_1")


def outcome(client, name):
    client = client.with_options(default_headers={"x-scenario": name})
    try:
        answer = SCENARIOS[name](client.beta.chatkit)
    except APIStatusError as error:
        return f"status {error.status_code}"
    except ValueError:
        return "refused before it was sent"
    return " ".join(["ok", *(item.id for item in answer)]) if isinstance(answer, list) else "ok"


if __name__ == "__main__":
    sdk = OpenAI()
    for name in sys.argv[1:]:
        print(f"{name}\t{outcome(sdk, name)}")
