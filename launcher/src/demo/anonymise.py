#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes a recording of `llmtop --json --watch` fit to be given away.

    anonymise.py IN OUT.jsonl.gz [--replace FROM=TO]... [--without ENGINE]... [--without-problem SOURCE]... [--lines A-B]

What it changes is text alone, never a figure: the host's name becomes `box`, the name of its kernel is cut to its version, users
become `user`, and in every text each FROM becomes TO (longest first). An engine, or a problem of the agent, may be left out in
whole; it is then also left out of routers' backends, candidates and events. It says which texts still look like a path or an
address, for a person to read before the file is published.
"""
import argparse
import gzip
import json
import re
import sys

SUSPECT = re.compile(r"(?<![\w.])/(?:[\w.@+-]+/)+[\w.@+-]*|\b(?!127\.)\d{1,3}(?:\.\d{1,3}){3}\b|\b[\w.-]+@[\w.-]+\.\w+\b")


def texts(value, change):
    """The value with every text in it, names of fields among them, changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [texts(element, change) for element in value]
    if isinstance(value, dict):
        return {change(name): texts(element, change) for name, element in value.items()}
    return value


def leave_out(snapshot, engines, problems):
    kept = [engine for engine in snapshot["engines"] if engine["id"] not in engines]
    for engine in kept:
        engine["backends"] = [backend for backend in engine["backends"] if backend not in engines]
    snapshot["engines"] = kept
    scan = snapshot["scan"]
    scan["candidates"] = [one for one in scan["candidates"] if one["address"] not in engines]
    snapshot["events"] = [event for event in snapshot["events"] if event.get("engine") not in engines]
    snapshot["problems"] = [problem for problem in snapshot["problems"] if problem["source"] not in problems]


def anonymise(snapshot, replacements):
    def change(text):
        for old, new in replacements:
            text = text.replace(old, new)
        return text

    snapshot["host"]["name"] = "box"
    snapshot["host"]["os"] = re.sub(r"^(\w+ \d+\.\d+).*", r"\1", snapshot["host"].get("os", ""))
    for engine in snapshot["engines"]:
        if "process" in engine:
            engine["process"]["user"] = "user"
    return texts(snapshot, change)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recording")
    parser.add_argument("out")
    parser.add_argument("--replace", action="append", default=[], metavar="FROM=TO")
    parser.add_argument("--without", action="append", default=[], metavar="ENGINE")
    parser.add_argument("--without-problem", action="append", default=[], metavar="SOURCE")
    parser.add_argument("--lines", default="1-", metavar="A-B")
    arguments = parser.parse_args()
    replacements = sorted((pair.split("=", 1) for pair in arguments.replace), key=lambda pair: -len(pair[0]))
    first, _, last = arguments.lines.partition("-")
    with open(arguments.recording, encoding="utf-8") as lines:
        recorded = [json.loads(line) for line in lines][int(first) - 1 : int(last) if last else None]
    suspects = {}
    written = []
    for snapshot in recorded:
        leave_out(snapshot, set(arguments.without), set(arguments.without_problem))
        line = json.dumps(anonymise(snapshot, replacements), ensure_ascii=False, separators=(",", ":"))
        for found in SUSPECT.findall(line):
            suspects[found] = suspects.get(found, 0) + 1
        written.append(line + "\n")
    # Without a time and a name in its head, so that the same recording makes the same file.
    with open(arguments.out, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
        out.write("".join(written).encode("utf-8"))
    print(f"{len(written)} snapshots; texts to look at:")
    for found, times in sorted(suspects.items()):
        print(f"  {times:6} {found}")


sys.exit(main())
