"""Frozen values that cost a commit hook next to nothing to define.

Making a class of `typing.NamedTuple` takes 50 to 120 µs, and every hook needs dozens of them; one of these takes 5.
Values that are made by the thousand, such as most of `byline.model`, stay tuples, which take less time to make.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Never, Self, dataclass_transform


@dataclass_transform(eq_default=True, frozen_default=True)
class Frozen:
    """Base of values whose fields are the annotations of the class, and whose defaults are its attributes.

    Two values are equal when they are of the same class and all their fields are; such values have the same hash,
    unless a field has none.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)

    def __init__(self, *values: object, **named: object) -> None:
        fields = self._fields
        given = {**dict(zip(fields, values, strict=False)), **named}
        if len(given) != len(values) + len(named) or not given.keys() <= set(fields):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(fields)}")
        for name in fields[len(values) :]:
            if name not in given and not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} needs {name}")
        self.__dict__.update(given)

    def _replace(self, **changes: object) -> Self:
        """The value with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def _asdict(self) -> dict[str, Any]:
        """The values of the fields by name, in their order."""
        return {name: getattr(self, name) for name in self._fields}

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self._fields))

    def __repr__(self) -> str:
        shown: Mapping[str, object] = self.__dict__
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"
