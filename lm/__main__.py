"""The model's command line: `python -m lm sample | pretrain | finetune | evaluate`.

`sample` writes tunes for a built-in list of requests (or one prompt), raw as the model wrote them,
one JSON a line: `abc`, `prompt`, `seconds`, `tokens`. The others take a recipe (YAML) and say what
is wrong with it in one sentence.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def make_parser() -> argparse.ArgumentParser:
    """The command line, without loading anything heavy."""
    parser = argparse.ArgumentParser(
        prog="python -m lm", description="The language model that writes ABC tunes."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample", help="write tunes for a built-in list of requests")
    sample.add_argument("--n", type=int, default=4, help="how many tunes (default 4)")
    sample.add_argument("--seed", type=int, default=1, help="the same seed gives the same tunes")
    sample.add_argument("--no-grammar", action="store_true", help="let the model write freely")
    sample.add_argument(
        "--no-adapter", action="store_true", help="the base model without its adapter"
    )
    sample.add_argument(
        "--prompt", help="a request instead of the list: words and lines like 'rhythm: jig'"
    )
    sample.add_argument("--weights", type=Path, help="another weights folder")
    sample.add_argument("--temperature", type=float, help="sampling temperature")
    sample.add_argument(
        "--jsonl", action="store_true", help="one JSON a line (otherwise the tunes alone)"
    )
    for name, text in (
        ("pretrain", "train the embedded model from scratch"),
        ("finetune", "train a LoRA adapter over a 4-bit base"),
        ("evaluate", "measure a model and write the results"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("recipe", type=Path, help="a YAML file, see lm/recipes")
    return parser


def run_sample(options: argparse.Namespace) -> int:
    """Write samples to standard output."""
    from lm.generate import BackendError
    from lm.sampling import sample

    try:
        for result in sample(
            options.n,
            options.seed,
            with_grammar=not options.no_grammar,
            adapter=not options.no_adapter,
            prompt=options.prompt,
            weights=options.weights,
            temperature=options.temperature,
        ):
            sys.stdout.write(
                json.dumps(result, ensure_ascii=False) if options.jsonl else result["abc"]
            )
            sys.stdout.write("\n")
            sys.stdout.flush()
    except (BackendError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run_recipe(command: str, path: Path) -> int:
    """Run a recipe of the given command."""
    from lm import recipe

    try:
        if command == "pretrain":
            from lm import pretrain

            pretrain.run(recipe.read(path, recipe.PretrainRecipe))
        elif command == "finetune":
            from lm import finetune

            finetune.run(recipe.read(path, recipe.FinetuneRecipe))
        else:
            from lm import evaluate

            evaluate.run(recipe.read(path, recipe.EvaluateRecipe), path)
    except (ValueError, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status comes back."""
    options = make_parser().parse_args(arguments)
    if options.command == "sample":
        return run_sample(options)
    return run_recipe(options.command, options.recipe)


if __name__ == "__main__":
    sys.exit(main())
