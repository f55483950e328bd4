"""The recovery key on paper: two halves that are cut apart and go to two offices."""

from secondment.backups.recovery import SIDES, Half

FOLD = "- " * 36
RULES = """  恢复密钥只打印这一次，本机不留存。请剪开，由两个部门分别封存；恢复时两份缺一不可，遗失任何一份，备份都无法打开。
  The recovery key is shown this once and kept nowhere. Cut it, seal the halves, give them to two offices: a restore needs both."""


def printed(halves: tuple[Half, Half]) -> str:
    """Both halves with a line to cut along."""
    parts = [RULES]
    for half in halves:
        parts += [f"  {FOLD}", f"  恢复密钥 Recovery key {half.mark.hex()}　{SIDES[half.side]}"]
        parts += [f"    {n}.  {row}" for n, row in enumerate(half.rows, 1)]
    return "\n".join([*parts, f"  {FOLD}"])
