"""The mapping of a ledger: which column says what, as a person confirmed it."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from checker.model.node import Node
from checker.model.place import Place

PASSED: Final = "不读"
"""What an act column's word leads to where its rows are to be passed over."""


class FromColumn(Node):
    """A value that a column gives: ``unit`` is what a bare number counts, ``values`` are the words of this ledger."""

    column: str
    unit: str | None = None
    values: Mapping[str, str | None] = {}


Given = FromColumn | str
"""A column's value, or one value for all rows."""


class EventColumns(Node):
    """An act of a row. ``act`` None is still to be decided; in a sheet of events the row itself names it."""

    act: str | None
    date: str | None
    actor: Given | None = None
    attributes: Mapping[str, Given] = {}


class SheetMapping(Node):
    """One sheet. ``read`` None is still to be decided.

    ``form`` case: one row a case, ``events`` has an entry for each column of dates. ``form`` event: one row an event;
    the only entry of ``events`` says where date, actor and attributes stand, ``act`` names the column of acts and
    ``acts`` what its words mean (None: still to be decided). ``not_before`` leads from an act to those that come first:
    where its date is the earlier one, one of the two is written wrong. ``one_row``: a person says that each case has
    but one row of events.
    """

    title: str
    read: bool | None = True
    form: Literal["case", "event"] = "case"
    header: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    case: str | None = None
    kind: Given | None = None
    case_attributes: Mapping[str, Given] = {}
    events: tuple[EventColumns, ...] = ()
    act: str | None = None
    acts: Mapping[str, str | None] = {}
    covers: tuple[str, ...] = ()
    ordered: bool = False
    one_row: bool = False
    not_before: Mapping[str, tuple[str, ...]] = {}
    ignored: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def used(self) -> dict[str, None]:
        """The columns that are read, in the order in which they are named."""
        found = [self.case, self.act, *(event.date for event in self.events)]
        found += [one.column for one in self.given if isinstance(one, FromColumn)]
        return dict.fromkeys(name for name in found if name is not None)

    @property
    def given(self) -> Iterator[Given]:
        """Everything that columns or constants give besides case, act and date."""
        for one in (self.kind, *self.case_attributes.values()):
            if one is not None:
                yield one
        for event in self.events:
            yield from event.attributes.values()
            if event.actor is not None:
                yield event.actor

    @property
    def open_points(self) -> tuple[str, ...]:
        """What keeps the sheet from being confirmed, one sentence each."""
        name = f"工作表「{self.title}」" if self.title else "这张表"
        if self.read is None:
            return (f"{name}的「读取」还是「待定」，写「是」或者「否」",)
        if not self.read:
            return ()
        found = [] if self.case else [f"{name}还没有写哪一列是案件编号（「案件」）"]
        if self.form == "event" and not self.act:
            found.append(f"{name}还没有写哪一列是行为（「行为」）")
        if self.form == "case":
            found += [f"列「{one.date}」还没有写是什么行为" for one in self.events if one.act is None]
        if self.form == "case" and not (self.events or self.case_attributes):
            found.append(f"{name}没有一列有对照；不要读的，「读取」写「否」")
        return tuple(found)


class LedgerMapping(Node):
    """A mapping file. ``organs`` leads from names of this ledger to declared ones (None: still to be decided).

    ``edited``: it was confirmed, and is another now.
    ``places`` are lines and columns of the file, by path (``表.0.案件``), for messages.
    """

    file: str
    ledger: str = ""
    confirmed: bool = False
    edited: bool = False
    sheets: tuple[SheetMapping, ...] = ()
    organs: Mapping[str, str | None] = {}
    places: Mapping[str, tuple[int, int]] = {}

    @property
    def open_points(self) -> tuple[str, ...]:
        """What keeps it from being confirmed."""
        return tuple(point for sheet in self.sheets for point in sheet.open_points)

    def place(self, *path: str | int) -> Place:
        """Where a part stands in the file: itself, or what it is part of."""
        for length in range(len(path), 0, -1):
            found = self.places.get(".".join(map(str, path[:length])))
            if found is not None:
                return Place(file=self.file, line=found[0], column=found[1])
        return Place(file=self.file)
