//! The evidence on one tie to its spells: when it began, ended and began again, and what each source has to say to
//! each of them.
//!
//! Ends and dated beginnings are events and make the spells; what a list says without a date is that the tie stands
//! on the day of the list, and it joins the spell in which that day lies. Where a list has a tie after its end was
//! told, the rules of [`standing`](super::standing) say who is believed. The order of the evidence has no say.

use super::evidence::{Evidence, Use};
use super::standing::{id, works, years};
use crate::model::{Bound, Claim, Day, FactKey, ImpliedEnd, Manner, Origin, Polarity, Settlement, Statement};

/// What the readings of a spell do not tell by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Bounds of the beginning beside those that sources state.
    pub began: Bound,
    /// The day by which it was over, where the next spell says so.
    pub over_by: Option<Day>,
    /// The day on which it ended, where sources tell that it did and another fact tells when.
    pub over_on: Option<Bound>,
    /// Whether sources differ on whether it stands.
    pub contested: bool,
    /// Whether the denial or the assertion is believed, where both are there and their sources' ranks do not decide.
    pub preferred: Option<Polarity>,
    /// An end that follows from something else.
    pub implied: Option<ImpliedEnd>,
    /// What rules decided.
    pub settlements: Vec<Settlement>,
}

impl Verdict {
    pub(super) fn settle(&mut self, rule: &str, by: Vec<Origin>, against: Vec<Origin>) {
        let sorted = |mut places: Vec<Origin>| {
            places.sort();
            places.dedup();
            places
        };
        self.settlements.push(Settlement { rule: rule.to_owned(), by: sorted(by), against: sorted(against) });
    }
}

/// One spell of a tie.
#[derive(Clone, Debug)]
pub(super) struct Spell<'c> {
    pub uses: Vec<Use<'c>>,
    pub verdict: Verdict,
    /// Whether a source or a rule ends it.
    pub over: bool,
}

impl<'c> Spell<'c> {
    fn of(uses: Vec<Use<'c>>) -> Spell<'c> {
        Spell { uses, verdict: Verdict::default(), over: false }
    }
}

fn places<'e, 'c: 'e>(evidence: impl IntoIterator<Item = &'e Evidence<'c>>) -> Vec<Origin> {
    evidence.into_iter().map(|evidence| evidence.claim.origin.clone()).collect()
}

/// The day `years` after a day.
pub(super) fn later_by(day: Day, years: i16) -> Day {
    day.checked_add(jiff::Span::new().years(years)).unwrap_or(Day::MAX)
}

/// A spell that is over while it is put together.
struct Episode<'c> {
    ended: Bound,
    uses: Vec<Use<'c>>,
}

impl<'c> Episode<'c> {
    /// Whether a beginning that a claim tells comes after this end: certainly by its date, or because its document
    /// lists both.
    fn before(&self, began: Bound, claim: &Claim) -> bool {
        let certainly = matches!((self.ended.latest, began.earliest), (Some(over), Some(anew)) if over <= anew)
            || matches!((self.ended, began.earliest), (Bound { earliest: Some(over), latest: None }, Some(anew)) if over < anew);
        // An end that is told for later closes what began before it, whatever its document lists.
        let within = matches!((self.ended.earliest, began.latest), (Some(over), Some(anew)) if anew < over);
        certainly
            || !within
                && self.uses.iter().filter(|known| known.evidence.claim.origin.document == claim.origin.document).any(
                    |known| {
                        let own = known.evidence.claim.certain_span();
                        let Some(ended) = own.ended else { return false };
                        let line = known.evidence.claim.origin.line == claim.origin.line && !known.evidence.event;
                        // "Restored in 1952": the line tells that they were broken by then, and that they began then.
                        let renewal =
                            ended.earliest.is_none() && ended.latest.is_some() && ended.latest == began.latest;
                        if line && renewal {
                            return true;
                        }
                        // Both in one year, and nothing that says which came first: it is over.
                        if line && ended == began {
                            return false;
                        }
                        match (ended.earliest, own.began.latest) {
                            (Some(over), _) => began.latest.is_some_and(|anew| over < anew),
                            // An end without a date comes before the next beginning that the line tells.
                            (None, Some(first)) if ended.latest.is_none() => {
                                line && began.earliest.is_some_and(|anew| first < anew)
                            }
                            // "Closed for a time": who tells of an end without a date and of a beginning with one, of a tie that
                            // stands, tells the end first.
                            (None, None) => ended.latest.is_none() && claim.span.ended.is_none(),
                            _ => false,
                        }
                    },
                )
    }

    /// Whether the spell certainly began after a day.
    fn begins_after(&self, ended: Bound) -> bool {
        let began = self.uses.iter().filter_map(|it| it.began().earliest).min();
        matches!((ended.latest, began), (Some(end), Some(began)) if end < began)
    }

    fn take(&mut self, evidence: Evidence<'c>) {
        if let Some(ended) = evidence.ended() {
            // The narrower of two ends that meet; of ends that differ the later, so that what began between stays within.
            self.ended = self.ended.intersect(ended).unwrap_or(Bound {
                earliest: self.ended.earliest.max(ended.earliest),
                latest: self.ended.latest.max(ended.latest),
            });
        }
        self.uses.push(Use::whole(evidence));
    }

    /// Last day on which it can have ended, or on which a list that states its day has it as over.
    fn over_on(&self) -> Option<Day> {
        let enders = self.uses.iter().filter(|known| known.ends && known.evidence.dated);
        enders.filter_map(|known| known.evidence.day).chain(self.ended.latest).max()
    }

    fn dated(&self) -> bool {
        self.uses.iter().any(|known| known.ends && known.evidence.ended_on_a_date())
    }
}

/// The ends that sources tell, each with what is said of it, in the order of time.
fn episodes<'c>(mut ends: Vec<Evidence<'c>>, begins: &[Evidence<'c>]) -> Vec<Episode<'c>> {
    ends.sort_by(|a, b| {
        let order = |it: &Evidence<'_>| {
            let began = it.began();
            (began.is_unknown(), !it.ended_on_a_date(), began.latest, began.earliest, it.ended())
        };
        order(a).cmp(&order(b)).then_with(|| a.claim.cmp(b.claim))
    });
    let mut found: Vec<Episode<'c>> = Vec::new();
    for evidence in ends {
        let ended = evidence.ended().unwrap_or_default();
        let began = evidence.began();
        let joins = if !began.is_unknown() {
            found.last().is_some_and(|last| !last.before(began, evidence.claim)).then(|| found.len() - 1)
        } else if !evidence.ended_on_a_date() {
            found.len().checked_sub(1)
        } else {
            let meets = found.iter().position(|episode| episode.ended.meets(ended));
            meets.or_else(|| {
                // An end from before a spell began is the end of an earlier one.
                let at = found.iter().rposition(|episode| !episode.begins_after(ended))?;
                // An end after one that is told, with a beginning between, is another end.
                let last = &found[at];
                let after = matches!((last.ended.latest, ended.earliest), (Some(over), Some(end)) if over < end);
                let between = |anew: &Evidence<'_>| {
                    last.before(anew.began(), anew.claim) && anew.began().earliest <= ended.latest
                };
                (!after || !begins.iter().any(between)).then_some(at)
            })
        };
        match joins.and_then(|at| found.get_mut(at)) {
            Some(episode) => episode.take(evidence),
            None => found.push(Episode { ended, uses: vec![Use::whole(evidence)] }),
        }
        found.sort_by(|a, b| {
            let end = |episode: &Episode<'_>| (episode.ended.latest.unwrap_or(Day::MAX), episode.ended.earliest);
            end(a).cmp(&end(b))
        });
    }
    found
}

/// The spells of one tie: those that are over in the order of time, then the one that stands or is denied, if any.
pub(super) fn spells<'c>(key: &FactKey, mut evidence: Vec<Evidence<'c>>) -> Vec<Spell<'c>> {
    evidence.sort_by(|a, b| a.claim.cmp(b.claim));
    if !key.tie.has_spells() {
        return vec![Spell::of(evidence.into_iter().map(Use::whole).collect())];
    }
    let (denials, asserted): (Vec<Evidence<'c>>, Vec<Evidence<'c>>) =
        evidence.into_iter().partition(|evidence| evidence.denies());
    let (ends, open): (Vec<Evidence<'c>>, Vec<Evidence<'c>>) =
        asserted.into_iter().partition(|evidence| evidence.claim.span.ended.is_some());
    let begins: Vec<Evidence<'c>> = open.iter().filter(|it| !it.began().is_unknown()).copied().collect();
    let mut episodes = episodes(ends, &begins);
    let mut standing: Vec<Use<'c>> = Vec::new();
    let mut verdict = Verdict::default();
    // Beginnings: each belongs to the first spell that ended after it.
    let mut states: Vec<(Evidence<'c>, Option<usize>)> = Vec::new();
    let mut anew = false;
    let within = |evidence: &Evidence<'c>| {
        let began = evidence.began();
        episodes.iter().position(|episode| !began.is_unknown() && !episode.before(began, evidence.claim))
    };
    let renewals: Vec<Bound> = begins.iter().filter(|it| within(it).is_none()).map(Evidence::began).collect();
    // A beginning that one source puts after every end is after it, whoever else tells of it.
    let renews = |began: Bound| {
        let mut dated = renewals.iter().filter(|other| other.earliest.is_some() && began.earliest.is_some());
        dated.any(|other| other.intersect(began).is_some())
    };
    for evidence in open {
        let began = evidence.began();
        let within = within(&evidence).filter(|_| !renews(began));
        if began.is_unknown() {
            states.push((evidence, None));
        } else if let Some(at) = within {
            states.push((evidence, Some(at)));
        } else {
            anew = true;
            standing.push(Use::whole(evidence));
        }
    }
    let contest = if episodes.is_empty() || anew { None } else { Some(Contest::of(key, &episodes, &states)) };
    let moved = contest.as_ref().is_some_and(|contest| contest.moved);
    let again = contest.as_ref().is_some_and(|contest| contest.again);
    let last = episodes.len().checked_sub(1);
    for (evidence, begun) in states {
        if let Some(at) = begun {
            let stands = false;
            episodes[at].uses.push(Use { evidence, begins: true, ends: false, stands });
        }
        let Some(end) = last else {
            standing.push(Use::whole(evidence));
            continue;
        };
        let place = Place::of(&evidence, &episodes[end]);
        // After a move lists of the old seat tell of what was.
        let left = moved && !works_elsewhere(&evidence);
        let stays = left || matches!(place, Place::Before) || matches!(place, Place::SameLine) && !anew;
        if (anew || again) && !stays {
            standing.push(Use { evidence, begins: false, ends: false, stands: true });
        } else if begun.is_none() {
            let stands = place == Place::Before;
            episodes[end].uses.push(Use { evidence, begins: false, ends: false, stands });
        }
    }
    let mut over: Vec<Spell<'c>> = Vec::new();
    let dated = episodes.last().is_some_and(Episode::dated);
    let ended = episodes.last().map(|episode| episode.ended);
    for episode in episodes {
        over.push(Spell { over: true, ..Spell::of(episode.uses) });
    }
    if let Some(contest) = contest {
        let Contest { again, moved, for_the_end, same, lists } = contest;
        if moved {
            // It goes on from another state: both spells are as their sources tell them.
        } else if again {
            verdict.contested = true;
            verdict.settle(id::OPEN_AGAIN, places(&lists), places(&for_the_end));
            if dated {
                verdict.began.earliest = ended.and_then(|ended| ended.earliest.or(ended.latest));
            } else if let Some(spell) = over.pop() {
                // An end without a date, told against two works that do not know of it, is no spell of its own.
                standing.extend(spell.uses.into_iter().map(|known| {
                    let begins = known.begins && !known.evidence.began().is_unknown();
                    Use { begins, ends: false, stands: !known.ends, ..known }
                }));
            }
        } else if let Some(spell) = over.last_mut() {
            if !same.is_empty() {
                spell.verdict.settle(id::EXPLICIT_OVER_ROW, places(&for_the_end), places(&same));
            }
            if !lists.is_empty() {
                spell.verdict.contested = true;
                spell.verdict.settle(id::END_OVER_LIST, places(&for_the_end), places(&lists));
            }
        }
    }
    for spell in &mut over {
        let bad: Vec<Evidence<'c>> = spell.uses.iter().map(|known| known.evidence).collect();
        let bad: Vec<&Evidence<'c>> = bad.iter().filter(|evidence| evidence.claim.contradicts_itself()).collect();
        if !bad.is_empty() {
            let own = places(bad);
            spell.verdict.settle(id::CONTRADICTORY, own.clone(), own);
        }
    }
    if anew && let Some(ended) = ended {
        verdict.began.earliest = ended.earliest;
    }
    deny(key, denials, standing, verdict, &mut over);
    // What was over without a date was over when the next spell began.
    for at in 1..over.len() {
        let next = over[at].uses.iter().filter(|it| !it.evidence.denies()).filter_map(|it| it.began().latest).min();
        over[at - 1].verdict.over_by = next;
        let before = over[at - 1].uses.iter().filter(|it| it.ends).filter_map(|it| it.evidence.ended()?.earliest).max();
        if next.is_none_or(|next| before.is_none_or(|before| before <= next)) {
            let began = &mut over[at].verdict.began;
            began.earliest = began.earliest.max(before);
        }
    }
    over
}

/// Whether a mission works from another state: what ended at its old seat goes on there.
fn works_elsewhere(evidence: &Evidence<'_>) -> bool {
    matches!(&evidence.claim.statement, Statement::Mission { host: Some(_), .. })
}

/// Where a list stands to the end of the last spell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It did not live to see it.
    Before,
    /// Its line tells the end too.
    SameLine,
    /// Its work tells the end too.
    SameWork,
    /// It has the tie although the end was told, but is hardly newer than it.
    Beside,
    /// It is newer than the end.
    After,
}

impl Place {
    fn of(evidence: &Evidence<'_>, episode: &Episode<'_>) -> Place {
        // What is inferred of a predecessor contradicts no word of a source.
        if evidence.derived {
            return Place::Before;
        }
        let enders = || episode.uses.iter().filter(|known| known.ends).map(|known| &known.evidence);
        let moved = works_elsewhere(evidence);
        if enders().any(|other| evidence.same_line(other)) {
            return if moved { Place::After } else { Place::SameLine };
        }
        let over = episode.over_on();
        let older = match (evidence.day, over) {
            (Some(seen), Some(end)) => seen < end,
            _ => false,
        };
        if older && (episode.dated() || evidence.dated || enders().any(|other| other.dated)) {
            return Place::Before;
        }
        if enders().any(|other| evidence.work == other.work) {
            return if moved { Place::After } else { Place::SameWork };
        }
        let years = years(id::OPEN_AGAIN, evidence.claim.statement.kind());
        let newer = matches!((evidence.day, over), (Some(seen), Some(end)) if seen >= later_by(end, years));
        if newer || !episode.dated() { Place::After } else { Place::Beside }
    }
}

/// An end against the lists that have the tie all the same.
struct Contest<'c> {
    /// Whether the lists are believed.
    again: bool,
    /// Whether a mission goes on from another state.
    moved: bool,
    for_the_end: Vec<Evidence<'c>>,
    /// Rows of the works that tell the end.
    same: Vec<Evidence<'c>>,
    /// Lists of others.
    lists: Vec<Evidence<'c>>,
}

impl<'c> Contest<'c> {
    fn of(key: &FactKey, episodes: &[Episode<'c>], states: &[(Evidence<'c>, Option<usize>)]) -> Contest<'c> {
        let mut contest =
            Contest { again: false, moved: false, for_the_end: Vec::new(), same: Vec::new(), lists: Vec::new() };
        let Some(last) = episodes.last() else { return contest };
        contest.for_the_end = last.uses.iter().filter(|known| known.ends).map(|known| known.evidence).collect();
        let mut newer: Vec<u32> = Vec::new();
        let mut states_its_day = false;
        for (evidence, _) in states {
            match Place::of(evidence, last) {
                Place::Before | Place::SameLine => {}
                Place::SameWork => contest.same.push(*evidence),
                Place::Beside => contest.lists.push(*evidence),
                Place::After => {
                    contest.moved |= works_elsewhere(evidence);
                    let end = last.over_on();
                    let clearly =
                        |seen: Day| end.is_none_or(|end| seen >= later_by(end, years(id::OPEN_AGAIN, key.kind())));
                    states_its_day |= evidence.dated && evidence.day.is_some_and(clearly);
                    contest.lists.push(*evidence);
                    // Who lists what closed lately may not have heard of it.
                    let late =
                        |seen: Day| end.is_none_or(|end| seen >= later_by(end, years(id::UNDATED_LISTS, key.kind())));
                    if evidence.dated || works_elsewhere(evidence) || !last.dated() || evidence.day.is_none_or(late) {
                        newer.push(evidence.work);
                    }
                }
            }
        }
        // Where others list it too, the rows of the work that dates the end count: both parties have it now.
        if !newer.is_empty() && last.dated() {
            let years = years(id::OPEN_AGAIN, key.kind());
            let later = |it: &&Evidence<'_>| matches!((it.day, last.ended.latest), (Some(seen), Some(end)) if seen >= later_by(end, years));
            newer.extend(contest.same.iter().filter(later).map(|evidence| evidence.work));
        }
        newer.sort_unstable();
        newer.dedup();
        contest.again = contest.moved || states_its_day || newer.len() >= works(id::OPEN_AGAIN, key.kind());
        contest
    }
}

/// Puts denials beside what stands: the newer word is believed; within a year both readings stay.
fn deny<'c>(
    key: &FactKey,
    denials: Vec<Evidence<'c>>,
    standing: Vec<Use<'c>>,
    mut verdict: Verdict,
    over: &mut Vec<Spell<'c>>,
) {
    let denied = |denials: Vec<Evidence<'c>>, verdict: Verdict| {
        let over = denials.iter().all(|denial| denial.claim.span.ended.is_some());
        Spell { verdict, over, ..Spell::of(denials.into_iter().map(Use::whole).collect()) }
    };
    if standing.is_empty() {
        if !denials.is_empty() {
            over.push(denied(denials, verdict));
        }
        return;
    }
    if denials.is_empty() {
        over.push(Spell { verdict, ..Spell::of(standing) });
        return;
    }
    let year = years(id::NEWER_WORD, key.kind());
    let spoken = |it: &Evidence<'_>| match it.claim.span.ended {
        Some(ended) => ended.latest,
        None => it.began().latest.or(it.day),
    };
    let denied_on = denials.iter().filter_map(spoken).max();
    let seen = standing.iter().filter_map(|known| Some(known.sighting(None)?.until)).max();
    let begun = standing.iter().any(|known| !known.began().is_unknown());
    let held: Vec<Evidence<'c>> = standing.iter().map(|known| known.evidence).collect();
    match (denied_on, seen) {
        (Some(no), Some(yes)) if no >= later_by(yes, year) => {
            let implied = ImpliedEnd {
                on: Bound { earliest: Some(yes), latest: Some(no) },
                manner: Manner::Withdrawn,
                rule: id::NEWER_WORD.to_owned(),
                by: places(&denials),
            };
            verdict.settle(id::NEWER_WORD, places(&denials), places(&held));
            verdict.implied = Some(implied);
            over.push(Spell { verdict, over: true, ..Spell::of(standing) });
            over.push(denied(denials, Verdict::default()));
        }
        (Some(no), Some(yes)) if yes >= later_by(no, year) => {
            verdict.settle(id::NEWER_WORD, places(&held), places(&denials));
            if !begun {
                verdict.began.earliest = verdict.began.earliest.max(Some(no));
            }
            aside(standing, denials, verdict, over);
        }
        (None, _) if begun => {
            verdict.settle(id::UNDATED_DENIAL, places(&held), places(&denials));
            aside(standing, denials, verdict, over);
        }
        _ => {
            let same = |no: &Evidence<'_>| held.iter().all(|yes| yes.work == no.work);
            if denials.iter().any(same) {
                verdict.preferred = Some(Polarity::Denied);
                verdict.settle(id::EXPLICIT_OVER_ROW, places(&denials), places(&held));
            }
            let uses = standing.into_iter().chain(denials.into_iter().map(Use::whole)).collect();
            over.push(Spell { verdict, ..Spell::of(uses) });
        }
    }
}

/// A spell that stands, with denials that are set aside: they stay among its evidence and say nothing of it.
fn aside<'c>(standing: Vec<Use<'c>>, denials: Vec<Evidence<'c>>, verdict: Verdict, over: &mut Vec<Spell<'c>>) {
    let none = |evidence| Use { evidence, begins: false, ends: false, stands: false };
    let uses = standing.into_iter().chain(denials.into_iter().map(none)).collect();
    over.push(Spell { verdict, ..Spell::of(uses) });
}
