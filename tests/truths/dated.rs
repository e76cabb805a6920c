//! Questions with a day against a table of answers that were checked by hand, each with the lines that it rests on.
//!
//! `dated.csv`: what is asked (`mission`, `legation`, `accreditation`, `relations`, `recognition`, `membership`, `protection`
//! of the first to the second, or `who` bears a name or code), the day (empty as the sources stand), the answer, a detail
//! (city of a seat, protecting power), places that the answer must name, the rule of standing at work, and why.
//! Answers: `stands`, `ended`, `not_yet`, `denied`, `unknown`; with `?` where it must be told as disputed. `told.csv` has claims, each
//! with its line, that the questions marked `+` in the column `with` are asked beside.

use legation::dataset::{DataSet, load_tables};
use legation::graph::{Lens, Network};
use legation::model::{Day, Fact, Held, Origin, Statement, TieKey, TieKind};

use crate::{gazetteer, network};

struct Question {
    line: usize,
    what: String,
    one: String,
    other: String,
    day: Option<Day>,
    answer: String,
    detail: String,
    places: Vec<Origin>,
    with: bool,
}

fn questions() -> Vec<Question> {
    let mut reader = csv::Reader::from_reader(include_str!("dated.csv").as_bytes());
    let rows = reader.records().enumerate().map(|(at, row)| {
        let row = row.expect("a row");
        let cell = |at: usize| row.get(at).expect("a cell").to_owned();
        Question {
            line: at + 2,
            what: cell(0),
            one: cell(1),
            other: cell(2),
            day: Some(cell(3)).filter(|day| !day.is_empty()).map(|day| day.parse().expect("a day")),
            answer: cell(4),
            detail: cell(5),
            places: Origin::parse_all(&cell(6)).expect("places"),
            with: cell(7) == "+",
        }
    });
    rows.collect()
}

/// The facts on a question, of every spell.
fn facts<'n>(network: &'n Network<'_>, question: &Question) -> Vec<&'n Fact> {
    let kind = match question.what.as_str() {
        "mission" | "legation" => TieKind::Mission,
        "accreditation" => TieKind::Accreditation,
        "relations" => TieKind::Relations,
        "recognition" => TieKind::Recognition,
        "membership" => TieKind::Membership,
        "protection" => TieKind::Protection,
        other => panic!("no question {other}"),
    };
    let view = network.view(Lens { past: true, ..Lens::default() });
    let (Some(one), Some(other)) = (network.node(&question.one), network.node(&question.other)) else {
        return Vec::new();
    };
    let mut found = view.between(one, other, kind);
    if kind == TieKind::Relations {
        found.extend(view.between(other, one, kind));
    }
    if kind == TieKind::Mission {
        let legation = question.what == "legation";
        found.retain(|fact| matches!(fact.key.tie, TieKey::Legation(..)) == legation);
    }
    found
}

/// The answer, and the fact that gives it.
fn answer<'n>(facts: &[&'n Fact], day: Option<Day>) -> (&'static str, Option<&'n Fact>) {
    let held = |fact: &Fact| match day {
        Some(day) => fact.life.held_on(day),
        None if fact.life.is_open() => Held::Yes,
        None => Held::No,
    };
    let find = |denied: bool, wanted: Held| {
        facts.iter().copied().find(|fact| fact.is_denied() == denied && held(fact) == wanted)
    };
    if let Some(fact) = find(false, Held::Yes) {
        return ("stands", Some(fact));
    }
    if let Some(fact) = find(true, Held::Yes) {
        return ("denied", Some(fact));
    }
    if let Some(fact) = find(false, Held::Perhaps) {
        return ("unknown", Some(fact));
    }
    let over = |fact: &&&Fact| -> bool {
        let last = fact.life.ended.and_then(|ended| ended.latest);
        !fact.is_denied() && fact.life.ended.is_some() && (day.is_none() || last.is_some_and(|last| Some(last) <= day))
    };
    let later = |fact: &&&Fact| {
        !fact.is_denied() && fact.life.began.earliest.is_some_and(|began| day.is_some_and(|day| day < began))
    };
    // What was over before is the nearer answer.
    if !facts.iter().any(|fact| over(&fact))
        && let Some(fact) = facts.iter().filter(later).min_by_key(|fact| fact.life.began.earliest)
    {
        return ("not_yet", Some(fact));
    }
    match facts.iter().filter(over).max_by_key(|fact| fact.life.ended.and_then(|ended| ended.latest)) {
        Some(fact) => ("ended", Some(fact)),
        None => ("unknown", None),
    }
}

/// Every place that a fact names: of its readings, of what rules decided, of what it follows from.
fn places(fact: &Fact) -> Vec<Origin> {
    let mut places = fact.origins();
    places.extend(fact.settlements.iter().flat_map(|settled| settled.by.iter().chain(&settled.against).cloned()));
    places.extend(fact.implied.iter().flat_map(|implied| implied.by.iter().cloned()));
    places.extend(fact.began.iter().chain(&fact.ended).flat_map(|it| it.readings()).flat_map(|it| it.origins.clone()));
    places
}

fn detail(network: &Network<'_>, fact: &Fact) -> String {
    match fact.tie.value() {
        Statement::Protection { power, .. } => power.to_string(),
        statement => network.seat(statement).and_then(|seat| seat.city).unwrap_or_default(),
    }
}

/// What is not as the table has it.
fn wrong(network: &Network<'_>, question: &Question) -> Option<String> {
    if question.what == "who" {
        let named = network.gazetteer.resolve(&question.one, question.day);
        let slug = named.map_or_else(|error| error.to_string(), |named| named.slug().to_owned());
        return (slug != question.answer).then_some(slug);
    }
    let found = facts(network, question);
    let (said, fact) = answer(&found, question.day);
    let disputed = fact.is_some_and(Fact::is_disputed);
    let (wanted, must_be_disputed) = match question.answer.strip_suffix('?') {
        Some(wanted) => (wanted, true),
        None => (question.answer.as_str(), false),
    };
    if said != wanted {
        return Some(format!(
            "{said}, not {wanted}: {:?}",
            found.iter().map(|fact| (fact.life, &fact.key)).collect::<Vec<_>>()
        ));
    }
    if must_be_disputed && !disputed {
        return Some("not told as disputed".to_owned());
    }
    if let Some(fact) = fact {
        let told = detail(network, fact);
        if !question.detail.is_empty() && told != question.detail {
            return Some(format!("{told}, not {}", question.detail));
        }
        let named = places(fact);
        let names =
            |place: &&Origin| named.iter().any(|known| known.document == place.document && known.line == place.line);
        if let Some(missing) = question.places.iter().find(|place| !names(place)) {
            return Some(format!("does not name {}:{}", missing.document, missing.line));
        }
    }
    None
}

/// The carried world with the claims of `told/`, which have the form of a data set of tables.
fn with_more() -> Network<'static> {
    let facts = &network().facts;
    let (sources, claims) = load_tables(std::path::Path::new("tests/truths/told")).expect("the tables");
    let sources = facts.sources().iter().cloned().chain(sources).collect();
    let claims = facts.claims().expect("the compact form").into_iter().chain(claims).collect();
    Network::new(DataSet::new(sources, claims, gazetteer()), gazetteer())
}

#[test]
fn dated_questions_have_the_answers_of_their_lines() {
    let questions = questions();
    assert!(questions.len() >= 200, "{}", questions.len());
    let more = with_more();
    let mut failures = Vec::new();
    for question in &questions {
        let network = if question.with { &more } else { network() };
        if let Some(wrong) = wrong(network, question) {
            let Question { line, what, one, other, day, .. } = question;
            failures.push(format!("dated.csv:{line}: {what} {one} {other} {day:?}: {wrong}"));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), questions.len(), failures.join("\n"));
}
