"""The model's command line: `python -m lm sample | serve | dialogues | pretrain | finetune | evaluate |
export | push`.

`sample` writes tunes for a built-in list of requests (or one prompt), raw as the model wrote them,
one JSON a line: `abc`, `prompt`, `seconds`, `tokens`. `serve` answers in OpenAI's protocol; `dialogues`
writes what a fine-tuning recipe would teach. The others take a recipe (YAML). What is wrong is said in
one sentence, with the exit status 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def make_parser() -> argparse.ArgumentParser:
    """The command line, without loading anything heavy."""
    parser = argparse.ArgumentParser(
        prog="python -m lm", description="The language model that writes ABC tunes."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample", help="write tunes for a built-in list of requests")
    sample.add_argument("--n", type=int, default=4, help="how many tunes (default 4)")
    sample.add_argument("--seed", type=int, default=1, help="the same seed gives the same tunes")
    sample.add_argument(
        "--drafts", type=int, default=1, help="write several and take the least odd (default 1)"
    )
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
    dialogues = commands.add_parser("dialogues", help="write what a fine-tuning recipe teaches")
    dialogues.add_argument("recipe", type=Path, help="a fine-tuning recipe, see lm/recipes")
    dialogues.add_argument("--split", choices=("train", "valid"), default="train")
    dialogues.add_argument("--n", type=int, help="how many (default: one epoch)")
    dialogues.add_argument("--seed", type=int, help="which epoch (default: the recipe's first)")
    export = commands.add_parser("export", help="merge a trained adapter into its base")
    export.add_argument("recipe", type=Path, help="the recipe that trained it")
    export.add_argument("--to", type=Path, required=True, help="the folder to write")
    export.add_argument(
        "--quantise", choices=("none", "nf4"), default="none", help="four bits after merging"
    )
    push = commands.add_parser("push", help="put a trained adapter and its card on a hub")
    push.add_argument("recipe", type=Path, help="the recipe that trained it; its `hub` says where")
    add_serve(commands)
    return parser


def add_serve(commands: Any) -> None:
    """The options of `serve`."""
    serve = commands.add_parser("serve", help="answer in OpenAI's protocol over HTTP")
    serve.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: this machine alone")
    serve.add_argument("--port", type=int, default=8000, help="default 8000; 0 takes a free one")
    serve.add_argument(
        "--backend", choices=("embedded", "transformers"), default="embedded", help="which model"
    )
    serve.add_argument("--weights", help="another folder for the embedded model")
    serve.add_argument("--name", help="hub name or folder for transformers")
    serve.add_argument("--adapter", help="an adapter for transformers")
    serve.add_argument("--quantisation", choices=("nf4", "none"), help="for transformers")
    serve.add_argument("--dtype", choices=("bfloat16", "float16", "float32"))
    serve.add_argument("--device", help="cuda or cpu")


def run_sample(options: argparse.Namespace) -> None:
    """Write samples to standard output."""
    from lm.sampling import sample

    for result in sample(
        options.n,
        options.seed,
        with_grammar=not options.no_grammar,
        adapter=not options.no_adapter,
        prompt=options.prompt,
        weights=options.weights,
        temperature=options.temperature,
        drafts=options.drafts,
    ):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) if options.jsonl else result["abc"])
        sys.stdout.write("\n")
        sys.stdout.flush()


def run_dialogues(options: argparse.Namespace) -> None:
    """Write dialogues to standard output, one JSON a line: `messages` with the answer last, `task`."""
    from itertools import islice

    from lm import data, recipe
    from lm.tasks import dialogues

    own = recipe.read(options.recipe, recipe.FinetuneRecipe)
    seed = own.seed if options.seed is None else options.seed
    pieces = data.load_split(own.sources(), options.split)
    for example in islice(dialogues(pieces, seed, own.mix, regular=True), options.n):
        answer = {"role": "assistant", "content": example.answer}
        line = {"messages": [*example.messages, answer], "task": example.kind}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_recipe(options: argparse.Namespace) -> None:
    """Run the command of a recipe."""
    from lm import recipe

    command, path = options.command, options.recipe
    if command == "pretrain":
        from lm import pretrain

        pretrain.run(recipe.read(path, recipe.PretrainRecipe))
    elif command == "evaluate":
        from lm import evaluate

        evaluate.run(recipe.read(path, recipe.EvaluateRecipe), path)
    elif command == "finetune":
        from lm import finetune

        finetune.run(recipe.read(path, recipe.FinetuneRecipe))
    elif command == "export":
        from lm import export

        export.merge(recipe.read(path, recipe.FinetuneRecipe), options.to, options.quantise)
    else:
        from lm import export

        sys.stdout.write(export.push(recipe.read(path, recipe.FinetuneRecipe)) + "\n")


def run_serve(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    from lm.serve import serve

    names = ("backend", "weights", "name", "adapter", "quantisation", "dtype", "device")
    settings = {name: getattr(options, name) for name in names if getattr(options, name)}
    serve(settings, options.host, options.port)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status comes back."""
    from lm.generate import BackendError

    options = make_parser().parse_args(arguments)
    try:
        if options.command == "sample":
            run_sample(options)
        elif options.command == "serve":
            run_serve(options)
        elif options.command == "dialogues":
            run_dialogues(options)
        else:
            run_recipe(options)
    except (BackendError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
