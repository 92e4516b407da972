"""Titles for tunes that nobody named, put together from words that dance tunes and songs are named after."""

from __future__ import annotations

import random

PEOPLE = (
    "Annie", "Bella", "Charlie", "Daisy", "Edwin", "Fiona", "George", "Hannah", "Isaac", "Jenny",
    "Kitty", "Lucy", "Martha", "Nell", "Oliver", "Polly", "Robin", "Sally", "Thomas", "Walter",
)  # fmt: skip
PLACES = (
    "Alder Bridge", "Birch Hill", "Copper Lane", "Dove Valley", "Elm Crossing", "Fern Hollow",
    "Gull Harbour", "Hazel Wood", "Ivy Gate", "Juniper Point", "Kestrel Moor", "Linden Green",
    "Marsh End", "North Quay", "Orchard Row", "Pebble Beach", "Quarry Ford", "Rowan Park",
)  # fmt: skip
QUALITIES = (
    "Early", "Golden", "Hidden", "Last", "Lost", "Merry", "Old", "Quiet", "Silver", "Wandering",
    "Winter", "Crooked", "Painted", "Patient", "Restless", "Seventh",
)  # fmt: skip
THINGS = (
    "Lantern", "Kettle", "Ferry", "Swallow", "Clockmaker", "Garden", "Letter", "Morning", "Mill",
    "Ribbon", "Lighthouse", "Sparrow", "Harvest", "Carousel", "Umbrella", "Weathercock", "Staircase",
)  # fmt: skip
DANCES = ("jig", "slip jig", "reel", "hornpipe", "waltz", "polka", "march", "strathspey", "minuet")


def make_title(rhythm: str, seed: int) -> str:
    """A title, always the same for a seed; dances are sometimes named after their rhythm."""
    rng = random.Random(f"title {seed}")
    thing, quality, place = rng.choice(THINGS), rng.choice(QUALITIES), rng.choice(PLACES)
    options = [
        f"The {quality} {thing}",
        f"The {quality} {thing}",
        f"The Road to {place}",
        f"{rng.choice(PEOPLE)}'s {thing}",
        f"The {thing} of {place}",
        f"{rng.choice(PEOPLE)} of {place}",
    ]
    if rhythm in DANCES:
        dance = " ".join(word.capitalize() for word in rhythm.split())
        options += [f"The {place} {dance}", f"{rng.choice(PEOPLE)}'s {dance}"]
    return rng.choice(options)
