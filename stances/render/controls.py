"""The controls of a page that is read: a form that asks for another view, which is a link."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from stances import escapes, words
from stances.answers.events import EVENT_FILTERS, LONGEST_SEARCH
from stances.answers.practice import used_heading
from stances.links import parameters
from stances.links.register import OF_STANCES
from stances.links.view import View

# What is open, and what is turned to, belongs to the view before.
_LEFT = {"event", "act", "example", "play", "page"}


class FormField(NamedTuple):
    """A setting that is chosen. `label`, `labels`: if other than those of its parameter."""

    name: str
    label: str = ""
    labels: Mapping[str, str] | None = None


def form_html(view: View, buttons: str = "", days: str = "") -> str:
    """Return the controls of a page: the day, and the others in a drawer. `buttons`: what stands
    beside the one that asks for the view; `days`: links to others, in the drawer.
    """
    controls = [*_shared_fields(view), *_own_fields(view)]
    names = {control.name for control in controls} | _LEFT
    # It would say again, and perhaps otherwise, what the first day says.
    names |= {"then"} if "start" in names else set()
    others = "".join(
        f'<input type="hidden" name="{name}" value="{escapes.html(text)}" />'
        for name, text in view.texts_of_page.items()
        if name not in names
    )
    day, *fields = (_control_html(view, control) for control in controls)
    drawer = f"<summary>Filters</summary><div>{''.join(fields)}</div>{days}"
    return (
        f'<form class="settings" action="{view.page or "./"}" autocomplete="off">{others}{day}'
        f'<details class="filters">{drawer}</details>'
        f'<p class="buttons"><button>Show</button>{buttons}</p></form>'
    )


def _control_html(view: View, control: FormField) -> str:
    parameter = parameters.parameter_on(view.page, control.name)
    text = escapes.html(view.text(control.name))
    named = f'name="{control.name}"'
    labels = _labels(view, control)
    if labels is not None:
        field = f"<select {named}>{_options(labels, view.text(control.name))}</select>"
    elif parameter.kind == "day":
        data = view.tracker.data
        first, last = data.codebook.first_date, data.today
        field = f'<input type="date" {named} value="{text}" min="{first}" max="{last}" />'
    else:
        most = f'maxlength="{LONGEST_SEARCH}"'
        field = f'<input type="search" {named} value="{text}" {most} />'
    return f"<label><span>{escapes.html(control.label or parameter.label)}</span>{field}</label>"


def _labels(view: View, control: FormField) -> Mapping[str, str] | None:
    """Return what can be chosen; of several the first is that all are."""
    if control.labels is not None:
        return control.labels
    parameter = parameters.parameter_on(view.page, control.name)
    if parameter.labels is None:
        return None
    labels = parameter.labels(view.tracker)
    return {"": "All", **labels} if parameter.kind == "several" else labels


def _options(labels: Mapping[str, str], chosen: str) -> str:
    """Return the values that can be chosen, and the chosen one where it is several of them."""
    several = "" if chosen in labels else _option(chosen, _several(labels, chosen), True)
    return several + "".join(_option(text, note, text == chosen) for text, note in labels.items())


def _several(labels: Mapping[str, str], chosen: str) -> str:
    return words.listing([labels.get(part, part) for part in chosen.split(parameters.SEPARATOR)])


def _option(text: str, wording: str, chosen: bool) -> str:
    mark = " selected" if chosen else ""
    return f'<option value="{escapes.html(text)}"{mark}>{escapes.html(wording)}</option>'


def _shared_fields(view: View) -> list[FormField]:
    """Day, field and what the labels rest on."""
    basis = [FormField("basis")] if view.page in OF_STANCES else []
    return [FormField(parameters.DAY), FormField("domain"), *basis]


def _none(_: View) -> list[FormField]:
    return []


def _map(view: View) -> list[FormField]:
    actor = FormField("actor", labels={"": "None", **parameters.subject_labels(view.tracker)})
    return [actor, FormField("before", "Beside it the map of")]


def _trends(view: View) -> list[FormField]:
    """One more line, and from when on they are drawn; lines are taken off by links."""
    codes: list[str] = view.values["actors"]
    lines = {view.text("actors"): "None"}
    if len(codes) < parameters.MOST_LINES:
        lines |= {
            parameters.SEPARATOR.join([*codes, code]): name
            for code, name in parameters.subject_labels(view.tracker).items()
            if code not in codes
        }
    return [FormField("actors", "One more line", lines), FormField("from"), FormField("layout")]


def lines_html(view: View) -> str:
    """Return links that leave out a line of the trend chart, where it has several."""
    codes: list[str] = view.values["actors"]
    names = view.tracker.names
    if len(codes) == 1:
        return ""
    links = (
        view.link(
            "trends",
            names[code],
            f' aria-label="{escapes.html(f"Without {names[code]}")}"',
            actors=parameters.SEPARATOR.join(other for other in codes if other != code),
        )
        for code in codes
    )
    return f'<p class="lines">Leave out: {" ".join(links)}</p>'


def _members(_: View) -> list[FormField]:
    return [FormField("group"), FormField("years_from")]


def _actor(_: View) -> list[FormField]:
    return [FormField("actor")]


def _acts(view: View) -> list[FormField]:
    return [
        FormField("q", "Search rules"),
        FormField("who"),
        FormField("status"),
        FormField("deadline"),
        FormField("by"),
        FormField("applied", used_heading(view.tracker.codebook)),
        FormField("scope"),
        FormField("aim"),
    ]


def _compare(view: View) -> list[FormField]:
    match view.values["compare"]:
        case "actors":
            fields = [FormField("first"), FormField("second"), FormField("from")]
        case "distances":
            group = FormField("group", labels=parameters.groups_or_all(view.tracker))
            fields = [group, FormField("first", parameters.NEAREST_TO), FormField("from")]
        case _:
            start = FormField("start", "From, else a year before")
            fields = [start, FormField("among"), FormField("only"), FormField("ledger")]
    return [FormField("compare"), *fields]


def _events(view: View) -> list[FormField]:
    codebook = view.tracker.codebook
    scale = codebook.scale
    scores = {f"{scale.min}..{scale.max}": "All"} | {
        f"{level}..{level}": words.score_label(codebook, level) for level in scale.levels
    }
    return [
        FormField("q", "Search events"),
        FormField("who"),
        FormField("from"),
        FormField("sort"),
        *(FormField(name, labels={"scores": scores}.get(name)) for name in EVENT_FILTERS),
    ]


def _own_fields(view: View) -> list[FormField]:
    """Return the controls beside those that all pages share."""
    if view.page in _OWN:
        return _OWN[view.page](view)
    return [FormField(name) for name in parameters.choices_of(view.page)]


# Where they are not just the choices of the page. Data has sections, which are links.
_OWN: dict[str, Callable[[View], list[FormField]]] = {
    "": _map,
    "trends": _trends,
    "members": _members,
    "actor": _actor,
    "acts": _acts,
    "compare": _compare,
    "events": _events,
    "data": _none,
}
