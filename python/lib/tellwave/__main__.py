"""The command ``tellwave``, for whoever has installed the package: ``python -m tellwave``."""

import sys

from tellwave import _tellwave


def main() -> int:
    return _tellwave.main(["tellwave", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
