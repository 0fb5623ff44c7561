#!/usr/bin/env python3
"""Recomputes every statistics cell from the raw clear records and compares it with what the program said.

An implementation of its own, from the definitions in schemas/statistics.md and the record formats alone. It shares
nothing with the program: no tokens, no ledger, no incremental state. Plain Python, whole numbers only.

Usage:
  verify_statistics.py --events DIR [--cells FILE] [--policy DIR] [--processes N] [--limit N]
  verify_statistics.py --self-test

DIR holds events.ndjson and members.json, as `counterfoil simulate` writes them; FILE (default DIR/cells.ndjson) is
what `counterfoil bench statistics --cells` writes, a line a subject: {"asker","now","activeMembers","identifiers",
"profile","names" (first line only),"raw","told"}. A line may say "knownUntil": then only what had been received by
that instant counts. Prints `differences: N` and explains the first 20; exits with 1 where N > 0.
"""

import argparse
import bisect
import collections
import datetime
import functools
import json
import multiprocessing
import os
import re
import sys
import time
import unittest

DAY = 86_400_000
STAGES = {name: number for number, name in enumerate(
    ["inquired", "applied", "approved", "refused", "withdrawn", "signed", "disbursed", "paid", "debitFailed",
     "overdue", "cured", "restructured", "settled", "writtenOff"], start=1)}
INQUIRY = 64
BUCKETS = {"1-30": 1, "31-60": 2, "61-90": 3, "over-90": 4}
EXACT = ["nationalID", "phone", "card", "device", "email"]
OPEN = {STAGES[name] for name in ["disbursed", "paid", "debitFailed", "overdue", "cured", "restructured"]}
LIVE = {STAGES[name] for name in ["applied", "approved", "signed"]}
HERE = os.path.dirname(os.path.abspath(__file__))
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


# --- Bands -----------------------------------------------------------------------------------------------------------

def amount_bounds():
    """Lower bounds of the 37 amount bands, and the end of the last: 0, 1, 2, 5, 10, 20, 50 ..."""
    bounds, decade = [0], 1
    while len(bounds) <= 37:
        bounds += [decade, 2 * decade, 5 * decade]
        decade *= 10
    return bounds[:38]


BOUNDS = amount_bounds()
LABELS = ["0"] + ["%d-%d" % (BOUNDS[i], BOUNDS[i + 1]) for i in range(1, 37)]
BAND_OF_LABEL = {label: index for index, label in enumerate(LABELS)}


def band_of_amount(amount):
    return min(bisect.bisect_right(BOUNDS, amount) - 1, 36)


AGE_BOUNDS = [0, 7, 30, 90, 180, 360, 720, 1080, 1800]


def age_band(days):
    index = bisect.bisect_right(AGE_BOUNDS, days) - 1
    return "1800d+" if index == 8 else "%d-%dd" % (AGE_BOUNDS[index], AGE_BOUNDS[index + 1])


def count_band(bounds, count):
    index = max(bisect.bisect_right(bounds, count) - 1, 0)
    if index + 1 == len(bounds):
        return "%d+" % bounds[index]
    low, high = bounds[index], bounds[index + 1] - 1
    return str(low) if low == high else "%d-%d" % (low, high)


def share_band(percent):
    for low, high in [(0, 0), (1, 24), (25, 49), (50, 74), (75, 99)]:
        if low <= percent <= high:
            return "0" if high == 0 else "%d-%d" % (low, high)
    return "100"


# --- Time ------------------------------------------------------------------------------------------------------------

def instant(text):
    """Milliseconds since 1970 of an RFC 3339 time."""
    if text[-1] == "Z" and len(text) in (20, 24):
        days = datetime.date(int(text[0:4]), int(text[5:7]), int(text[8:10])).toordinal() - 719_163
        seconds = int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])
        return (days * 86_400 + seconds) * 1000 + (int(text[20:23]) if len(text) == 24 else 0)
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    span = moment - EPOCH
    return (span.days * 86_400 + span.seconds) * 1000 + span.microseconds // 1000


class Policy:
    """What of the policy's files the definitions use."""

    def __init__(self, settings, codes, kinds):
        self.offset = settings["timeZone"]["offsetMinutes"] * 60_000
        self.segment = {each["name"]: each["segment"] for each in settings["memberClasses"]}
        self.windows = {each["name"]: each["seconds"] * 1000 for each in settings["windows"]}
        self.windows["all"] = None
        self.count_bounds = settings["countBands"]
        self.minimum_members = settings["disclosure"]["minimumSegmentMembers"]
        self.exact_from = settings["disclosure"]["exactCountsFromMembers"]
        self.future = settings["eventTime"]["futureSeconds"] * 1000
        self.loan_days = settings["retention"]["loanEventDays"]
        self.inquiry_days = settings["retention"]["inquiryDays"]
        self.live_days = settings["liveApplicationDays"]
        lending = settings.get("lending", {})
        self.run_gap = lending.get("runGapDays", 7)
        self.shopping = lending.get("shoppingDays", 14) * DAY
        self.codes = {each["code"]: each for each in codes}
        self.match = {each["kind"]: each["match"] for each in kinds}

    @staticmethod
    def read(folder):
        def part(name):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                return json.load(file)
        return Policy(part("default-policy.json"), part("reason-codes.json"), part("identifier-kinds.json"))

    def day(self, moment):
        return (moment + self.offset) // DAY

    def hour(self, moment):
        return (moment + self.offset) % DAY // 3_600_000

    def is_weekend(self, moment):
        return (self.day(moment) + 3) % 7 >= 5

    def month(self, moment):
        date = datetime.date.fromordinal(719_163 + self.day(moment))
        return date.year, date.month

    def end_of_day(self, text):
        """When a local day such as 2026-01-31 is over."""
        number = datetime.date.fromisoformat(text).toordinal() - 719_163
        return (number + 1) * DAY - self.offset


# --- Identifiers -----------------------------------------------------------------------------------------------------

def canonical(kind, value):
    """One text for what is written with or without its scheme: national IDs, phones and devices."""
    if kind == "nationalID":
        return value.split(":", 1)[-1]
    if kind == "phone":
        return value[3:] if value.startswith("+86") else value
    if kind == "device":
        return value.split(":", 1)[-1]
    return value


def claims(part):
    """The identifiers of an applicant, or of somebody related to one."""
    found = [("nationalID", each["value"]) for each in part.get("nationalIDs", ())]
    found += [("phone", each) for each in part.get("phones", ())]
    found += [("card", each) for each in part.get("cards", ())]
    found += [("device", each["value"]) for each in part.get("devices", ())]
    found += [("email", each) for each in part.get("emails", ())]
    return [(kind, canonical(kind, value)) for kind, value in found]


class Subject:
    """A person as one case names it: the own identifiers, and the phones of its contacts."""

    __slots__ = ("role", "own", "contacts")

    def __init__(self, role, applicant):
        self.role = role
        self.own = set(claims(applicant))
        names = applicant.get("names", ())
        if names and "birthDate" in applicant and "full" in names[0]:
            self.own.add(("nameBirthDate", "%s %s" % (names[0]["full"], applicant["birthDate"])))
        self.contacts = set()
        for related in applicant.get("related", ()):
            if related["role"] == "contact":
                self.contacts |= {value for kind, value in claims(related) if kind == "phone"}

    def values(self, kind):
        return {value for each, value in self.own if each == kind}


def grants(kinds, match):
    """The rule of the same person: one kind that may match alone, or two that corroborate each other."""
    if any(match.get(kind) == "alone" for kind in kinds):
        return True
    return sum(1 for kind in kinds if match.get(kind) == "corroborated") >= 2


# --- Cases -----------------------------------------------------------------------------------------------------------

class Event:
    """A loan event or an inquiry. `received` and `retracted_at` are instants of receipt."""

    __slots__ = ("time", "stage", "product", "amount", "instalment", "balance", "bucket", "record", "received",
                 "retracted_at", "member", "case")

    def __init__(self, moment, stage, record, received, member, case, fields):
        self.time, self.stage, self.record, self.received = moment, stage, record, received
        self.member, self.case, self.retracted_at = member, case, None
        self.product = fields.get("product")
        self.amount = BAND_OF_LABEL.get(fields.get("amountBand"))
        self.instalment = BAND_OF_LABEL.get(fields.get("instalmentBand"))
        self.balance = BAND_OF_LABEL.get(fields.get("balanceBand"))
        self.bucket = BUCKETS.get(fields.get("dueBucket"))

    def key(self):
        # The digest that parts equal stages of one instant is not to be had here; the record's id stands in for it.
        return self.time, self.stage, self.record


class Case:
    """A loan, a report or an inquiry, with its subjects and everything received of it."""

    __slots__ = ("kind", "member", "subjects", "events", "statements", "withdrawn_at", "first_time", "first_received",
                 "number")

    def __init__(self, number, kind, member, subjects, first_time, received):
        self.number, self.kind, self.member, self.subjects = number, kind, member, subjects
        self.events, self.statements, self.withdrawn_at = [], [], None
        self.first_time, self.first_received = first_time, received


NEVER = 1 << 62


class Book:
    """The cases in which any asked identifier stands, from one pass over the events in order of receipt."""

    def __init__(self, policy, asked):
        self.policy, self.asked = policy, asked
        self.cases = []
        self.by_identifier = collections.defaultdict(list)
        self.by_contact = collections.defaultdict(list)
        self.loans, self.records = {}, {}
        self.classes = {}
        self.event_count = 0

    def read(self, path, progress=lambda count: None):
        with open(path, encoding="utf-8") as file:
            for line in file:
                self.take(json.loads(line))
                if self.event_count % 200_000 == 0:
                    progress(self.event_count)

    def take(self, line):
        self.event_count += 1
        received, member = instant(line["received"]), line["member"]
        self.classes[member] = line["memberClass"]
        if "check" in line:
            self.take_check(line["check"], member, received)
        elif "record" in line:
            getattr(self, "take_" + line["record"]["kind"], self.pass_over)(line["record"], member, received)

    def pass_over(self, record, member, received):
        """Markers are no cases that statistics are made from, and a dispute alone changes nothing."""

    def open_case(self, kind, document, member, moment, received):
        """A new case if any of its identifiers was asked; else nothing is kept of it."""
        if kind == "inquiry":
            subjects = [Subject("borrower", document["applicant"])]
        else:
            subjects = [Subject(each["role"], each["applicant"]) for each in document.get("subjects", ())]
        own = set().union(*(subject.own for subject in subjects)) if subjects else set()
        contacts = set().union(*(subject.contacts for subject in subjects)) if subjects else set()
        if own.isdisjoint(self.asked) and not any(("phone", phone) in self.asked for phone in contacts):
            return None
        case = Case(len(self.cases), kind, member, subjects, moment, received)
        self.cases.append(case)
        for identifier in own & self.asked:
            self.by_identifier[identifier].append(case)
        for phone in contacts:
            if ("phone", phone) in self.asked:
                self.by_contact[phone].append(case)
        return case

    def take_check(self, check, member, received):
        if check["mode"] != "hard" or check["purpose"] != "application":
            return
        case = self.open_case("inquiry", check, member, received, received)
        if case:
            case.events.append(Event(received, INQUIRY, check.get("check", ""), received, member, case, check))

    def take_loanEvent(self, record, member, received):
        moment, loan = instant(record["eventTime"]), (member, record["loanRef"])
        if loan not in self.loans:
            self.loans[loan] = self.open_case("loan", record, member, moment, received)
        case = self.loans[loan]
        if case is None:
            return
        event = Event(moment, STAGES[record["stage"]], record["recordID"], received, member, case, record)
        case.events.append(event)
        self.records[(member, record["recordID"])] = event

    def take_report(self, record, member, received):
        case = self.open_case("report", record, member, instant(record["eventTime"]), received)
        # Kept in any case: a cure that is looked at may continue a report that is not.
        if case is None:
            case = Case(-1, "report", member, [], instant(record["eventTime"]), received)
        case.statements.append((received, record))
        self.records[(member, record["recordID"])] = case

    def take_amendment(self, record, member, received):
        case = self.records.get((member, record["amends"]))
        if isinstance(case, Case):
            fields = ["code", "tier", "endedOn", "productDecision", "grounds", "evidenceDigest", "subjectNotifiedAt",
                      "reviewers"]
            amended = dict(case.statements[-1][1])
            amended.update({name: record[name] for name in fields if name in record})
            case.statements.append((received, amended))

    def take_retraction(self, record, member, received):
        target = self.records.get((member, record["retracts"]))
        if isinstance(target, Event) and target.retracted_at is None:
            target.retracted_at = received
        elif isinstance(target, Case) and target.withdrawn_at is None:
            target.withdrawn_at = received

    def take_disputeOutcome(self, record, member, received):
        target = self.records.get((member, record["decides"]))
        if record["outcome"] == "upheld" and isinstance(target, Case) and target.withdrawn_at is None:
            target.withdrawn_at = received


# --- One subject -----------------------------------------------------------------------------------------------------

class View:
    """One person as one asker sees it at one instant."""

    def __init__(self, book, asker, now, active, identifiers, known_until=NEVER):
        self.book, self.policy = book, book.policy
        self.asker, self.now, self.known = asker, now, known_until
        self.today = self.policy.day(now)
        self.asked = {(each["kind"], canonical(each["kind"], each["value"])) for each in identifiers
                      if each.get("role", "own") == "own"}
        self.active = set(active)
        self.kinds = [kind for kind in EXACT if any(kind == asked for asked, _ in self.asked)]
        self.cases = self.linked_cases()
        self.met = self.same_person()
        self.presents = {case.number: self.present(case) for case, _ in self.met}
        self.sets, self.raws = {}, {}

    def linked_cases(self):
        found = {}
        for identifier in self.asked:
            for case in self.book.by_identifier.get(identifier, ()):
                if case.first_received <= self.known:
                    found[case.number] = case
        return [found[number] for number in sorted(found)]

    def same_person(self):
        """The loans and inquiries of the same person as borrower, each with the kinds it was met under."""
        met = []
        for case in self.cases:
            if case.kind == "report":
                continue
            kinds = set()
            for subject in case.subjects:
                hits = {kind for kind, _ in subject.own & self.asked}
                if subject.role == "borrower" and grants(hits, self.policy.match):
                    kinds |= hits
            if kinds:
                met.append((case, kinds))
        return met

    def is_retained(self, event):
        days = self.policy.inquiry_days if event.stage == INQUIRY else self.policy.loan_days
        return event.time + days * DAY > self.now

    def present(self, case):
        """A case's events that are there, in order."""
        events = [event for event in case.events
                  if event.received <= self.known
                  and (event.retracted_at is None or event.retracted_at > self.known)
                  and event.time <= self.now + self.policy.future and self.is_retained(event)]
        return sorted(events, key=Event.key)

    def age(self, event):
        return max(0, self.now - event.time)

    def split_of(self, member):
        return "own" if member == self.asker else "others"

    # Sets of events.

    def events(self, stage, split, kind):
        """All windows' events of a stage, each with its product, in order."""
        key = (stage, split, kind)
        if key not in self.sets:
            found = []
            for case, kinds in self.met:
                if self.split_of(case.member) == split and (kind == "subject" or kind in kinds):
                    found += self.of_stage(case, stage)
            self.sets[key] = sorted(found, key=lambda pair: pair[0].key())
        return self.sets[key]

    def of_stage(self, case, stage):
        events = self.presents[case.number]
        if not events or (case.kind == "inquiry") != (stage == "inquiry"):
            return []
        stated = next((event.product for event in events if event.product is not None), None)
        if stage == "application":
            chosen = [next((event for event in events if event.stage == STAGES["applied"]), events[0])]
        elif stage == "committed":
            chosen = [event for event in events if event.stage in (STAGES["signed"], STAGES["disbursed"])][:1]
        elif stage == "inquiry":
            chosen, stated = events, None
        else:
            chosen = [event for event in events if event.stage == STAGES[stage]]
        return [(event, event.product if event.product is not None else stated) for event in chosen]

    def selected(self, stage, split, kind, segment, window):
        pairs = [pair for pair in self.events(stage, split, kind) if self.is_in_segment(pair, segment)]
        length = self.policy.windows[window]
        return pairs if length is None else [pair for pair in pairs if self.age(pair[0]) <= length]

    def is_in_segment(self, pair, segment):
        event, product = pair
        if segment == "all":
            return True
        if segment in ("bank", "nonBank"):
            return self.policy.segment[self.book.classes[event.member]] == segment
        if segment.startswith("class-"):
            return self.book.classes[event.member] == segment[len("class-"):]
        if segment.startswith("product-"):
            return product == segment[len("product-"):]
        if segment == "night":
            return 1 <= self.policy.hour(event.time) <= 4
        if segment == "weekend":
            return self.policy.is_weekend(event.time)
        raise ValueError("unknown segment " + segment)

    # Cells.

    def raw(self, name):
        if name not in self.raws:
            parts = name.split(".")
            if parts[0] == "exposure":
                value = exposure(self, parts[1], parts[2])
            elif parts[0] == "stacking":
                value = stacking(self, parts[1], parts[2])
            elif parts[0] == "identity":
                value = identity(self, parts[1])
            else:
                value = self.event_cell(*parts)
            self.raws[name] = value
        return self.raws[name]

    def event_cell(self, stage, split, kind, segment, window, statistic):
        if kind in ("max", "disagree"):
            values = [self.raw(".".join([stage, split, each, segment, window, statistic])) for each in self.kinds]
            if kind == "max":
                return max((value for value in values if value is not None), default=None)
            return 1 if len({value or 0 for value in values}) > 1 else 0
        pairs = self.selected(stage, split, kind, segment, window)
        share = re.fullmatch(r"shareOf(\w+)", statistic)
        if share:
            longer = len(self.selected(stage, split, kind, segment, share.group(1)))
            return (200 * len(pairs) + longer) // (2 * longer) if longer else None
        return statistic_of(self, statistic, pairs)

    # Disclosure.

    def told(self, name):
        value, parts = self.raw(name), name.split(".")
        is_own = parts[0] != "identity" and parts[1] == "own"
        if not is_own and not self.is_disclosed(parts):
            return None
        if value is None:
            return None
        form = form_of(parts)
        if form == "band":
            return LABELS[value]
        if is_own:
            return value
        if form == "number" or len(self.active) >= self.policy.exact_from:
            return str(value)
        return banded(self.policy, form, value)

    @functools.cached_property
    def offered(self):
        return offered_segments(self.policy, [self.book.classes[each] for each in self.active - {self.asker}])

    def is_disclosed(self, parts):
        segment = parts[3] if len(parts) == 6 else "all"
        if segment in ("bank", "nonBank") or segment.startswith("class-"):
            return segment in self.offered
        return len(self.active - {self.asker}) >= self.policy.minimum_members


def offered_segments(policy, classes_of_others):
    """The segments told apart: no sum or difference of them leaves more than none and fewer than the minimum."""
    minimum, numbers = policy.minimum_members, collections.Counter(classes_of_others)
    halves = [[name for name, half in policy.segment.items() if half == each] for each in ("bank", "nonBank")]

    def size(names):
        return sum(numbers[name] for name in names)

    offered, groups = set(), [list(policy.segment)]
    if all(size(half) >= minimum for half in halves):
        offered, groups = {"bank", "nonBank"}, halves
    for group in groups:
        if size(group) < minimum:
            continue
        told = [name for name in group if numbers[name] >= minimum]
        while told and 0 < size(group) - size(told) < minimum:
            told.remove(min(told, key=lambda name: numbers[name]))
        offered |= {"class-" + name for name in told}
    return offered


def form_of(parts):
    """How a cell's value is told when it is not told exactly."""
    last = parts[-1]
    if len(parts) == 6 and parts[2] == "disagree" or last == "worstBucket":
        return "number"
    if last in ("amount", "maxAmount", "outstanding", "dueIn30Days"):
        return "band"
    if last == "meanPerActiveMonth":
        return "hundredths"
    if last.startswith("shareOf"):
        return "share"
    if last == "rise":
        return "sign"
    if last in ("maxGapDays", "minGapDays", "daysSinceFirst", "daysSinceLast", "runDays", "daysSincePairFirstSeen",
                "daysSinceConflictingPair"):
        return "days"
    return "count"


def banded(policy, form, value):
    if form == "hundredths":
        return count_band(policy.count_bounds, value // 100)
    if form == "share":
        return share_band(value)
    if form == "sign":
        return str((value > 0) - (value < 0))
    if form == "days":
        return age_band(value)
    return count_band(policy.count_bounds, value)


def episodes(policy, pairs):
    """Shopping episodes as lists of events, per product, from events in order."""
    current, found = {}, []
    for event, product in pairs:
        episode = current.get(product)
        if episode is not None and event.time - episode[0].time <= policy.shopping:
            episode.append(event)
        else:
            current[product] = [event]
            found.append(current[product])
    return found


def statistic_of(view, statistic, pairs):
    policy, events = view.policy, [event for event, _ in pairs]
    days = [policy.day(event.time) for event in events]
    months = collections.Counter(policy.month(event.time) for event in events)
    gaps = [later - earlier for earlier, later in zip(days, days[1:])]
    bands = [event.amount for event in events if event.amount is not None]
    if statistic == "count":
        return len(events)
    if statistic == "members":
        return len({event.member for event in events})
    if statistic == "loans":
        return len({event.case.number for event in events})
    if statistic == "activeMonths":
        return len(months)
    if statistic == "meanPerActiveMonth":
        return (200 * len(events) + len(months)) // (2 * len(months)) if events else None
    if statistic == "maxPerActiveMonth":
        return max(months.values(), default=None)
    if statistic == "minPerActiveMonth":
        return min(months.values(), default=None)
    if statistic == "maxGapDays":
        return max(gaps, default=None)
    if statistic == "minGapDays":
        return min(gaps, default=None)
    if statistic == "daysSinceFirst":
        return max(0, view.today - days[0]) if days else None
    if statistic == "daysSinceLast":
        return max(0, view.today - days[-1]) if days else None
    if statistic in ("runEvents", "runDays"):
        return run(policy, days, statistic)
    if statistic == "amount":
        return band_of_amount(sum(BOUNDS[band] for band in bands))
    if statistic == "maxAmount":
        return max(bands, default=None)
    if statistic == "rise":
        recent = sum(1 for event in events if view.age(event) <= 180 * DAY)
        return recent - sum(1 for event in events if 180 * DAY < view.age(event) <= 360 * DAY)
    if statistic == "episodes":
        return len(episodes(policy, pairs))
    raise ValueError("unknown statistic " + statistic)


def run(policy, days, statistic):
    if not days:
        return None
    first = len(days) - 1
    while first > 0 and days[first] - days[first - 1] <= policy.run_gap:
        first -= 1
    return len(days) - first if statistic == "runEvents" else days[-1] - days[first] + 1


# --- Exposure, stacking, identity ------------------------------------------------------------------------------------

def latest(events, names):
    stages = {STAGES[name] for name in names}
    return next((event for event in reversed(events) if event.stage in stages), None)


def loans_of(view, split):
    """The split's loans as lists of present events."""
    found = [view.presents[case.number] for case, _ in view.met
             if case.kind == "loan" and view.split_of(case.member) == split]
    return [events for events in found if events]


def exposure(view, split, measure):
    loans = loans_of(view, split)
    still_open = [events for events in loans if events[-1].stage in OPEN]
    overdue = [events for events in still_open
               if (latest(events, ["overdue", "paid", "cured", "restructured"]) or events[0]).stage
               == STAGES["overdue"]]
    live = [events for events in loans if events[-1].stage in LIVE
            and view.age(events[-1]) <= view.policy.live_days * DAY]
    if measure == "openLoans":
        return len(still_open)
    if measure == "openLenders":
        return len({events[0].member for events in still_open})
    if measure == "outstanding":
        return band_of_amount(sum(owed(events) for events in still_open))
    if measure == "dueIn30Days":
        return band_of_amount(sum(stated(events, "instalment") or 0 for events in still_open))
    if measure == "overdueLoans":
        return len(overdue)
    if measure == "worstBucket":
        return max((latest(events, ["overdue"]).bucket or 1 for events in overdue), default=0)
    if measure == "failedDebits":
        return sum(1 for events in still_open for event in events
                   if event.stage == STAGES["debitFailed"] and view.age(event) <= 30 * DAY)
    if measure == "liveApplications":
        return len(live)
    if measure == "liveApplicationMembers":
        return len({events[0].member for events in live})
    if measure == "signedNotFunded":
        return sum(1 for events in live if events[-1].stage == STAGES["signed"])
    if measure in ("reservations", "reservationMembers"):
        return 0  # The events file has none.
    raise ValueError("unknown measure " + measure)


def stated(events, field):
    """The lower bound of the latest band stated, or nothing."""
    band = next((getattr(event, field) for event in reversed(events) if getattr(event, field) is not None), None)
    return None if band is None else BOUNDS[band]


def owed(events):
    balance = stated(events, "balance")
    return balance if balance is not None else stated(events, "amount") or 0


def stacking(view, split, measure):
    if measure == "largestEpisode":
        found = episodes(view.policy, view.events("application", split, "subject"))
        return max((len(each) for each in found if view.age(each[0]) <= 30 * DAY), default=0)
    if measure != "rollovers":
        raise ValueError("unknown measure " + measure)
    loans = loans_of(view, split)
    return sum(1 for events in loans for event in events
               if event.stage == STAGES["disbursed"] and view.age(event) <= 90 * DAY
               and any(repaid(other, event.time) for other in loans if other is not events))


def repaid(events, moment):
    """Whether a loan was in trouble in the 30 days before an instant, and paid in the 7 days after it."""
    trouble = {STAGES["overdue"], STAGES["debitFailed"]}
    relief = {STAGES["paid"], STAGES["cured"], STAGES["settled"]}
    return (any(event.stage in trouble and moment - 30 * DAY <= event.time <= moment for event in events)
            and any(event.stage in relief and moment <= event.time <= moment + 7 * DAY for event in events))


def expiry(view, case, with_parent=True):
    """Until when a report may be told of."""
    policy = view.policy
    record = [each for received, each in case.statements if received <= view.known][-1]
    code = policy.codes.get(record["code"])
    began = instant(record["eventTime"])
    if code is None:
        return began
    rule = code["retention"]
    if record.get("underAge21"):
        rule = code.get("retentionUnderAge21", rule)
    ended = policy.end_of_day(record["endedOn"]) if "endedOn" in record else None
    if rule["rule"] == "days":
        return (began if ended is None else ended) + rule["days"] * DAY
    if rule["rule"] == "afterEnd":
        last = began + rule["openAtMostDays"] * DAY
        return (last if ended is None else min(ended, last)) + rule["days"] * DAY
    if rule["rule"] == "asParent":
        parent = view.book.records.get((case.member, record.get("parent")))
        return expiry(view, parent, False) if with_parent and isinstance(parent, Case) else began
    return NEVER


def is_visible(view, case):
    if case.kind == "report":
        withdrawn = case.withdrawn_at is not None and case.withdrawn_at <= view.known
        return not withdrawn and expiry(view, case) > view.now
    return any(event.received <= view.known and (event.retracted_at is None or event.retracted_at > view.known)
               and view.is_retained(event) for event in case.events)


def first_seen(view, case):
    """When a case began: its earliest event that is there and was not retracted, or when the report was stated."""
    times = [event.time for event in case.events if event.received <= view.known
             and (event.retracted_at is None or event.retracted_at > view.known)]
    return min(times, default=case.first_time)


def identity(view, measure):
    asked = {kind: {value for each, value in view.asked if each == kind} for kind in EXACT}
    needs = {"phonesPerID": ["nationalID"], "cardsPerID": ["nationalID"], "IDsPerPhone": ["phone"],
             "IDsPerDevice": ["device"], "daysSincePairFirstSeen": ["nationalID", "phone"],
             "daysSinceConflictingPair": ["nationalID", "phone"], "phoneAsOthersContact": ["phone"]}[measure]
    if not all(asked[kind] for kind in needs):
        return None
    subjects = [(case, subject) for case in view.cases if is_visible(view, case) for subject in case.subjects]
    if measure in ("phonesPerID", "cardsPerID"):
        kind = "phone" if measure == "phonesPerID" else "card"
        beside = [subject.values(kind) for _, subject in subjects
                  if not subject.values("nationalID").isdisjoint(asked["nationalID"])]
        return len(set().union(*beside)) if beside else 0
    if measure in ("IDsPerPhone", "IDsPerDevice"):
        kind = needs[0]
        return max(len(set().union(*(subject.values("nationalID") for _, subject in subjects
                                     if value in subject.values(kind)))) for value in asked[kind])
    if measure == "phoneAsOthersContact":
        return len(contact_givers(view, asked))
    ids = asked["nationalID"]
    if measure == "daysSincePairFirstSeen":
        times = [first_seen(view, case) for case, subject in subjects
                 if not subject.values("phone").isdisjoint(asked["phone"])
                 and not subject.values("nationalID").isdisjoint(ids)]
        return view.today - view.policy.day(min(times)) if times else None
    times = [first_seen(view, case) for case, subject in subjects
             if not subject.values("phone").isdisjoint(asked["phone"]) and subject.values("nationalID") - ids]
    return view.today - view.policy.day(max(times)) if times else None


def contact_givers(view, asked):
    """Subjects, by national ID or else by case, that named an asked phone as a contact's."""
    givers = set()
    for phone in asked["phone"]:
        for case in view.book.by_contact.get(phone, ()):
            if case.first_received > view.known or not is_visible(view, case):
                continue
            for subject in case.subjects:
                ids = subject.values("nationalID")
                if phone in subject.contacts and ids.isdisjoint(asked["nationalID"]):
                    givers |= {("id", each) for each in ids} or {("case", case.number)}
    return givers


# --- Comparing -------------------------------------------------------------------------------------------------------

BOOK = None
NAMES = None


def compare(text):
    """Differences of one line of the cells file, and how many values were compared."""
    line = json.loads(text)
    known = instant(line["knownUntil"]) if "knownUntil" in line else NEVER
    view = View(BOOK, line["asker"], instant(line["now"]), line["activeMembers"], line["identifiers"], known)
    found = []
    for form, ours in [("raw", line["raw"]), ("told", line["told"])]:
        if len(ours) != len(NAMES):
            found.append(("%d values %s" % (len(ours), form), len(ours), len(NAMES)))
            continue
        compute = view.raw if form == "raw" else view.told
        for name, value in zip(NAMES, ours):
            theirs = compute(name)
            if theirs != value or type(theirs) is not type(value):
                found.append(("%s %s" % (name, form), value, theirs))
    about = "asker %s at %s, %s, %d cases of the person" % (
        line["asker"], line["now"],
        " ".join("%s=%s" % (each["kind"], each["value"]) for each in line["identifiers"]), len(view.met))
    return found, len(NAMES) * 2, about, any(view.presents.values())


def say(text):
    sys.stderr.write("verify_statistics: %s\n" % text)
    sys.stderr.flush()


def load(arguments):
    """Reads names, asked identifiers, members and events; returns the lines to compare."""
    global BOOK, NAMES
    asked, lines = set(), []
    with open(arguments.cells, encoding="utf-8") as file:
        for text in file:
            if not text.strip():
                continue
            line = json.loads(text)
            if NAMES is None:
                NAMES = line["names"]
            asked |= {(each["kind"], canonical(each["kind"], each["value"])) for each in line["identifiers"]}
            lines.append(text)
            if arguments.limit and len(lines) >= arguments.limit:
                break
    if NAMES is None:
        raise SystemExit("verify_statistics: error: The cells file is empty.")
    BOOK = Book(Policy.read(arguments.policy), asked)
    with open(os.path.join(arguments.events, "members.json"), encoding="utf-8") as file:
        BOOK.classes = {each["member"]: each["memberClass"] for each in json.load(file)["members"]}
    began = time.monotonic()
    BOOK.read(os.path.join(arguments.events, "events.ndjson"), lambda count: say("%d events read" % count))
    say("%d events read in %.0f s; %d cases hold an asked identifier" % (
        BOOK.event_count, time.monotonic() - began, len(BOOK.cases)))
    return lines


def verify(arguments):
    lines = load(arguments)
    differences, compared, known, shown, began = 0, 0, 0, [], time.monotonic()
    # The workers are forks: they share what was read, and nothing is sent to them but lines.
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        for number, (found, count, about, has_events) in enumerate(pool.imap(compare, lines, chunksize=8), start=1):
            differences, compared, known = differences + len(found), compared + count, known + has_events
            shown += [(number, about, each) for each in found[:20 - len(shown)]]
            if number % 200 == 0:
                rate = number / (time.monotonic() - began)
                say("%d of %d subjects, %.0f s left" % (number, len(lines), (len(lines) - number) / rate))
    for number, about, (name, ours, theirs) in shown:
        sys.stdout.write("subject %d (%s)\n  %s: the program says %s, recomputed it is %s\n" % (
            number, about, name, json.dumps(ours), json.dumps(theirs)))
    sys.stdout.write("events: %d, subjects: %d (%d with events), cells a subject: %d, values compared: %d\n" % (
        BOOK.event_count, len(lines), known, len(NAMES), compared))
    sys.stdout.write("differences: %d\n" % differences)
    return 1 if differences else 0


# --- Own tests: small cases by hand ----------------------------------------------------------------------------------

class SelfTest(unittest.TestCase):
    """`now` is 2025-07-02T04:00Z, noon of a Wednesday in the policy's time zone, UTC+8."""

    NOW = "2025-07-02T04:00:00Z"
    ALICE = {"nationalIDs": [{"scheme": "cn-rid", "value": "A"}], "phones": ["1"], "cards": ["9"]}

    def setUp(self):
        self.serial = 0
        kinds = [{"kind": kind, "match": "alone"} for kind in EXACT + ["nameBirthDate"]]
        kinds += [{"kind": "address", "match": "corroborated"}, {"kind": "employer", "match": "never"}]
        codes = [
            {"code": "CRD-OD-1", "retention": {"rule": "afterEnd", "days": 10, "openAtMostDays": 40}},
            {"code": "CRD-CURED", "retention": {"rule": "asParent"}},
            {"code": "DEC-REFUSED", "retention": {"rule": "days", "days": 180}}]
        settings = {
            "timeZone": {"offsetMinutes": 480}, "countBands": [0, 1, 2, 3, 5, 10],
            "memberClasses": [{"name": "bank", "segment": "bank"}, {"name": "micro-credit", "segment": "nonBank"}],
            "windows": [{"name": "%dd" % days, "seconds": days * 86_400} for days in (7, 30, 90, 180, 360, 720)],
            "disclosure": {"minimumSegmentMembers": 3, "exactCountsFromMembers": 20},
            "eventTime": {"futureSeconds": 300}, "retention": {"loanEventDays": 720, "inquiryDays": 720},
            "liveApplicationDays": 30, "lending": {"runGapDays": 7, "shoppingDays": 14}}
        identifiers = ["nationalID A", "phone 1", "card 9", "device d"]
        self.book = Book(Policy(settings, codes, kinds), {tuple(each.split()) for each in identifiers})
        self.book.classes = {each: "bank" if each[0] == "b" else "micro-credit"
                             for each in ["b1", "b2", "b3", "n1", "n2", "n3"]}

    def line(self, member, received, **content):
        self.book.take(dict(
            received=received, member=member, memberClass=self.book.classes.get(member, "micro-credit"), **content))

    def loan(self, member, loan, stage, day, applicant=None, received=None, **fields):
        """A loan event at a day of 2025 such as 06-30, or at a full time; returns its record id."""
        self.serial += 1
        moment = day if len(day) > 5 else "2025-%sT04:00:00Z" % day
        record = dict(
            recordID=str(self.serial), kind="loanEvent", eventTime=moment, loanRef=loan, stage=stage, **fields)
        if applicant:
            record["subjects"] = [{"role": "borrower", "applicant": applicant}]
        self.line(member, received or moment, record=record)
        return str(self.serial)

    def say_of(self, member, kind, received="2025-07-01T00:00:00Z", **fields):
        self.serial += 1
        fields.setdefault("eventTime", received)
        self.line(member, received, record=dict(recordID=str(self.serial), kind=kind, **fields))
        return str(self.serial)

    def view(self, asker="b1", identifiers="nationalID A,phone 1,card 9", known=NEVER, active=None):
        asked = [dict(zip(["kind", "value"], each.split())) for each in identifiers.split(",")]
        return View(self.book, asker, instant(self.NOW), active or ["b1", "b2", "b3", "n1", "n2", "n3"], asked, known)

    def check(self, view, **cells):
        for name, value in cells.items():
            name = name.replace("__", ".")
            self.assertEqual(view.raw(name), value, name)

    def test_bands(self):
        amounts = (0, 1, 4, 999, 1000, 2999, 10 ** 30)
        self.assertEqual([band_of_amount(each) for each in amounts], [0, 1, 2, 9, 10, 11, 36])
        self.assertEqual((LABELS[10], LABELS[11], LABELS[12]), ("1000-2000", "2000-5000", "5000-10000"))
        ages = [age_band(each) for each in (0, 6, 7, 720, 5000)]
        self.assertEqual(ages, ["0-7d", "0-7d", "7-30d", "720-1080d", "1800d+"])
        counts = [count_band([0, 1, 2, 3, 5, 10], each) for each in (0, 2, 4, 9, 10)]
        self.assertEqual(counts, ["0", "2", "3-4", "5-9", "10+"])
        shares = [share_band(each) for each in (0, 1, 24, 25, 99, 100)]
        self.assertEqual(shares, ["0", "1-24", "1-24", "25-49", "75-99", "100"])

    def test_times(self):
        policy = self.book.policy
        self.assertEqual(instant("1970-01-02T00:00:00.250Z"), DAY + 250)
        self.assertEqual(instant("2025-07-02T12:00:00+08:00"), instant(self.NOW))
        self.assertEqual(policy.hour(instant("2025-07-01T17:00:00Z")), 1)
        self.assertEqual(policy.day(instant("2025-07-01T16:00:00Z")), policy.day(instant(self.NOW)))
        self.assertFalse(policy.is_weekend(instant("2025-07-04T15:59:59Z")))
        self.assertTrue(policy.is_weekend(instant("2025-07-04T16:00:00Z")))
        self.assertEqual(policy.month(instant("2025-06-30T16:00:00Z")), (2025, 7))

    def test_counts_and_windows(self):
        self.loan("b2", "L1", "applied", "06-30", self.ALICE, amountBand="1000-2000", product="cash-loan")
        self.loan("b2", "L1", "signed", "07-01")
        self.loan("n1", "L1", "applied", "06-02", self.ALICE, amountBand="2000-5000")
        self.loan("b1", "L1", "applied", "06-29", self.ALICE)
        view = self.view()
        self.check(
            view, application__others__subject__all__7d__count=1, application__others__subject__all__30d__count=2,
            application__others__subject__all__30d__members=2, application__own__subject__all__30d__count=1,
            application__others__subject__bank__all__count=1, application__others__subject__nonBank__all__count=1,
            application__others__subject__all__30d__amount=11, application__others__subject__all__30d__maxAmount=11,
            application__others__subject__all__30d__maxGapDays=28, application__others__subject__all__30d__runEvents=1,
            application__others__subject__all__30d__activeMonths=1,
            application__others__subject__all__7d__shareOf30d=50,
            application__others__subject__all__30d__meanPerActiveMonth=200,
            committed__others__subject__all__all__loans=1, application__others__card__all__all__count=2,
            application__others__device__all__all__count=0, application__others__subject__all__7d__maxGapDays=None)
        self.assertEqual(view.raw("signed.others.subject.product-cash-loan.7d.count"), 1)
        self.assertEqual(view.raw("application.others.subject.class-bank.30d.count"), 1)

    def test_the_window_is_closed_at_its_end(self):
        self.loan("b2", "L1", "applied", "2025-06-02T04:00:00Z", self.ALICE)
        self.loan("b2", "L2", "applied", "2025-06-02T03:59:59.999Z", self.ALICE)
        self.check(self.view(), application__others__subject__all__30d__count=1)

    def test_retention_and_the_future(self):
        self.loan("b2", "L1", "applied", "2023-07-13T04:00:00Z", self.ALICE)
        self.loan("b2", "L2", "applied", "2023-07-13T04:00:00.001Z", self.ALICE)
        self.loan("b2", "L3", "applied", "2025-07-02T04:05:00Z", self.ALICE)
        self.loan("b2", "L4", "applied", "2025-07-02T04:05:00.001Z", self.ALICE)
        self.check(
            self.view(), application__others__subject__all__all__count=2,
            application__others__subject__all__7d__count=1, application__others__subject__all__7d__daysSinceLast=0)

    def test_retraction_and_retelling(self):
        wrong = self.loan("b2", "L1", "applied", "06-01", self.ALICE)
        self.say_of("n1", "retraction", retracts=wrong)
        self.check(self.view(), application__others__subject__all__all__count=1)
        self.say_of("b2", "retraction", received="2025-07-01T10:00:00Z", retracts=wrong)
        view = self.view()
        self.check(view, application__others__subject__all__all__count=0, identity__phonesPerID=0)
        self.check(self.view(known=instant("2025-07-01T09:00:00Z")), application__others__subject__all__all__count=1)
        self.loan("b2", "L1", "applied", "06-03", received="2025-07-01T11:00:00Z")
        self.check(self.view(), application__others__subject__all__all__daysSinceFirst=29, identity__phonesPerID=1)
        # What was taken back does not say since when the pair is known; what came later and is earlier does.
        self.check(self.view(), identity__daysSincePairFirstSeen=29)
        self.loan("b2", "L1", "inquired", "06-02", received="2025-07-01T12:00:00Z")
        self.check(self.view(), identity__daysSincePairFirstSeen=30)

    def test_inquiries(self):
        for mode, purpose in [("hard", "application"), ("soft", "application"), ("hard", "monitoring")]:
            check = {"check": mode + purpose, "mode": mode, "purpose": purpose, "applicant": self.ALICE}
            self.line("n1", "2025-07-01T18:30:00Z", check=check)
        self.check(
            self.view(), inquiry__others__subject__all__7d__count=1, inquiry__others__subject__night__7d__count=1,
            inquiry__others__subject__weekend__7d__count=0, application__others__subject__all__7d__count=0)

    def test_kinds_and_their_disagreement(self):
        self.loan("b2", "L1", "applied", "06-30", {"phones": ["1"]})
        self.loan("b2", "L2", "applied", "06-30", {"phones": ["1"], "cards": ["9"]})
        self.loan("b2", "L3", "applied", "06-30", {"phones": ["2"], "cards": ["8"]})
        self.check(
            self.view(), application__others__subject__all__7d__count=2, application__others__phone__all__7d__count=2,
            application__others__card__all__7d__count=1, application__others__nationalID__all__7d__count=0,
            application__others__max__all__7d__count=2, application__others__disagree__all__7d__count=1)
        self.check(
            self.view(identifiers="phone 1"), application__others__disagree__all__7d__count=0,
            application__others__max__all__7d__count=2)

    def test_two_borrowers_are_one_loan_and_a_report_is_none(self):
        self.say_of("b2", "report", code="DEC-REFUSED", subjects=[{"role": "borrower", "applicant": self.ALICE}])
        self.serial += 1
        subjects = [{"role": "borrower", "applicant": {"phones": ["1"]}}, {"role": "borrower", "applicant": self.ALICE}]
        self.line("b2", self.NOW, record={
            "recordID": "x", "kind": "loanEvent", "eventTime": self.NOW, "loanRef": "L", "stage": "applied",
            "subjects": subjects})
        self.check(self.view(), application__others__subject__all__7d__count=1)

    def test_episodes_runs_and_rise(self):
        for number, (day, product) in enumerate(
                [("06-01", "a"), ("06-15", "a"), ("06-16", "a"), ("06-16", "b"), ("06-28", None)]):
            fields = {"product": product} if product else {}
            self.loan("n%d" % (number + 1), "L", "applied", day, self.ALICE, **fields)
        self.check(
            self.view(), application__others__subject__all__90d__episodes=4,
            application__others__subject__all__90d__runEvents=1, application__others__subject__all__90d__runDays=1,
            application__others__subject__all__360d__rise=5, application__others__subject__all__90d__minGapDays=0,
            application__others__subject__all__30d__episodes=3, stacking__others__largestEpisode=1)

    def test_exposure(self):
        self.loan("b2", "L1", "disbursed", "01-01", self.ALICE, amountBand="10000-20000", instalmentBand="500-1000")
        self.loan("b2", "L1", "paid", "02-01", balanceBand="5000-10000")
        self.loan("b2", "L1", "overdue", "05-01", dueBucket="31-60")
        self.loan("b2", "L1", "debitFailed", "06-20")
        self.loan("n1", "L1", "disbursed", "02-01", self.ALICE, amountBand="1000-2000")
        self.loan("n2", "L1", "signed", "06-25", self.ALICE)
        self.loan("n3", "L1", "applied", "05-25", self.ALICE)
        self.loan("n3", "L2", "settled", "05-25", self.ALICE)
        self.check(
            self.view(), exposure__others__openLoans=2, exposure__others__openLenders=2,
            exposure__others__outstanding=band_of_amount(6000), exposure__others__dueIn30Days=band_of_amount(500),
            exposure__others__overdueLoans=1, exposure__others__worstBucket=2, exposure__others__failedDebits=1,
            exposure__others__liveApplications=1, exposure__others__signedNotFunded=1, exposure__own__openLoans=0)

    def test_rollovers(self):
        self.loan("b2", "L1", "overdue", "05-25", self.ALICE, dueBucket="1-30")
        self.loan("b2", "L1", "paid", "06-08")
        self.loan("n1", "L1", "disbursed", "06-01", self.ALICE)
        self.loan("n2", "L1", "disbursed", "06-09", self.ALICE)
        self.check(self.view(), stacking__others__rollovers=1, stacking__own__rollovers=0)

    def test_identity(self):
        bob = {"nationalIDs": [{"scheme": "cn-rid", "value": "B"}], "phones": ["1"], "devices": [
            {"type": "opaque", "value": "d"}]}
        self.loan("b2", "L1", "applied", "06-01", dict(self.ALICE, phones=["1", "3"]))
        self.loan("n1", "L1", "applied", "06-10", bob)
        self.loan("n1", "L2", "applied", "06-11", {"cards": ["7"], "related": [{"role": "contact", "phones": ["1"]}]})
        self.loan("n1", "L3", "applied", "06-11", dict(self.ALICE, related=[{"role": "contact", "phones": ["1"]}]))
        self.check(
            self.view(identifiers="nationalID cn-rid:A,phone +861,device opaque:d"), identity__phonesPerID=2,
            identity__cardsPerID=1, identity__IDsPerPhone=2, identity__IDsPerDevice=1,
            identity__daysSincePairFirstSeen=31, identity__daysSinceConflictingPair=22,
            identity__phoneAsOthersContact=1)
        self.check(self.view(identifiers="card 9"), identity__phonesPerID=None, identity__IDsPerPhone=None,
                   identity__phoneAsOthersContact=None, identity__daysSincePairFirstSeen=None)

    def test_reports_expire_and_cures_with_their_parents(self):
        subjects = [{"role": "borrower", "applicant": dict(self.ALICE, phones=["1", "3"])}]
        report = self.say_of("b2", "report", received="2025-06-01T00:00:00Z", code="CRD-OD-1", subjects=subjects)
        self.say_of("b2", "report", code="CRD-CURED", parent=report, subjects=subjects)
        self.check(self.view(), identity__phonesPerID=2)
        self.say_of("b2", "amendment", amends=report, endedOn="2025-06-20")
        self.check(self.view(), identity__phonesPerID=0)
        self.check(self.view(known=instant("2025-06-30T00:00:00Z")), identity__phonesPerID=2)

    def test_disclosure(self):
        for number in range(3):
            self.loan("n%d" % (number + 1), "L", "applied", "06-30", self.ALICE, amountBand="1000-2000")
        self.loan("b2", "L", "applied", "06-30", self.ALICE)
        view, others = self.view(), "application.others.subject."
        self.assertEqual(view.told(others + "all.7d.count"), "3-4")
        for segment in ["bank", "nonBank", "class-bank", "class-micro-credit"]:
            self.assertIsNone(view.told(others + segment + ".7d.count"), segment)
        even = self.view(active=["b1", "b2", "b3", "b4", "n1", "n2", "n3"])
        self.book.classes["b4"] = "bank"
        self.assertEqual(even.told(others + "nonBank.7d.count"), "3-4")
        self.assertEqual(even.told(others + "class-bank.7d.count"), "1")
        self.assertEqual(view.told(others + "all.7d.amount"), "2000-5000")
        self.assertEqual(view.told(others + "all.7d.daysSinceLast"), "0-7d")
        self.assertEqual(view.told("application.own.subject.all.7d.count"), 0)
        self.assertEqual(view.told("exposure.own.outstanding"), "0")
        self.assertEqual(view.told("application.others.disagree.all.7d.count"), "0")
        self.assertIsNone(self.view(active=["b1", "b2", "b3"]).told("identity.phonesPerID"))
        large = self.view(active=["b1", "b2", "b3"] + ["n1"] + ["x%d" % each for each in range(16)])
        self.book.classes.update({"x%d" % each: "bank" for each in range(16)})
        self.assertEqual(large.told(others + "all.7d.count"), "4")
        self.assertEqual(large.told(others + "all.7d.amount"), "2000-5000")

    def test_no_segment_is_a_subtraction(self):
        policy = self.book.policy
        policy.segment = {"bank": "bank", "a": "nonBank", "b": "nonBank", "c": "nonBank", "d": "nonBank"}

        def offered(*numbers):
            classes = [name for name, number in zip(policy.segment, numbers) for _ in range(number)]
            return sorted(offered_segments(policy, classes))
        self.assertEqual(offered(3, 1), [])
        self.assertEqual(offered(5), ["class-bank"])
        self.assertEqual(offered(3, 3), ["bank", "class-a", "class-bank", "nonBank"])
        self.assertEqual(offered(3, 2, 1), ["bank", "class-bank", "nonBank"])
        self.assertEqual(offered(3, 4, 3, 1), ["bank", "class-a", "class-bank", "nonBank"])
        self.assertEqual(offered(3, 3, 3, 1), ["bank", "class-b", "class-bank", "nonBank"])
        self.assertEqual(offered(2, 3, 4), ["class-b"])
        self.assertEqual(offered(1, 3, 2), ["class-a"])
        self.assertEqual(offered(1, 1), [])


def main():
    parser = argparse.ArgumentParser(description="Recomputes statistics cells from raw records and compares them.")
    parser.add_argument("--events", metavar="DIR", help="folder with events.ndjson and members.json")
    parser.add_argument("--cells", metavar="FILE", help="what the program computed (default: DIR/cells.ndjson)")
    parser.add_argument("--policy", metavar="DIR", default=os.path.join(HERE, "..", "schemas", "policy"))
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--limit", type=int, default=0, help="compare so many subjects only")
    parser.add_argument("--self-test", action="store_true", help="run the script's own tests")
    arguments = parser.parse_args()
    if arguments.self_test:
        unittest.main(argv=[sys.argv[0]], verbosity=1)
    if not arguments.events:
        parser.error("--events is needed")
    arguments.cells = arguments.cells or os.path.join(arguments.events, "cells.ndjson")
    sys.exit(verify(arguments))


if __name__ == "__main__":
    main()
