"""Commands of the contract: `generate` its files, build the `encoder` folder."""

import argparse
import sys
from pathlib import Path

from mappings.contract import listing_contract
from mappings.encoder_folder import EncoderFolderError, build_encoder_folder
from mappings.generated import generated_files


def generate(_arguments: argparse.Namespace) -> int:
    for path, content in generated_files(listing_contract()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(f"wrote {path.name}")
    return 0


def encoder(arguments: argparse.Namespace) -> int:
    try:
        build_encoder_folder(arguments.out, say=print)
    except EncoderFolderError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m mappings", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("generate", help="write the files derived from listings.yml").set_defaults(run=generate)
    build = commands.add_parser("encoder", help="build the embedding model's folder, once")
    build.add_argument("--out", type=Path, required=True, help="the folder to make (about 470 MB)")
    build.set_defaults(run=encoder)
    return top


def main(argv: list[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    status: int = arguments.run(arguments)
    return status


if __name__ == "__main__":
    sys.exit(main())
