"""The facets of one row, gathered from its word columns and its yes/no columns; "no" and "not said" stay apart."""

from collections import defaultdict

from directory.listing import Facets, facets
from importers.mapping.cells import Cells
from importers.mapping.language import FLAGS, WORD_FIELDS
from importers.mapping.words import codes, yes_or_no
from importers.rows import Hold, text

# A wrong word here sends somebody to a closed door or away from their medicine: a person reads it first.
DECIDING = frozenset({"kind", "status", "accepts"})
_OWN = frozenset({"kind", "status", "fee_period", "modality"})  # read elsewhere, not as facets


class Facts:
    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self._yes: dict[str, set[str]] = defaultdict(set)
        self._no: dict[str, set[str]] = defaultdict(set)
        self.flags: dict[str, bool] = {}
        self.categories: list[str] = []
        self.notes: list[str] = []

    def gather(self) -> None:
        for field in WORD_FIELDS:
            if field not in _OWN:
                for code in self.codes(field):
                    self.say(WORD_FIELDS[field], code)
        self._yes_columns()

    def codes(self, field: str) -> list[str]:
        """The codes of a field; unknown words hold the row or become category words."""
        plan = self.cells.plan
        fixed = plan.fixed.get(field, []) if field not in plan.columns else []
        if fixed:
            return [fixed] if isinstance(fixed, str) else list(fixed)
        said = self.cells.bare(field)
        if not said:
            return []
        found, unknown = codes(plan, field, said)
        if unknown and field in DECIDING:
            raise Hold("unknown word", f"{field}: {', '.join(unknown)}")
        if field == "fee_period":
            self.notes += [f"{self.cells.label(field)}: {word}" for word in unknown]
        else:
            self.categories += unknown
            for word in unknown:
                self.cells.row.note(f"unknown word in {self.cells.label(field)}: {word}")
        if field == "accepts" and not found and field in plan.columns and not unknown:
            self.notes.append(f"{self.cells.label(field)}: {said}")
        return found

    def say(self, group: str, code: str) -> None:
        """One code: "-" in front is an explicit no, "group.code" belongs elsewhere."""
        told = self._no if code.startswith("-") else self._yes
        first, dot, rest = code.removeprefix("-").partition(".")
        told[first if dot else group].add(rest if dot else first)

    def _yes_columns(self) -> None:
        for name, reading in self.cells.plan.yes.items():
            said = self.cells.of(reading)
            answer, known = yes_or_no(self.cells.plan, said)
            if not known:
                if name in FLAGS or name.partition(".")[0] in DECIDING:
                    raise Hold("unknown word", f"{self.cells.heading(reading)}: {said}")
                self.categories.append(f"{self.cells.heading(reading)}: {said}")
            elif answer is None and text(said) and name not in FLAGS:
                self.notes.append(f"{self.cells.heading(reading)}: {said}")
            if answer is None:
                continue
            if name in FLAGS:
                self.flags[name] = answer
            else:
                self.say(name.partition(".")[0], name.partition(".")[2] if answer else f"-{name.partition('.')[2]}")

    def facets(self) -> Facets:
        return facets(**self._yes)

    def denied(self) -> Facets:
        """What is said both ways is no "no": somebody should ask."""
        return facets(**{group: values - self._yes.get(group, set()) for group, values in self._no.items()})

    def has(self, group: str) -> bool:
        return bool(self._yes.get(group))
