//! What holds for any input.

use legation::dataset::{DataSet, parse, to_json};
use legation::graph::{Lens, Network, Roster};
use legation::import::{Format, extract};
use legation::model::{Bound, Claim, ClaimRecord};
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
    let text = to_json(data, gazetteer());
    let again = parse("again", &text, gazetteer()).expect("a data set");
    assert_eq!(again.facts, data.facts);
    assert_eq!(to_json(&again, gazetteer()), text);
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
