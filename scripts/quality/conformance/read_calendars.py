"""
Reads calendars with Python's icalendar and prints their entries as JSON: a list of entries for each file.

    python read_calendars.py FILE...
"""
import json
import sys

from icalendar import Calendar


def entry_of(event):
    def text(name):
        value = event.get(name)
        return None if value is None else str(value)

    categories = event.get("CATEGORIES")
    return {
        "uid": text("UID"),
        "sequence": int(event["SEQUENCE"]),
        "status": text("STATUS"),
        "summary": text("SUMMARY"),
        "description": text("DESCRIPTION"),
        "location": text("LOCATION"),
        "conference": text("CONFERENCE"),
        "image": text("IMAGE"),
        "categories": [] if categories is None else [str(one) for one in categories.cats],
        "start": event.decoded("DTSTART").isoformat(),
        "end": event.decoded("DTEND").isoformat(),
        "stamp": event.decoded("DTSTAMP").isoformat(),
    }


def entries_of(file):
    with open(file, "rb") as opened:
        calendar = Calendar.from_ical(opened.read())
    errors = [error for component in calendar.walk() for error in component.errors]
    if errors:
        raise ValueError(f"{file}: {errors}")
    return [entry_of(event) for event in calendar.walk("VEVENT")]


print(json.dumps([entries_of(file) for file in sys.argv[1:]]))
