"""
What `x-text` says of strings, and JSON Schema cannot (docs/decisions/0083-text-for-people.md). Schemathesis would take these requests for
ones that the contract allows or forbids; test/http/texts.test.ts and test/fuzz send them.
"""
import re
import unicodedata

import schemathesis
from icalendar import Calendar

# Characters that no one sees, beside whitespace, control characters and those that format text: fillers, joiners and a blank pattern.
UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")


@schemathesis.hook
def filter_case(context, case):
    values = list(values_in([case.body, case.query, case.path_parameters]))
    texts = [value for value in values if isinstance(value, str)]
    lists = [value for value in values if isinstance(value, list)]
    return not (
        any(is_invisible(text) or is_other_spelling(text) for text in texts)
        or any(has_equal_spellings(one) for one in lists)
        # Sent as a raw "+", which the API rejects at the end of a value: it is more likely a plus sign that was not encoded.
        or any(isinstance(value, str) and value.endswith(" ") for value in values_in(case.query))
    )


@schemathesis.hook
def before_call(context, case, kwargs):
    """
    Sends no dry run in a chain of requests. Two checks follow what a request has created or deleted to the requests after it, and do not know
    that a dry run creates and deletes nothing. Outside of chains, dry runs are sent.
    """
    in_chain = case.meta is not None and case.meta.phase.name == "stateful"
    if in_chain and case.query and case.query.get("dryRun") in (True, "true"):
        del case.query["dryRun"]


@schemathesis.deserializer("text/calendar")
def deserialize_calendar(context, response):
    """A calendar is a text for the contract; scripts/quality/conformance/calendars.ts reads some as calendars."""
    return response.text


# The operations that have been probed by `optional_auth`: once is enough.
probed = set()


@schemathesis.check
def optional_auth(ctx, response, case):
    """
    Where a token is optional, Schemathesis's check `ignored_auth` looks at nothing. An invalid token must be rejected there too, and so must
    an empty header: a client that believes that somebody has signed in must find out.
    """
    operation = case.operation
    is_optional = {} in operation.definition.raw.get("security", [])
    is_own_method = case.method.upper() == operation.method.upper()
    if not (is_optional and is_own_method) or operation.label in probed or not 200 <= response.status_code < 300:
        return
    for value in ("", "Bearer", "Bearer invalid", "Basic aW52YWxpZA=="):
        probe = case.call(headers={"Authorization": value})
        if probe.status_code != 401:
            raise AssertionError(f"Expected 401, got {probe.status_code} for {operation.label} with the header Authorization: {value}")
    probed.add(operation.label)


def values_in(value):
    yield value
    members = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for member in members:
        yield from values_in(member)


def has_equal_spellings(items):
    """Whether items that differ are the same text in two spellings. They are unique, and are rejected."""
    texts = {item for item in items if isinstance(item, str)}
    return len({unicodedata.normalize("NFC", text.strip()) for text in texts}) < len(texts)


def is_invisible(text):
    """Whether a text has characters, but none that is seen. It fits the pattern, and is rejected."""
    return text != "" and all(unicodedata.category(one)[0] in "ZC" or is_ignorable(one) for one in text)


def is_ignorable(character):
    return character in UNSEEN or "VARIATION SELECTOR" in unicodedata.name(character, "")


def is_other_spelling(text):
    """Whether a text is a URL in another spelling than RFC 3986 allows. It does not have the format, and is brought into it."""
    url = text.strip()
    return url.lower().startswith("https://") and (url != text or re.search(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]", url) is not None)
