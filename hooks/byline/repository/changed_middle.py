"""Where two contents differ, at the least: what lies outside is the same on both sides and need not be searched."""


def changed_middle(old: bytes, new: bytes) -> tuple[int, int, int]:
    """Start of the first differing line in both, and where the last differing line ends in old and in new.

    The lines outside are the same on both sides, so that what was added can only be inside.
    """
    shorter = min(len(old), len(new))
    same = _common(old, new, shorter)
    start = new.rfind(b"\n", 0, same) + 1
    tail = _common_tail(old, new, shorter - same)
    end = new.find(b"\n", len(new) - tail) if tail else -1
    new_end = end if end >= 0 else len(new)
    return start, len(old) - (len(new) - new_end), new_end


def _common(old: bytes, new: bytes, limit: int) -> int:
    """The length of the common beginning: doubling steps, then halving ones, each one comparison of slices."""
    done, step = 0, 1024
    while done < limit:
        until = min(done + step, limit)
        if old[done:until] == new[done:until]:
            done, step = until, step * 2
        elif until - done == 1:
            break
        else:
            step = (until - done) // 2
            limit = until
    return done


def _common_tail(old: bytes, new: bytes, limit: int) -> int:
    done, step = 0, 1024
    while done < limit:
        until = min(done + step, limit)
        if old[len(old) - until : len(old) - done] == new[len(new) - until : len(new) - done]:
            done, step = until, step * 2
        elif until - done == 1:
            break
        else:
            step = (until - done) // 2
            limit = until
    return done
