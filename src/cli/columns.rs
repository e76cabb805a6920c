//! The columns of answers on cover: what each holds, and how the schemas describe it.

use super::answers::{city, date, host, name};
use crate::coverage::{Coverage, Ladder, Representation, Rung, Scales, Step};
use crate::export::{Cell, rows_schema};
use crate::model::{Day, Held, Level, MissionKind};
use crate::names::Gazetteer;

/// One rung of a ladder, or its closest, from which cells are made.
pub(super) struct Told<'t, 'c, 'n> {
    pub coverage: &'t Coverage<'c, 'n>,
    /// Every rung that fires, whatever help is asked for.
    pub ladder: &'t Ladder<'n>,
    pub step: &'t Step<'n>,
    /// Sending and receiving state (slugs).
    pub parties: (&'t str, &'t str),
}

/// The code of a state in a system on a date; an open one where there is none.
pub(super) fn code(gazetteer: &Gazetteer, slug: &str, system: &str, day: Option<Day>) -> Option<String> {
    let mut codes = gazetteer.codes(slug).iter().filter(|code| code.system == system);
    let code = codes.find(|code| day.map_or(code.span.is_open(), |day| code.span.held_on(day) != Held::No))?;
    Some(code.code.clone())
}

fn whole(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Integer)
}

impl Told<'_, '_, '_> {
    /// The cell of a column; empty where nothing is known.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn cell(&self, column: &str) -> Cell {
        let (coverage, ladder, step) = (self.coverage, self.ladder, self.step);
        let (network, day) = (coverage.view.network, coverage.view.lens.as_of);
        let (sending, receiving) = self.parties;
        let seat = step.seat.as_ref();
        let text = |text: Option<&str>| Cell::from(text);
        let coded = |slug: &str, system: &str| code(network.gazetteer, slug, system, day);
        let cow = |slug: &str| coded(slug, "cow").and_then(|code| code.parse::<i64>().ok());
        let scales = || Scales::of(ladder, day.is_some());
        let presence = || scales().presence;
        match column {
            "sending" => name(network, sending),
            "receiving" => name(network, receiving),
            "sending_iso3" => text(coded(sending, "iso3").as_deref()),
            "receiving_iso3" => text(coded(receiving, "iso3").as_deref()),
            "ccode1" => whole(cow(sending)),
            "ccode2" => whole(cow(receiving)),
            "dyadid" => whole(cow(sending).zip(cow(receiving)).map(|(one, two)| 1000 * one + two)),
            "year" => whole(day.map(|day| i64::from(day.year()))),
            "date" => text(day.map(|day| day.to_string()).as_deref()),
            "representation" => ladder.representation().name().into(),
            "rung" => step.rung.id().into(),
            "rungs" => ladder.rungs().into(),
            "form" => step.form.into(),
            "kind" => text(step.kind.map(MissionKind::prose).as_deref()),
            "level" => text(step.level.map(Level::name)),
            "city" => city(seat),
            "host" => host(network, seat),
            "by" => step.by.as_deref().map_or(Cell::Empty, |by| name(network, by)),
            "since" => date(step.since),
            "standing" => text(step.standing.map(crate::analysis::Standing::name)),
            "edition" => coverage.edition(step).into(),
            "kilometres" => whole(step.distance.map(|far| far.round() as i64)),
            "purposes" => step.rung.rule().purposes().into(),
            "consular" if step.rung.covers() && step.arrangement.is_none() => step.presence.consular.as_str().into(),
            "services" => text(step.arrangement.map(|arrangement| arrangement.services.as_str())),
            "obligation" => text(step.arrangement.map(|arrangement| arrangement.obligation.as_str())),
            "basis" => coverage.basis(step).into(),
            "limits" => step.limits().into(),
            "remark" => text(Some(coverage.remarks(step).as_str()).filter(|words| !words.is_empty())),
            "until" => step.until.map_or(Cell::Empty, date),
            "last_confirmed" => text(step.last_confirmed.map(|day| day.to_string()).as_deref()),
            "represented" => whole(scales().represented.map(i64::from)),
            "certain" if day.is_some() => whole(scales().represented.map(|_| i64::from(scales().certain))),
            "rank" => whole(presence().map(|presence| i64::from(presence.rank))),
            "cow_level" => whole(presence().and_then(|presence| presence.cow).map(i64::from)),
            "lor" => presence().and_then(|presence| presence.lor).map_or(Cell::Empty, Cell::Number),
            "kenkel" => whole(presence().and_then(|presence| presence.kenkel).map(i64::from)),
            "levels_verified" => whole(presence().map(|presence| i64::from(presence.verified))),
            _ => Cell::Empty,
        }
    }

    /// The cells of some columns, in their order.
    pub(super) fn cells(&self, columns: &[&str]) -> Vec<Cell> {
        columns.iter().map(|column| self.cell(column)).collect()
    }
}

/// What a column is: its type in JSON, a description, and its values where they are few. `None` for a name that no
/// answer on cover has.
fn described(column: &str) -> Option<(&'static str, &'static str, Vec<String>)> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let text = |description| Some(("string", description, Vec::new()));
    let number = |description| Some(("number", description, Vec::new()));
    match column {
        "sending" => text("sending state (slug); of a rung, the sovereign or successor that stands in its place"),
        "receiving" => text("receiving state (slug), or what stands in its place"),
        "sending_iso3" | "receiving_iso3" => text("ISO 3166-1 alpha-3 on the date"),
        "ccode1" => number("Correlates of War code of the sending state on the date"),
        "ccode2" => number("Correlates of War code of the receiving state on the date"),
        "dyadid" => number("1000 * ccode1 + ccode2"),
        "year" => number("year of the date"),
        "date" => text("day for which the row stands; null as the sources stand"),
        "representation" => {
            let values = Representation::ALL.map(Representation::name);
            Some(("string", "how the sender is represented, whatever help is asked for", names(&values)))
        }
        "rung" => {
            let values = Rung::ALL.map(Rung::id);
            Some(("string", "rung of the ladder; of a pair the closest, R1 to R13, else R0 or R16", names(&values)))
        }
        "rungs" => text("every rung that fires, by spaces"),
        "form" => text("what the rung is, in words; for R16 the ending"),
        "kind" => Some(("string", "kind of mission or post", MissionKind::all().map(MissionKind::prose).collect())),
        "level" => Some(("string", "class of the head of the mission", names(&Level::ALL.map(Level::name)))),
        "city" => text("city of the mission that covers"),
        "host" => text("state in which that mission stands (slug)"),
        "by" => text("who acts where it is not the sender (slug): helper, power, sovereign, successor"),
        "since" => text("EDTF date since when, by the preferred reading"),
        "standing" => Some((
            "string",
            "how well attested",
            names(&["corroborated", "single source", "implied", "unknown on that day", "disputed"]),
        )),
        "until" => text("EDTF date of its end, of what is over"),
        "last_confirmed" => text("last day, up to the date, of which a source has it"),
        "edition" => text("latest edition among the documents behind the row"),
        "kilometres" => number("great-circle distance from the place of --near"),
        "purposes" => text("purposes that the rung serves, by spaces"),
        "consular" => text("consular work by default for this kind of presence"),
        "services" => text("help that an arrangement gives"),
        "obligation" => text("duty, best_effort, discretion or agreement, of an arrangement"),
        "basis" => text("legal basis; what was cited without reading its text stands after \"unverified basis:\""),
        "limits" => text("what the rung or the arrangement does not do"),
        "remark" => text("what must be known beside the row"),
        "represented" => number("1 represented, 0 known not to be, null not known"),
        "certain" => number("1 if that certainly held on the date, 0 if it may have, null without a date"),
        "rank" => number("rank of the presence for political relations, 0 to 100"),
        "cow_level" => number("1, 2, 3, 9 as in Correlates of War diplomatic exchange, 0 known none"),
        "lor" => number("level of representation from 0 to 1, in the manner of Diplometrics"),
        "kenkel" => number("place in Kenkel's order, 0 to 8"),
        "levels_verified" => number("1 if the levels are as in the codebooks, 0 if they want checking"),
        "evidence" => text("document:line of each statement, by semicolons, with --evidence"),
        _ => None,
    }
}

/// JSON Schema of an answer with some columns. `places` tells whether rows have places beside them; without, they are
/// a column that is asked for.
pub(super) fn schema(title: &str, columns: &[&'static str], places: bool) -> serde_json::Value {
    let described = columns.iter().filter_map(|column| {
        let (of, description, values) = described(column)?;
        Some((*column, of, description, values))
    });
    let mut schema = rows_schema(title, &described.collect::<Vec<_>>(), places);
    if !places && let Some((of, description, _)) = self::described("evidence") {
        let row = &mut schema["properties"]["rows"]["items"]["properties"];
        row["evidence"] = serde_json::json!({"type": of, "description": description});
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::super::{dyads, ladders};
    use super::*;

    #[test]
    fn every_column_is_described() {
        let columns = ladders::RUNGS.iter().chain(&ladders::PAIRS).chain(&dyads::COLUMNS);
        for column in columns {
            assert!(described(column).is_some(), "{column}");
        }
    }
}
