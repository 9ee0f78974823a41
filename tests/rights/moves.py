"""Every move of an action's status and who may make it, said independently of `policy.py`: `domain.md` §2, §5."""

MOVES = """
move                        coll coun admn grnt agnt cpas prtn pgrn regn intg oper anon
draft>notStarted               -    -  yes  yes    -    -    -    -    -    -    -    -
notStarted>waiting             -    -  yes  yes  yes    -    -    -    -    -    -    -
notStarted>inProgress          -    -  yes  yes  yes    -    -    -    -    -    -    -
notStarted>completed           -    -  yes  yes  yes    -    -    -    -    -    -    -
notStarted>cancelled           -    -  yes  yes    -    -    -    -    -    -    -    -
waiting>notStarted             -    -  yes  yes  yes    -    -    -    -    -    -    -
waiting>inProgress             -    -  yes  yes  yes    -    -    -    -    -    -    -
waiting>completed              -    -  yes  yes  yes    -    -    -    -    -    -    -
waiting>cancelled              -    -  yes  yes    -    -    -    -    -    -    -    -
inProgress>waiting             -    -  yes  yes  yes    -    -    -    -    -    -    -
inProgress>suspended           -    -  yes  yes  yes    -    -    -    -    -    -    -
inProgress>completed           -    -  yes  yes  yes    -    -    -    -    -    -    -
inProgress>cancelled           -    -  yes  yes    -    -    -    -    -    -    -    -
suspended>waiting              -    -  yes  yes  yes    -    -    -    -    -    -    -
suspended>inProgress           -    -  yes  yes  yes    -    -    -    -    -    -    -
suspended>completed            -    -  yes  yes  yes    -    -    -    -    -    -    -
suspended>cancelled            -    -  yes  yes    -    -    -    -    -    -    -    -
completed>inProgress           -    -  yes  yes    -    -    -    -    -    -    -    -
cancelled>notStarted           -    -  yes  yes    -    -    -    -    -    -    -    -
"""
"""Every move of an action's status, and who may make it; no other move exists."""


def _moves() -> dict[tuple[str, str], frozenset[str]]:
    heading, *lines = [line for line in MOVES.splitlines() if line.strip()]
    callers = heading.split()[1:]
    out = {}
    for line in lines:
        move, *cells = line.split()
        current, _, wanted = move.partition(">")
        out[current, wanted] = frozenset(c for c, cell in zip(callers, cells, strict=True) if cell == "yes")
    return out


WHO_MOVES = _moves()
