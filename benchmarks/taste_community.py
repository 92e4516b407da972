"""A generated community of listeners, its tastes written down here and its seeds frozen.

A tune has two sides. What the library's features see: ten principal components of them, of length one on average. What
they do not see: a *charm*, ten numbers drawn from a normal distribution, of length one on average as well, for all
that a computed feature misses. A tune also has *fame*: how often people come across it, 1 / rank^0.6 in an
order drawn by chance.

A listener has one to three *interests*, each a tune drawn by fame, and belongs to a *circle* of about 30 who
play together from a repertoire of 40 tunes: half of it fits the circle's founder, half is drawn by fame from the
whole catalogue, so that what friends play is only in part what they would have chosen. Every like is drawn

- by INTEREST: in proportion to fame × exp(−distance² / WIDTH²) from one interest; the squared distance is SEEN
  times that of the features plus 1 − SEEN times that of the charm;
- by CIRCLE: from the repertoire, each tune alike;
- by FAME: from the tunes of an interest's genre, in proportion to fame;
- by CHANCE: any tune by fame.

The shares of the four are drawn anew for each listener around the means below. There are 10 to 120 likes, 24 for the
median listener. Every liked tune is liked or kept, mostly played, now and then edited; a fifth as many tunes are
played without being liked, and a few that fit badly are disliked.

What this does not have: change of taste, moods, seasons, lists that were themselves recommended, fake listeners.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from library.taste.content import LABELS, Content
from library.taste.records import Action, Event, preferences

Floats = NDArray[np.float64]
SEEDS = (20261121, 20261122, 20261123)
COMPONENTS, CHARM = 10, 10


@dataclass(frozen=True)
class Recipe:
    """What a community is made of."""

    listeners: int = 2000
    interest: float = 0.45
    circle: float = 0.30
    fame: float = 0.15
    chance: float = 0.10
    seen: float = 0.5
    width: float = 0.3
    evenness: float = 10.0
    in_circle: int = 30
    repertoire: int = 40


PLAIN = Recipe()
RECIPES: dict[str, Recipe] = {
    "as described": PLAIN,
    "no circles": replace(PLAIN, interest=0.75, circle=0.0),
    "no circles, no charm": replace(PLAIN, interest=0.75, circle=0.0, seen=1.0),
    "small (150 listeners)": replace(PLAIN, listeners=150),
}  # fmt: skip
"""The community that is reported, and others that show where a gain comes from."""


@dataclass(frozen=True)
class Person:
    """A listener: what was done with which row, liked ones in the order of time, and what only the generator knows."""

    liked: dict[int, tuple[Action, ...]]
    others: dict[int, tuple[Action, ...]]
    interests: tuple[int, ...]
    circle: NDArray[np.int64]
    shares: Floats

    def weights(self, rows: Iterable[int]) -> dict[int, float]:
        """How much some rows are liked, by the weights of `library.taste.records`."""
        done = self.liked | self.others
        return preferences(tuple(Event(row, action) for row in rows for action in done[row]))


@dataclass(frozen=True)
class World:
    """The tunes of a community: both sides, fame, and genres by number."""

    sides: Floats
    fame: Floats
    genres: NDArray[np.int64]


def genres_of(content: Content) -> NDArray[np.int64]:
    """A number for the genre of every tune: its rhythm, else the style under which it is filed."""
    names = list(LABELS)
    rhythm, style = (
        content.labels[:, names.index(n)].astype(np.int64) for n in ("rhythm", "style")
    )
    return np.where(rhythm > 0, rhythm, 10_000 + style)


def world_of(content: Content, seen: float, rng: np.random.Generator) -> World:
    """The tunes of a catalogue with charm and fame."""
    plain = content.index.standard.astype(np.float64)
    plain = plain - plain.mean(axis=0)
    _, _, axes = np.linalg.svd(plain, full_matrices=False)
    facts = plain @ axes[:COMPONENTS].T
    charm = rng.normal(size=(len(plain), CHARM))
    facts, charm = (side / np.sqrt((side**2).sum(axis=1).mean()) for side in (facts, charm))
    fame = 1.0 / (1.0 + rng.permutation(len(plain))) ** 0.6
    sides = np.concatenate([np.sqrt(seen) * facts, np.sqrt(1 - seen) * charm], axis=1)
    return World(sides, fame / fame.sum(), genres_of(content))


def community(content: Content, recipe: Recipe, seed: int) -> tuple[World, list[Person]]:
    """The tunes and all listeners of a community; the same seed gives the same ones."""
    rng = np.random.default_rng(seed)
    world = world_of(content, recipe.seen, rng)
    circles = [_repertoire(world, recipe, rng)
               for _ in range(max(2, recipe.listeners // recipe.in_circle))]  # fmt: skip
    return world, [_person(world, recipe, circles, rng) for _ in range(recipe.listeners)]


def _fitting(world: World, recipe: Recipe, tune: int) -> Floats:
    """With what probability each tune is come across and liked by who has this interest."""
    apart = ((world.sides - world.sides[tune]) ** 2).sum(axis=1)
    fits = world.fame * np.exp(-apart / recipe.width**2)
    fits[tune] = 0.0
    return np.asarray(fits / fits.sum())


def _repertoire(world: World, recipe: Recipe, rng: np.random.Generator) -> NDArray[np.int64]:
    founder = int(rng.choice(len(world.fame), p=world.fame))
    half = recipe.repertoire // 2
    own = rng.choice(len(world.fame), half, replace=False, p=_fitting(world, recipe, founder))
    other = rng.choice(len(world.fame), recipe.repertoire - half, replace=False, p=world.fame)
    return np.unique(np.concatenate([own, other]))


def _person(
    world: World, recipe: Recipe, circles: list[NDArray[np.int64]], rng: np.random.Generator
) -> Person:
    interests = rng.choice(len(world.fame), int(rng.integers(1, 4)), replace=False, p=world.fame)
    fits = [_fitting(world, recipe, int(tune)) for tune in interests]
    by_fit = [np.cumsum(fit) for fit in fits]
    by_genre = [np.cumsum(np.where(world.genres == world.genres[tune], world.fame, 0.0))
                for tune in interests]  # fmt: skip
    by_fame = np.cumsum(world.fame)
    circle = circles[int(rng.integers(len(circles)))]
    means = np.array([recipe.interest, recipe.circle, recipe.fame, recipe.chance])
    shares = rng.dirichlet(np.maximum(means, 1e-6) * recipe.evenness)
    count = int(np.clip(rng.lognormal(np.log(24), 0.6), 10, 120))
    liked: dict[int, tuple[Action, ...]] = {}
    while len(liked) < count:
        way, which = int(rng.choice(4, p=shares)), int(rng.integers(len(interests)))
        if way == 0:
            tune = _drawn(by_fit[which], rng)
        elif way == 1:
            tune = int(rng.choice(circle))
        elif way == 2:
            tune = _drawn(by_genre[which], rng)
        else:
            tune = _drawn(by_fame, rng)
        if tune not in liked:
            liked[tune] = _actions(rng)
    others = _others(world, fits, liked, rng)
    return Person(liked, others, tuple(int(tune) for tune in interests), circle, shares)


def chances(world: World, recipe: Recipe, person: Person) -> Floats:
    """With what probability each tune is the next that someone likes: what nobody but the generator knows."""
    total = person.shares[3] * world.fame
    total[person.circle] += person.shares[1] / len(person.circle)
    for tune in person.interests:
        genre = np.where(world.genres == world.genres[tune], world.fame, 0.0)
        own = (
            person.shares[0] * _fitting(world, recipe, tune)
            + person.shares[2] * genre / genre.sum()
        )
        total += own / len(person.interests)
    return total


def _drawn(sums: Floats, rng: np.random.Generator) -> int:
    """A number drawn in proportion to weights, given as their running sums."""
    return int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))


def _actions(rng: np.random.Generator) -> tuple[Action, ...]:
    """What is done with a liked tune: kept or liked or both, mostly played, now and then edited."""
    kept = rng.random() < 0.35
    done = [Action.KEEP] if kept else [Action.LIKE]
    if kept and rng.random() < 0.3:
        done.append(Action.LIKE)
    if rng.random() < 0.9:
        done += [Action.PLAY] * int(rng.integers(0, 4))
    if rng.random() < 0.1:
        done.append(Action.EDIT)
    return tuple(done)


def _others(
    world: World, fits: list[Floats], liked: dict[int, tuple[Action, ...]], rng: np.random.Generator
) -> dict[int, tuple[Action, ...]]:
    """Tunes that were only played, and some that fit badly and are disliked."""
    played = rng.choice(len(world.fame), max(1, len(liked) // 5), replace=False, p=world.fame)
    others: dict[int, tuple[Action, ...]] = {
        int(t): (Action.PLAY,) for t in played if int(t) not in liked
    }
    fit = np.max(fits, axis=0) / np.maximum(world.fame, 1e-12)
    for tune in rng.choice(len(world.fame), 6, replace=False, p=world.fame):
        if fit[tune] < np.median(fit) and int(tune) not in liked and rng.random() < 0.3:
            others[int(tune)] = (Action.DISLIKE,)
    return others
