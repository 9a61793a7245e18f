"""Who may do what, and when: the grants of faults.md section 4 and the states in which each command makes sense.

Everything is refused that is not granted here. Whoever may not see a request hears the same text as for one that does
not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.ask import commands as do
from core.ask.commands import Command
from core.errors import Refused
from core.model.parties import Actor, Destination, Place, Role
from core.model.request import OPEN, SCOPE_OPEN, Request, Status

Sees = Callable[[Actor, Destination, Request], bool]

OWN, CLIENT, SERVICE, ALL = "own", "client", "service", "all"

_R, _C, _T, _O, _M = Role.REQUESTER, Role.CONTACT, Role.MEMBER, Role.OWNER, Role.MANAGER
_STAFF = {_T: SERVICE, _O: SERVICE, _M: ALL}
_BOTH = {_R: OWN, _C: CLIENT, **_STAFF}

#: verb -> role -> how far. `view` is asked first for every other verb on a request.
GRANTS: Mapping[str, Mapping[Role, str]] = {
    "view": _BOTH,
    "open": {_R: CLIENT, _C: CLIENT, _T: ALL, _O: ALL, _M: ALL},
    "add": _BOTH,
    "nudge": {_R: OWN, _C: CLIENT},
    "follow": _BOTH,
    "edit": _BOTH,
    "cancel": _BOTH,
    "accept": {_R: OWN, _C: CLIENT, _O: SERVICE, _M: ALL},
    "reopen": _BOTH,  # the issue gives the team a button for it, which goes further than faults.md section 4
    "rate": {_R: OWN, _C: CLIENT},
    "undo": _BOTH,
    "consent": {_R: OWN, _C: CLIENT},
    "sign_off": _STAFF,  # the approver alone or a manager, as the handler says
    "work": _STAFF,
    "note": _STAFF,
    "extend": _STAFF,
    "approve": {_M: ALL},
    "quote": {_R: OWN, _C: CLIENT},
    "ration": {_R: OWN, _C: CLIENT},
}

_WORKING = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS})
_DELIVERABLE = _WORKING | {Status.WAITING_CUSTOMER, Status.WAITING_SUPPLIER, Status.SCHEDULED}

#: command -> (verb of GRANTS, states in which it makes sense)
RULES: Mapping[type[Command], tuple[str, frozenset[Status]]] = {
    do.EditRequest: ("edit", OPEN),
    do.Acknowledge: ("work", OPEN),
    do.Take: ("work", OPEN),
    do.Assign: ("work", OPEN),
    do.AssignGroup: ("work", OPEN),
    do.ReturnToQueue: ("work", OPEN),
    do.StartWork: ("work", frozenset({Status.NEW, Status.ACKNOWLEDGED})),
    do.SetPriority: ("work", OPEN),
    do.AddInformation: ("add", OPEN | {Status.RESOLVED}),
    do.Nudge: ("nudge", OPEN),
    do.Reply: ("work", OPEN | {Status.RESOLVED}),
    do.Note: ("note", frozenset(Status)),
    do.NoReplyNeeded: ("work", OPEN),
    do.AskClient: ("work", _WORKING | {Status.WAITING_CUSTOMER}),
    do.Supply: ("add", OPEN),
    do.AcceptPrerequisites: ("work", OPEN),
    do.AskApproval: ("work", _WORKING),
    do.Approve: ("sign_off", frozenset({Status.WAITING_APPROVAL})),
    do.RefuseApproval: ("sign_off", frozenset({Status.WAITING_APPROVAL})),
    do.HandToSupplier: ("work", _WORKING),
    do.OfferDate: ("work", _WORKING | {Status.WAITING_SUPPLIER, Status.SCHEDULED}),
    do.AgreeDate: ("consent", _WORKING | {Status.WAITING_SUPPLIER, Status.SCHEDULED}),
    do.SubmitReview: ("work", _WORKING),
    do.PassReview: ("work", frozenset({Status.IN_REVIEW})),
    do.FailReview: ("work", frozenset({Status.IN_REVIEW})),
    do.Pause: ("work", OPEN),
    do.DeclareForceMajeure: ("work", OPEN),
    do.WithdrawAgreement: ("work", OPEN),
    do.Confirm: ("work", OPEN),
    do.Resume: ("work", OPEN),
    do.Snooze: ("work", OPEN),
    do.StillOnIt: ("work", OPEN),
    do.AskHelp: ("work", OPEN),
    do.Seen: ("work", OPEN),
    do.Hold: ("extend", OPEN),
    do.Extend: ("extend", OPEN),
    do.Resolve: ("work", _DELIVERABLE),
    do.Accept: ("accept", frozenset({Status.RESOLVED})),
    do.Reopen: ("reopen", frozenset({Status.RESOLVED, Status.CLOSED})),
    do.Decline: ("work", frozenset({Status.NEW, Status.ACKNOWLEDGED})),
    do.AskScope: ("work", _WORKING | {Status.WAITING_CUSTOMER}),
    do.AcceptOnce: ("sign_off", OPEN),
    do.AddToCatalogue: ("sign_off", OPEN),
    do.Quote: ("sign_off", OPEN),
    do.RefuseQuote: ("quote", OPEN),
    do.Demote: ("ration", OPEN),
    do.Raise: ("ration", OPEN),
    do.AskException: ("ration", OPEN),
    do.GrantException: ("sign_off", OPEN),
    do.RefuseException: ("sign_off", OPEN),
    do.Cancel: ("cancel", OPEN),
    do.SameAs: ("cancel", OPEN),
    do.Follow: ("follow", OPEN),
    do.Unfollow: ("follow", frozenset(Status)),
    do.Merge: ("work", OPEN),
    do.Split: ("work", _WORKING),
    do.Rate: ("rate", frozenset({Status.RESOLVED, Status.CLOSED})),
    do.Undo: ("undo", frozenset(Status)),
    do.ApplyAgreement: ("approve", OPEN),
}

#: A client may withdraw a request until somebody works on it (faults.md section 4).
BEFORE_WORK = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.WAITING_APPROVAL})


def may(actor: Actor, verb: str, request: Request) -> bool:
    """Whether this person may do this to this request, wherever they are.

    Whoever filed it is its requester, whatever else they are: a colleague, or a guest who writes from a direct message.
    """
    if actor.role is Role.SYSTEM:
        return True
    takes_part = actor.person in request.participants
    if request.private and not takes_part and actor.role is not Role.MANAGER:
        return False
    if actor.person == request.requester and Role.REQUESTER in GRANTS[verb]:
        return True
    match GRANTS[verb].get(actor.role):
        case "own":
            return takes_part
        case "client":
            return request.client == actor.client != ""
        case "service":
            return request.team in actor.teams or actor.person in request.participants - {request.requester}
        case "all":
            return True
        case _:
            return False


def shows(place: Destination, request: Request) -> bool:
    """Whether this place may show this request: what is shown is bounded by where it is asked (faults.md 0.7)."""
    match place.place:
        case Place.CLIENT:
            return request.client == place.subject and not request.private
        case Place.TEAM:
            return request.team == place.subject and not request.private
        case Place.DIRECT:
            return True
        case Place.UNBOUND:
            return False


def visible(actor: Actor, place: Destination, request: Request) -> bool:
    """What the person may see, as far as the place may show it."""
    manager_in_team_place = place.place is Place.TEAM and actor.role is Role.MANAGER and not request.private
    return may(actor, "view", request) and (manager_in_team_place or shows(place, request))


def reads(actor: Actor, place: Destination, request: Request) -> bool:
    """What they may see, or what stands before their eyes: in their client's chat its cards are shown to everybody, also
    to a guest who may open nothing but their own. They may say that it is what they meant, and wait for it.
    """
    beside = place.place is Place.CLIENT and actor.client == request.client and shows(place, request)
    return beside or visible(actor, place, request)


def takes_back(actor: Actor, place: Destination, request: Request) -> bool:
    """What they may see, or what they have just filed here for few eyes: it is shown elsewhere, but undone where the
    button for it stands.
    """
    return visible(actor, place, request) or (
        request.origin == place.address and request.last_event_by == actor.person and may(actor, "view", request)
    )


def reach(command: Command) -> Sees:
    """What a command of this kind finds at a place."""
    match command:
        case do.Follow() | do.Unfollow():
            return reads
        case do.Undo():
            return takes_back
        case _:
            return visible


def authorise(actor: Actor, command: Command, request: Request, place: Destination) -> None:
    """Let the command pass or refuse it.

    Raises Refused: `no_such_request` to whoever may not see it, `right_missing` to whoever may see but not do it,
    `team_place` where clients would read it,
    `too_late_to_cancel`, or `not_now` where the state does not fit.
    """
    if actor.role is Role.SYSTEM:
        return
    if not reach(command)(actor, place, request):
        raise Refused("no_such_request", number=request.number)
    verb, states = RULES[type(command)]
    beside = isinstance(command, do.Follow | do.Unfollow)
    if not beside and not may(actor, verb, request):
        raise Refused("right_missing", number=request.number, verb=type(command).__name__)
    if isinstance(command, do.Note) and place.place is Place.CLIENT:
        raise Refused("team_place", number=request.number)
    if (isinstance(command, do.Decline) and (request.scope in SCOPE_OPEN or request.at_intake)) or (
        isinstance(command, do.Accept) and (request.scope == "quoted" or command.quote)
    ):
        states = OPEN  # that is about its scope, wherever it stands; or work cannot have begun
    if request.status not in states:
        raise Refused(
            "not_now", number=request.number, status=request.status.value, by=request.last_event_by,
            since_at=request.status_since.isoformat(),
        )  # fmt: skip
    begun = request.status not in BEFORE_WORK and not request.missing
    if isinstance(command, do.Cancel | do.SameAs) and not actor.is_staff and begun:
        raise Refused("too_late_to_cancel", number=request.number, by=request.assignee)
