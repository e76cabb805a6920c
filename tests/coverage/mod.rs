//! The ladder of cover against a table of pairs that were checked by hand, each with the line that it rests on.

use std::collections::BTreeMap;

use legation::coverage::{Coverage, Ladder, Rung};
use legation::graph::{Lens, Network};
use legation::model::{City, Day};

use crate::network;

/// A pair checked by hand.
struct Truth {
    line: usize,
    sending: String,
    receiving: String,
    day: Option<Day>,
    /// Rungs that fire, the best one first.
    rungs: Vec<String>,
    city: String,
    host: String,
    /// Kind of the first rung's mission, or the ending.
    kind: String,
    /// Rungs that must not fire for this very pair.
    not: Vec<String>,
    /// Places, by ` | `.
    source: String,
}

fn read(text: &str) -> Vec<Truth> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().enumerate().map(|(at, row)| {
        let row = row.expect("a row");
        let cell = |at: usize| row.get(at).expect("a cell").to_owned();
        let words = |at: usize| cell(at).split_whitespace().map(str::to_owned).collect();
        Truth {
            line: at + 2,
            sending: cell(0),
            receiving: cell(1),
            day: Some(cell(2)).filter(|date| !date.is_empty()).map(|date| date.parse().expect("a day")),
            rungs: words(3),
            city: cell(4),
            host: cell(5),
            kind: cell(6),
            not: words(7),
            source: cell(8),
        }
    });
    rows.collect()
}

/// Rungs that tell of something beside cover and may stand before or after one another.
fn aside(rung: Rung) -> bool {
    matches!(rung, Rung::Visa | Rung::AtTheUn | Rung::Nothing)
}

fn place<'g>(network: &'g Network<'_>, name: &str, host: &str) -> Option<&'g City> {
    network.gazetteer.cities_named(name).into_iter().find(|city| city.entity == host)
}

/// What of a ladder is not as the table has it.
fn wrong(network: &Network<'_>, truth: &Truth, ladder: &Ladder<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let own = |step: &&legation::coverage::Step<'_>| step.sending == truth.sending && step.receiving == truth.receiving;
    let fires = |id: &String| ladder.steps.iter().any(|step| step.rung.id() == id);
    for id in truth.rungs.iter().filter(|id| !fires(id)) {
        wrong.push(format!("{id} does not fire: {}", ladder.rungs()));
    }
    for id in &truth.not {
        if ladder.steps.iter().filter(own).any(|step| step.rung.id() == id) {
            wrong.push(format!("{id} fires"));
        }
    }
    let wanted = truth.rungs.iter().find(|id| !Rung::ALL.into_iter().any(|rung| rung.id() == *id && aside(rung)));
    let first = ladder.steps.iter().find(|step| !aside(step.rung));
    match (wanted, first) {
        (Some(wanted), Some(first)) if first.rung.id() != wanted => {
            wrong.push(format!("{} comes first, not {wanted}", first.rung.id()));
        }
        (None, Some(first)) if first.rung.covers() => wrong.push(format!("{} covers", first.rung.id())),
        _ => {}
    }
    let ending = ["known_none", "no_relations", "ended", "unknown"].contains(&truth.kind.as_str());
    if ending {
        let told: Vec<String> =
            ladder.steps.iter().filter_map(|step| step.ending).map(|end| end.name().to_owned()).collect();
        if !told.iter().any(|name| name.replace(' ', "_").starts_with(&truth.kind)) {
            wrong.push(format!("ends with {told:?}, not {}", truth.kind));
        }
        return wrong;
    }
    let Some(wanted) = wanted.filter(|_| wrong.is_empty()) else { return wrong };
    let steps: Vec<_> = ladder.steps.iter().filter(|step| step.rung.id() == wanted).collect();
    let seats = || steps.iter().filter_map(|step| step.seat.as_ref());
    if !truth.host.is_empty() && wanted != "R13" && !seats().any(|seat| seat.host.as_deref() == Some(&truth.host)) {
        wrong.push(format!("host {:?}, not {}", seats().map(|seat| seat.host.clone()).collect::<Vec<_>>(), truth.host));
    }
    if !truth.city.is_empty() && wanted != "R13" {
        // Sources write one city in several ways, and a suburb for its capital.
        let same = |written: &str, host: &str| {
            written == truth.city
                || place(network, written, host).zip(place(network, &truth.city, host)).is_some_and(|(one, other)| {
                    one.slug == other.slug || one.kilometres_to(other).is_some_and(|far| far < 30.0)
                })
        };
        let found = seats().any(|seat| match (seat.city.as_deref(), seat.host.as_deref()) {
            (Some(city), Some(host)) => same(city, host),
            _ => false,
        });
        if !found {
            wrong.push(format!(
                "city {:?}, not {}",
                seats().map(|seat| seat.city.clone()).collect::<Vec<_>>(),
                truth.city
            ));
        }
    }
    // What covers rests on the very line that was read by hand.
    let rung = Rung::ALL.into_iter().find(|rung| rung.id() == wanted);
    if rung.is_some_and(|rung| rung.covers() && steps.iter().all(|step| step.arrangement.is_none())) {
        let cited = |origin: &legation::model::Origin| {
            truth.source.split(" | ").any(|place| place == format!("{}:{}", origin.document, origin.line))
        };
        if !ladder.steps.iter().flat_map(|step| step.origins()).any(|origin| cited(&origin)) {
            wrong.push(format!("does not rest on {}", truth.source));
        }
    }
    wrong
}

/// What is wrong with the rows of a table, by line.
fn check(text: &str) -> (usize, Vec<(usize, String)>) {
    let truths = read(text);
    let mut by_day: BTreeMap<Option<Day>, Vec<&Truth>> = BTreeMap::new();
    for truth in &truths {
        by_day.entry(truth.day).or_default().push(truth);
    }
    let mut found = Vec::new();
    for (day, truths) in by_day {
        let view = network().view(Lens { as_of: day, ..Lens::default() });
        let coverage = Coverage::new(&view);
        for truth in truths {
            let wrong = match coverage.ladder(&truth.sending, &truth.receiving) {
                Ok(ladder) => wrong(network(), truth, &ladder),
                Err(error) => vec![error.to_string()],
            };
            if !wrong.is_empty() {
                let pair = format!("{} in {} on {day:?}: {}", truth.sending, truth.receiving, wrong.join("; "));
                found.push((truth.line, pair));
            }
        }
    }
    (truths.len(), found)
}

const TRUTHS: &str = include_str!("truths.csv");

/// Pairs of which a line tells something that the readers do not read yet.
const UNREAD: &str = include_str!("unread.csv");

#[test]
fn every_pair_of_the_table_is_right() {
    let (count, wrong) = check(TRUTHS);
    let told: Vec<String> = wrong.iter().map(|(line, what)| format!("truths.csv:{line}: {what}")).collect();
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), told.join("\n"));
    assert!(count >= 150);
    // Every rung has its rows.
    for rung in Rung::ALL {
        let rows = read(TRUTHS).iter().filter(|truth| truth.rungs.iter().any(|id| id == rung.id())).count();
        assert!(rows >= 3, "{} has {rows} rows", rung.id());
    }
}

#[test]
fn what_is_read_now_is_no_more_unread() {
    let (count, wrong) = check(UNREAD);
    let known: Vec<usize> = wrong.iter().map(|(line, _)| *line).collect();
    let right: Vec<usize> = (2..count + 2).filter(|line| !known.contains(line)).collect();
    assert!(right.is_empty(), "move these lines of unread.csv to truths.csv: {right:?}");
}

/// What holds for every ladder, on every sixth receiving state and three dates.
#[test]
fn laws_of_the_ladder() {
    let mut seen = 0;
    for day in [None, Some("1995-06-30"), Some("2025-06-30")] {
        let as_of = day.map(|day| day.parse().expect("a day"));
        let view = network().view(Lens { as_of, ..Lens::default() });
        let coverage = Coverage::new(&view);
        let parties: Vec<_> = coverage.un_members().collect();
        for &receiving in parties.iter().step_by(6) {
            let ladders = coverage.ladders(receiving);
            for &sending in parties.iter().filter(|sending| **sending != receiving) {
                let ladder = ladders.of(sending);
                let told = format!("{} in {} on {day:?}: {}", ladder.sending, ladder.receiving, ladder.rungs());
                let rungs: Vec<Rung> = ladder.steps.iter().map(|step| step.rung).collect();
                assert!(!rungs.is_empty() && rungs.windows(2).all(|pair| pair[0] <= pair[1]), "{told}");
                // It ends where nobody covers, and only there.
                let covers = rungs.iter().any(|rung| rung.covers());
                assert_eq!(covers, ladder.ending().is_none(), "{told}");
                // A chargé is in place of the resident mission, and contact in New York in place of representation.
                assert!(!(rungs.contains(&Rung::UnderCharge) && rungs.contains(&Rung::Resident)), "{told}");
                let there = rungs.iter().any(|rung| (Rung::Resident..=Rung::Honorary).contains(rung));
                assert!(!(there && rungs.contains(&Rung::AtTheUn)), "{told}");
                for step in &ladder.steps {
                    // What a rule cites without its text having been read is marked, and nothing else.
                    let rule = step.arrangement.map_or(&step.rung.rule().basis, |arrangement| &arrangement.basis);
                    let (basis, shown) = (step.basis(), coverage.basis(step));
                    assert_eq!(shown.contains("unverified basis: "), !basis.unverified.is_empty(), "{told}: {shown}");
                    let unread = rule.unverified.split("; ").filter(|text| !text.is_empty());
                    assert!(unread.into_iter().all(|text| basis.unverified.contains(text)), "{told}: {shown}");
                    // Whoever covers or helps rests on a fact, which holds under the view.
                    assert!(!step.rung.covers() || !step.facts.is_empty(), "{told}");
                    assert!(step.arrangement.is_none() || !step.facts.is_empty() && step.by.is_some(), "{told}");
                    assert!(step.facts.iter().all(|fact| step.ending.is_some() || view.holds(fact)), "{told}");
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 15_000, "{seen} ladders");
}

/// Texts bind from their entry into force; before it the rung rests on custom.
#[test]
fn a_basis_has_its_time() {
    let basis = |day: Option<&str>| {
        let as_of = day.map(|day| day.parse().expect("a day"));
        let view = network().view(Lens { as_of, ..Lens::default() });
        let coverage = Coverage::new(&view);
        coverage.basis(coverage.ladder("bulgaria", "sweden").expect("both are named").best())
    };
    let now = "VCDR art. 2; unverified basis: VCDR art. 3; VCDR art. 14(1)(a)";
    assert_eq!((basis(None), basis(Some("1970-01-01"))), (now.to_owned(), now.to_owned()));
    assert_eq!(basis(Some("1960-01-01")), format!("custom, before 1964-04-24: later {now}"));
}
