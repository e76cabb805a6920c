//! A ladder in plain English, to be pasted into a letter.

use super::{Coverage, Ending, Guard, Ladder, Remark, Rung, Step};
use crate::model::Bound;

impl<'n> Coverage<'_, 'n> {
    /// One paragraph: who covers, from where, since when, what else there is, and which documents say so.
    pub fn say(&self, ladder: &Ladder<'n>) -> String {
        let name = |slug: &str| in_prose(self.name(slug));
        let date = match self.view.lens.as_of {
            Some(day) => format!("On {day}"),
            None => "By the sources at hand".to_owned(),
        };
        let mut sentences = Vec::new();
        for step in ladder.steps.iter().filter(|step| step.rung == Rung::Guard) {
            let (sending, receiving) = (name(step.sending), name(step.receiving));
            let by = step.by.as_deref().map(name).unwrap_or_default();
            let Some(guard) = step.guard else { continue };
            sentences.push(match guard {
                Guard::OwnTerritory => format!("{} needs no cover in its own territory.", capital(&sending)),
                Guard::Territory => format!("{} is a territory of {by}.", capital(&receiving)),
                Guard::SentBySovereign => {
                    format!("{} is a territory of {by}, which sends for it.", capital(&sending))
                }
                Guard::NotThen => format!("{date}, there is no {by}."),
                Guard::InItsPlace => format!("{date}, {by} stands in the place of one of the two."),
                Guard::OneSovereign => format!("{} and {receiving} have one sovereign, {by}.", capital(&sending)),
            });
        }
        let covering: Vec<&Step<'n>> =
            ladder.steps.iter().filter(|step| step.rung.covers() && step.arrangement.is_none()).collect();
        match covering.split_first() {
            Some((first, rest)) => {
                let old = self.unconfirmed(first.last_confirmed);
                let age = old.map_or_else(String::new, |day| format!(" (old evidence: not confirmed since {day})"));
                sentences.push(format!("{date}, {}{age}.", self.clause(first)));
                let mut others: Vec<String> = rest.iter().take(MORE).map(|step| self.clause(step)).collect();
                if rest.len() > MORE {
                    others.push(format!("there are {} more posts or readings", rest.len() - MORE));
                }
                if !others.is_empty() {
                    sentences.push(format!("Besides, {}.", others.join("; ")));
                }
            }
            None => {
                if let Some(ending) = ladder.ending() {
                    let (sending, receiving) = (name(&ladder.sending), name(&ladder.receiving));
                    sentences.push(match ending {
                        Ending::KnownNone => format!("{date}, {sending} is not represented in {receiving}: a source says so."),
                        Ending::NoRelations => {
                            format!("{date}, {sending} and {receiving} have no diplomatic relations: a source says so.")
                        }
                        Ending::Ended => {
                            let over = ladder.steps.iter().find(|step| step.ending == Some(Ending::Ended));
                            let words = over.map_or_else(String::new, |step| self.remarks(step));
                            let kind = over.and_then(|step| step.kind).map_or("representation".to_owned(), |kind| kind.prose());
                            format!("{date}, the {kind} of {sending} in {receiving} is no more: {words}.")
                        }
                        Ending::UnknownThen => {
                            let then = ladder.steps.iter().find(|step| step.ending == Some(Ending::UnknownThen));
                            let words = then.map_or_else(String::new, |step| self.remarks(step));
                            format!("{date}, no source speaks of a representation of {sending} in {receiving}: {words}.")
                        }
                        Ending::NoEmbassy => format!(
                            "{date}, {sending} has no embassy in {receiving}, and nobody tells of other representation."
                        ),
                        Ending::Unknown => format!(
                            "{date}, nothing is known of a representation of {sending} in {receiving}; that is not to say that there is none."
                        ),
                    });
                }
            }
        }
        for rung in [Rung::OnRequest, Rung::Group, Rung::Visa] {
            sentences.extend(self.helpers(ladder, rung));
        }
        if covering.is_empty() && ladder.ending().is_some() {
            sentences.push(format!("The ministry of foreign affairs of {} is the address.", name(&ladder.sending)));
        }
        let disputed = ladder.steps.iter().any(|step| step.standing == Some(crate::analysis::Standing::Disputed));
        if disputed {
            sentences.push("The sources do not agree on all of this; --evidence lists every reading.".to_owned());
        }
        let facts: Vec<_> = covering.iter().take(1 + MORE).flat_map(|step| step.facts.iter().copied()).collect();
        let ending =
            ladder.steps.iter().filter(|step| step.ending.is_some()).flat_map(|step| step.facts.iter().copied());
        let facts = if facts.is_empty() { ending.collect() } else { facts };
        let facts = if facts.is_empty() { ladder.best().facts.clone() } else { facts };
        let places: Vec<String> = crate::analysis::evidence(&facts)
            .iter()
            .map(|origin| {
                let edition = self.source(&origin.document).map_or("", |source| source.edition.as_str());
                let edition = if edition.is_empty() { String::new() } else { format!(" ({edition})") };
                format!("{}{edition}, line {}", origin.document, origin.line)
            })
            .collect();
        if !places.is_empty() {
            sentences.push(format!("Sources: {}.", places.join("; ")));
        }
        sentences.join(" ")
    }

    /// What one step says, without a full stop.
    fn clause(&self, step: &Step<'n>) -> String {
        let name = |slug: &str| in_prose(self.name(slug));
        let (sending, receiving) = (name(step.sending), name(step.receiving));
        let owner = if sending.ends_with('s') { format!("{sending}'") } else { format!("{sending}'s") };
        let seat = step.seat.as_ref();
        let city = seat.and_then(|seat| seat.city.clone());
        let host = seat.and_then(|seat| seat.host.as_deref()).filter(|host| *host != step.receiving).map(name);
        let place = match (&city, &host) {
            (Some(city), Some(host)) => format!("{city}, {host}"),
            (Some(city), None) => city.clone(),
            (None, Some(host)) => host.clone(),
            (None, None) => "a place that no source names".to_owned(),
        };
        let kind = step.kind.map_or_else(|| "mission".to_owned(), |kind| kind.prose());
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let other = step.remarks.contains(&Remark::AnotherReading);
        let mut clause = match step.rung {
            _ if other => format!("another source has it in {place}"),
            Rung::NonResident => match (&city, &host) {
                (None, None) => {
                    format!("{sending} is accredited to {receiving} from elsewhere; no source names the seat")
                }
                _ => format!("{sending} is accredited to {receiving} from {place}"),
            },
            Rung::FromHome => format!("{owner} ambassador to {receiving} lives at home"),
            Rung::UnderCharge if step.kind.is_none() => format!("the head of that mission resides in {place}"),
            Rung::Relocated => format!("{owner} {kind} to {receiving} works from {place}"),
            Rung::Unofficial => {
                format!("{sending} has an unofficial office ({kind}) in {place}, without diplomatic status")
            }
            Rung::InterestsSection if step.by.is_none() => format!("{sending} has an interests section in {receiving}"),
            Rung::InterestsSection | Rung::ProtectingPower | Rung::OnRequest => {
                let by = step.by.as_deref().map_or_else(|| "another state".to_owned(), name);
                match step.rung {
                    Rung::InterestsSection => {
                        format!("{sending} has an interests section in {receiving} under the flag of {by}")
                    }
                    Rung::ProtectingPower => format!("{by} looks after the interests of {sending} in {receiving}"),
                    _ => format!("{by} acts for {sending} in {receiving}"),
                }
            }
            _ => {
                let where_ = if place == receiving { receiving.clone() } else { format!("{place} ({receiving})") };
                let where_ = if city.is_none() { receiving.clone() } else { where_ };
                format!("{sending} has {article} {kind} in {where_}")
            }
        };
        if let Some(level) = step.level.filter(|_| step.rung <= Rung::UnderCharge) {
            clause.push_str(&format!(
                " under {} {}",
                if level == crate::model::Level::Ambassador { "an" } else { "a" },
                level.prose()
            ));
        }
        if step.since != Bound::UNKNOWN {
            clause.push_str(&format!(", since {}", step.since));
        }
        clause
    }

    fn helpers(&self, ladder: &Ladder<'n>, rung: Rung) -> Option<String> {
        let steps: Vec<&Step<'n>> =
            ladder.steps.iter().filter(|step| step.rung == rung && step.arrangement.is_some()).collect();
        let arrangement = steps.first()?.arrangement?;
        let names: Vec<&str> = steps.iter().filter_map(|step| Some(self.name(step.by.as_deref()?))).collect();
        let names: Vec<String> = names.into_iter().map(in_prose).collect();
        let limits = if arrangement.limits.is_empty() { String::new() } else { format!(" ({})", arrangement.limits) };
        let basis = arrangement.basis.shown();
        Some(format!("{}: {}{limits}; basis: {basis}.", arrangement.name, names.join(", ")))
    }
}

/// Last or first words of the English names that take an article.
const WITH_ARTICLE: [&str; 14] = [
    "United",
    "Islands",
    "Republic",
    "Union",
    "Order",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Maldives",
    "Comoros",
    "Seychelles",
    "Gambia",
    "Congo",
    "See",
];

/// A name at the beginning of a sentence.
fn capital(name: &str) -> String {
    name.strip_prefix("the ").map_or_else(|| name.to_owned(), |rest| format!("The {rest}"))
}

/// A name in a sentence: "the Netherlands", "Norway".
fn in_prose(name: &str) -> String {
    let word = |word: Option<&str>| word.is_some_and(|word| WITH_ARTICLE.contains(&word));
    let article = word(name.split(' ').next()) || word(name.split(' ').next_back());
    if article { format!("the {name}") } else { name.to_owned() }
}

/// Steps beside the first that a paragraph names.
const MORE: usize = 3;
