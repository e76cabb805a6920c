//! What holds for any input.

use legation::dataset::{DataSet, parse, to_json};
use legation::graph::{Lens, Network, Roster};
use legation::import::{Format, extract};
use legation::model::{Authority, Bound, Claim, ClaimRecord, Day, Held, Source};
use proptest::prelude::*;

use crate::{azerbaijan, gazetteer, grammar};

/// An article with one of everything that readers know.
const ARTICLE: &str = include_str!("import/wikitext/forms.wiki");
const GRID: &str = include_str!("import/flattened/grid.txt");
const PAGE: &str = include_str!("import/factbook/no.json");
const MISSIONS: &str = include_str!("import/wikidata/missions.csv");
const IGO: &str = include_str!("import/cow/igo.csv");
const EXCHANGE: &str = include_str!("import/cow/exchange.csv");
const LIST: &str = include_str!("import/table/list.csv");
const ESSAY: &str = include_str!("import/essay/essay.txt");

fn claims() -> Vec<Claim> {
    azerbaijan().claims.clone()
}

fn bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        Just(Bound::UNKNOWN),
        (1800i16..2030).prop_map(Bound::year),
        (1800i16..2030, 1i8..13).prop_map(|(y, m)| Bound::month(y, m).expect("a month")),
        (1800i16..2030, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Bound::day(y, m, d).expect("a day")),
        (1800i16..2030).prop_map(|y| Bound::year(y).by()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// No file cut at any byte, and no byte changed, makes a reader panic or lose what stands before it.
    #[test]
    fn readers_take_any_bytes(cut in 0usize..6000, at in 0usize..6000, byte in any::<u8>()) {
        for (text, file) in [
            (ARTICLE, "Foreign relations of Latvia.wiki"),
            (GRID, "grid.txt"),
            (ESSAY, "essay.txt"),
            (PAGE, "no.json"),
            (MISSIONS, "missions.csv"),
            (IGO, "igo.csv"),
            (EXCHANGE, "exchange.csv"),
            (LIST, "list.csv"),
        ] {
            let mut bytes = text.as_bytes()[..cut.min(text.len())].to_vec();
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            for format in std::iter::once(None).chain(Format::ALL.map(Some)) {
                let read = extract(grammar(), file, &bytes, format);
                let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
                prop_assert!(read.claims.iter().all(|claim| claim.origin.line <= lines && claim.origin.offset <= bytes.len()));
            }
        }
    }

    /// Markup of any nesting is read in one pass.
    #[test]
    fn readers_take_any_markup(text in "(\\{\\{|\\}\\}|\\[\\[|\\]\\]|<ref>|</ref>|<!--|-->|\\{\\||\\|\\}|\\||!|=|\\*|flag|embassy in Paris|\n| ){0,200}") {
        extract(grammar(), "Foreign relations of Latvia.wiki", text.as_bytes(), Some(Format::Wikitext));
    }

    /// The order of claims and sources has no say in the facts.
    #[test]
    fn any_order_of_claims_gives_the_same_facts(seed in any::<u64>()) {
        let mut claims = claims();
        let mut sources = azerbaijan().sources.clone();
        let whole = DataSet::new(sources.clone(), claims.clone(), gazetteer());
        sources.reverse();
        // A fixed permutation from the seed.
        let count = claims.len();
        let mut state = seed | 1;
        for at in (1..count).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            claims.swap(at, usize::try_from(state >> 33).expect("fits") % (at + 1));
        }
        prop_assert_eq!(DataSet::new(sources, claims, gazetteer()).facts, whole.facts);
    }

    /// Bounds meet like sets: the intersection is within both, and meeting is mutual.
    #[test]
    fn bounds_meet_like_sets(a in bound(), b in bound()) {
        prop_assert_eq!(a.meets(b), b.meets(a));
        prop_assert_eq!(a.intersect(b), b.intersect(a));
        if let Some(both) = a.intersect(b) {
            prop_assert!(both.meets(a) && both.meets(b));
            prop_assert_eq!(both.intersect(a), Some(both));
        }
        prop_assert_eq!(Bound::parse(&a.to_string()), Ok(a));
    }

    /// A narrower lens never adds.
    #[test]
    fn a_narrower_lens_never_adds(year in 1900i16..2026) {
        let network = Network::new(azerbaijan().clone(), gazetteer());
        let day = Bound::year(year).latest.expect("a day");
        let edges = |lens: Lens| -> Vec<usize> { network.view(lens).edges().map(|(_, _, edge)| edge.fact()).collect() };
        let wide = edges(Lens::as_of(day));
        for narrow in [
            Lens { certain: true, ..Lens::as_of(day) },
            Lens { roster: Roster::Un193, ..Lens::as_of(day) },
            Lens { roster: Roster::Cow, certain: true, ..Lens::as_of(day) },
        ] {
            prop_assert!(edges(narrow).iter().all(|fact| wide.contains(fact)));
        }
    }
}

/// A claim of one source on the embassy of Norway in Sweden or on the relations of the two.
fn told(document: &str, line: usize, relations: bool, since: &str, until: Option<&str>, denied: bool) -> Claim {
    let word = |text: &str| Some(text.to_owned());
    let mut record =
        ClaimRecord { until: until.map(str::to_owned), document: document.into(), line, ..ClaimRecord::default() };
    let since = (!since.is_empty()).then(|| since.to_owned());
    if relations {
        (record.a, record.b, record.date) = (word("norway"), word("sweden"), since);
        record.kind = if denied { "no_relations" } else { "relations" }.to_owned();
    } else {
        (record.sending, record.receiving, record.since) = (word("norway"), word("sweden"), since);
        record.kind = if denied { "no_embassy" } else { "embassy" }.to_owned();
    }
    Claim::try_from(record).expect("a claim")
}

fn source(document: &str, edition: i16, official: bool) -> Source {
    let authority = if official { Authority::Official } else { Authority::Encyclopaedia };
    let format = if official { "table" } else { "wikitext" };
    Source {
        document: document.into(),
        format: format.to_owned(),
        edition: edition.to_string(),
        authority,
        ..Source::default()
    }
}

/// What a source says: since, until, denial; years of its own past only.
type Said = (Option<i16>, Option<i16>, bool);

fn said(before: i16) -> impl Strategy<Value = Said> {
    (prop::option::of(1910..before), prop::option::of(1910..before), prop::bool::weighted(0.15))
}

fn claims_of(document: &str, said: &[Said], relations: bool) -> Vec<Claim> {
    let claims = said.iter().enumerate().map(|(at, (since, until, denied))| {
        let (since, until) = match (since, until) {
            (Some(one), Some(other)) => (Some(one.min(other)), Some(one.max(other))),
            both => (both.0.as_ref(), both.1.as_ref()),
        };
        let until = until.filter(|_| !denied).map(ToString::to_string);
        let since = since.map_or_else(String::new, ToString::to_string);
        told(document, at + 1, relations, &since, until.as_deref(), *denied)
    });
    claims.collect()
}

/// Whether a tie certainly stands on a day.
fn stands(data: &DataSet, day: Day) -> bool {
    data.facts.iter().any(|fact| !fact.is_denied() && fact.life.held_on(day) == Held::Yes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// No end comes before its beginning, spells of one tie come one after the other, and what certainly held may have.
    #[test]
    fn spells_are_in_order(
        first in prop::collection::vec(said(2020), 0..4),
        second in prop::collection::vec(said(2024), 0..4),
        relations in any::<bool>(),
        year in 1890i16..2030,
    ) {
        let sources = vec![source("one", 2020, false), source("two", 2024, true)];
        let mut claims = claims_of("one", &first, relations);
        claims.extend(claims_of("two", &second, relations));
        let data = DataSet::new(sources.clone(), claims.clone(), gazetteer());
        let day = Day::new(year, 7, 1).expect("a day");
        for fact in &data.facts {
            if let (Some(began), Some(ended)) = (fact.life.began.earliest, fact.life.ended.and_then(|ended| ended.latest)) {
                prop_assert!(began <= ended, "{fact:?}");
            }
            prop_assert!(fact.sightings.iter().all(|seen| seen.from <= seen.until));
            let held = fact.life.held_on(day);
            prop_assert!(held != Held::Yes || fact.works_on(Some(day)) > 0, "{fact:?}");
        }
        let network = Network::new(data, gazetteer());
        let edges = |lens: Lens| -> Vec<usize> { network.view(lens).edges().map(|(_, _, edge)| edge.fact()).collect() };
        let (certain, possible) = (edges(Lens { certain: true, ..Lens::as_of(day) }), edges(Lens::as_of(day)));
        prop_assert!(certain.iter().all(|fact| possible.contains(fact)));
        // At most one spell certainly stands on a day, and the order of the claims has no say.
        prop_assert!(certain.len() <= 1, "{certain:?}");
        claims.reverse();
        let again = DataSet::new(sources, claims, gazetteer());
        let facts: Vec<_> = (0..network.facts.len()).map(|at| network.facts[at].clone()).collect();
        prop_assert_eq!(again.facts, facts);
    }

    /// An older source changes nothing of what a newer one says of a later day.
    #[test]
    fn an_older_source_does_not_unsay_a_newer_one(
        older in prop::collection::vec(said(2010), 1..4),
        (since, over) in (prop::option::of(1950i16..2010), prop::option::of(2012i16..2019)),
        relations in any::<bool>(),
    ) {
        let until = over.map(|year| year.to_string());
        let since = since.map_or_else(String::new, |year| year.to_string());
        let newer = vec![told("new", 1, relations, &since, until.as_deref(), false)];
        let sources = vec![source("new", 2020, true), source("old", 2010, false)];
        let day = Day::new(2020, 12, 31).expect("a day");
        let alone = DataSet::new(sources.clone(), newer.clone(), gazetteer());
        prop_assert_eq!(stands(&alone, day), over.is_none());
        let mut both = newer;
        both.extend(claims_of("old", &older, relations));
        let with = DataSet::new(sources, both, gazetteer());
        prop_assert_eq!(stands(&with, day), over.is_none(), "{:#?}", with.facts);
    }
}

#[test]
fn claims_survive_their_flat_form() {
    for claim in claims() {
        let line = serde_json::to_string(&claim.record()).expect("JSON");
        let record: ClaimRecord = serde_json::from_str(&line).expect("a record");
        assert_eq!(Claim::try_from(record), Ok(claim));
    }
}

#[test]
fn data_sets_survive_their_file() {
    let data = azerbaijan();
    let text = to_json(data);
    let again = parse("again", &text, gazetteer()).expect("a data set");
    assert_eq!(again.facts, data.facts);
    assert_eq!(to_json(&again), text);
}

#[test]
fn long_lines_and_deep_nesting_are_read() {
    let long = format!("* Estonia has an embassy in Riga. {}\n", "word ".repeat(2_000_000));
    let read = extract(grammar(), "Foreign relations of Latvia.wiki", long.as_bytes(), Some(Format::Wikitext));
    assert_eq!(read.claims.len(), 1);
    for deep in ["{{a|".repeat(300_000), "[[a|".repeat(300_000), "{{a|".repeat(100_000) + &"}}".repeat(100_000)] {
        let text = format!("{deep}\n* Estonia has an embassy in Riga.\n");
        let read = extract(grammar(), "Foreign relations of Latvia.wiki", text.as_bytes(), Some(Format::Wikitext));
        assert_eq!(read.claims.len(), 1, "{}", &deep[..12]);
    }
}

#[test]
fn bytes_that_are_no_text_are_passed_over_and_reported() {
    let mut bytes = b"* Estonia has an embassy in Riga.\n* ".to_vec();
    bytes.extend([0xff, 0xfe, 0xc3, 0x28]);
    bytes.extend(b"\n* Lithuania has an embassy in Riga.\n");
    let read = extract(grammar(), "Foreign relations of Latvia.wiki", &bytes, Some(Format::Wikitext));
    let lines: Vec<usize> = read.claims.iter().map(|claim| claim.origin.line).collect();
    assert_eq!(lines, [1, 3]);
    let told: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["Foreign relations of Latvia.wiki:2: problem: byte 0xff is no UTF-8; read as a question mark"]);
}

/// Spells that one list keeps apart stay apart, whatever is unknown of their ends; another document's word on
/// one of them joins it.
#[test]
fn spells_of_one_list_stay_apart() {
    let claim = |document: &str, line: usize, since: &str, until: Option<&str>| -> Claim {
        let record = ClaimRecord {
            kind: "membership".into(),
            member: Some("norway".into()),
            organization: Some("united-nations".into()),
            status: Some("full member".into()),
            since: Some(since.into()),
            until: until.map(str::to_owned),
            document: document.into(),
            line,
            ..ClaimRecord::default()
        };
        Claim::try_from(record).expect("a claim")
    };
    let claims = vec![
        claim("list", 1, "1960", Some("1970-12-31/..")),
        claim("list", 2, "../1975", Some("1980-12-31/1981-12-30")),
        claim("list", 3, "1990", None),
        claim("other", 1, "1960", Some("1970-12-31/..")),
    ];
    let data = DataSet::new(Vec::new(), claims, gazetteer());
    let spells: Vec<(String, usize)> =
        data.facts.iter().map(|fact| (fact.span().began.to_string(), fact.origins().len())).collect();
    assert_eq!(spells.len(), 3, "{spells:?}");
    assert!(data.facts.iter().all(|fact| !fact.is_disputed()));
    assert!(spells.contains(&("1960".to_owned(), 2)), "{spells:?}");
}
