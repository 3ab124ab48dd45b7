"""
Reads calendars with Python's icalendar and prints them as JSON, a calendar for each file. What is absent has no member.

    python read_calendars.py FILE...
"""
import json
import re
import sys
from datetime import timedelta

from icalendar import Calendar


def text(component, name):
    value = component.get(name)
    return None if value is None else str(value)


def present(members):
    return {name: value for name, value in members.items() if value is not None}


def entry_of(event):
    def time(name):
        instant = event.decoded(name)
        # Without a time zone, it would be the local time of the reader.
        return instant.strftime("%Y-%m-%dT%H:%M:%S.000") + ("Z" if instant.utcoffset() == timedelta(0) else "")

    categories = event.get("CATEGORIES")
    return present({
        "uid": text(event, "UID"),
        "sequence": int(event["SEQUENCE"]),
        "status": text(event, "STATUS"),
        "summary": text(event, "SUMMARY"),
        "description": text(event, "DESCRIPTION"),
        "location": text(event, "LOCATION"),
        "start": time("DTSTART"),
        "end": time("DTEND"),
        "stamp": time("DTSTAMP"),
        "created": time("CREATED"),
        "modified": time("LAST-MODIFIED"),
        "conference": text(event, "CONFERENCE"),
        "image": text(event, "IMAGE"),
        "categories": [] if categories is None else [str(one) for one in categories.cats],
    })


def read(octets):
    """The calendar as icalendar reads it; it raises an error if it is not one, or if a property is wrong."""
    calendar = Calendar.from_ical(octets)
    errors = [error for component in calendar.walk() for error in component.errors]
    if errors:
        raise ValueError(errors)
    # It does not know that the property NAME is a text (RFC 7986, section 5.1).
    name = text(calendar, "NAME")
    return present({
        "name": None if name is None else re.sub(r"\\([\\;,])", r"\1", name),
        "entries": [entry_of(event) for event in calendar.walk("VEVENT")],
    })


def read_file(path):
    with open(path, "rb") as opened:
        return read(opened.read())


print(json.dumps([read_file(path) for path in sys.argv[1:]]))
