//! Measures and null models against published values, laws that hold for any table, and whole runs on small ones.

use std::io::Write as _;

use legation::affiliation::{
    Affiliations, BitRows, Compared, Correction, Fitted, Lists, Measure, Null, Rank, TwoMode, WeightedCell, adjusted,
    all_shared, pairs,
};
use proptest::prelude::*;

use crate::run;

/// Eighteen women at fourteen events: Davis, Gardner & Gardner 1941, as in `NetworkX`.
const DAVIS: &str = "tests/overlap/davis.csv";
/// A state-year table in the form of Correlates of War, made for this test: states that begin, end and merge.
const STATES: &str = "tests/overlap/states.csv";

fn near(value: Option<f64>, wanted: f64, digits: i32) {
    let value = value.expect("a value");
    assert!((value - wanted).abs() <= 0.5 * 10f64.powi(-digits) + 1e-12, "{value} {wanted}");
}

fn table(rows: &[&str]) -> Affiliations {
    let labels = |many: usize| (0..many).map(|at| at.to_string()).collect();
    let cell = |(row, text): (usize, &&str)| -> Vec<WeightedCell> {
        let held = text.bytes().enumerate().filter(|(_, byte)| *byte == b'1');
        held.map(|(column, _)| (row, column, 1.0)).collect()
    };
    let cells: Vec<WeightedCell> = rows.iter().enumerate().flat_map(cell).collect();
    Affiliations::new(labels(rows.len()), labels(rows[0].len()), &cells)
}

fn davis() -> Affiliations {
    let bytes = std::fs::read(DAVIS).expect("the table");
    TwoMode::read(DAVIS, bytes.as_slice(), &mut |_| {}).expect("a table").affiliations(None).expect("small")
}

/// The unit tests of R's backbone package; its SDSM is a normal approximation, these are exact.
#[test]
fn exact_tails_of_three_by_four() {
    let table = table(&["1011", "0100", "1001"]);
    let fitted = Fitted::new(table.cells(), None, Null::Sdsm).expect("probabilities");
    let upper = [((0, 0), 0.427), ((0, 1), 1.0), ((0, 2), 0.555), ((1, 1), 0.306), ((1, 2), 1.0), ((2, 2), 0.333)];
    let lower = [((0, 0), 0.914), ((0, 1), 0.365), ((0, 2), 0.856), ((1, 1), 0.969), ((1, 2), 0.487), ((2, 2), 0.955)];
    for ((one, other), wanted) in upper {
        near(Some(fitted.upper(one, other)), wanted, 3);
    }
    for ((one, other), wanted) in lower {
        near(Some(fitted.lower(one, other)), wanted, 3);
    }
    // What a member shares with itself is its size in every table with these sizes.
    let drawn = Fitted::new(table.cells(), None, Null::Fdsm { samples: 200, seed: 1 }).expect("tables");
    assert!((0..3).all(|at| (drawn.upper(at, at) - 1.0).abs() < 1e-12));
}

#[test]
fn davis_and_her_women() {
    let table = davis();
    let compared = Compared::new(&table, None);
    let at = |name: &str| table.member(name).expect(name);
    let is = |measure, one: &str, other: &str, wanted| {
        near(compared.measure(measure, at(one), at(other)), wanted, 6);
        near(compared.measure(measure, at(other), at(one)), wanted, 6);
    };
    for (measure, wanted) in [
        (Measure::Shared, 6.0),
        (Measure::Jaccard, 0.666_667),
        (Measure::Overlap, 0.857_143),
        (Measure::Cosine, 0.801_784),
        (Measure::AdamicAdar, 3.719_309),
        (Measure::ResourceAllocation, 1.154_762),
        (Measure::Newman, 1.562_637),
        (Measure::Kappa, 0.571_429),
    ] {
        is(measure, "Evelyn", "Laura", wanted);
    }
    for (measure, wanted) in [
        (Measure::Jaccard, 0.857_143),
        (Measure::Overlap, 1.0),
        (Measure::Cosine, 0.925_820),
        (Measure::AdamicAdar, 3.781_277),
        (Measure::ResourceAllocation, 1.188_095),
        (Measure::Newman, 1.617_832),
        (Measure::Kappa, 0.857_143),
    ] {
        is(measure, "Katherina", "Sylvia", wanted);
    }
    is(Measure::Kappa, "Laura", "Sylvia", -0.428_571);
    let fitted = Fitted::new(table.cells(), None, Null::Hypergeometric).expect("nothing to fit");
    near(Some(fitted.upper(at("Evelyn"), at("Laura"))), 0.051_282, 6);
    near(Some(fitted.upper(at("Katherina"), at("Sylvia"))), 0.002_331, 6);
    let upper = fitted.all_upper();
    let found = |correction| adjusted(&upper, correction).into_iter().filter(|p| *p <= 0.05).count();
    assert_eq!(
        (found(Correction::None), found(Correction::Bonferroni), found(Correction::BenjaminiHochberg)),
        (17, 0, 0)
    );
}

/// The examples of `NetworkX`'s documentation: neighbours of a node are its organisations.
#[test]
fn complete_graph_and_path() {
    let complete = table(&["01111", "10111", "11011", "11101", "11110"]);
    let compared = Compared::new(&complete, None);
    near(compared.measure(Measure::AdamicAdar, 0, 1), 2.164_043, 6);
    near(compared.measure(Measure::ResourceAllocation, 0, 1), 0.75, 6);
    near(compared.measure(Measure::Jaccard, 0, 1), 0.6, 6);
    // Nodes 0, 2, 4, 5 at 1 and 3: a path of five and the edge 1–5.
    let path = table(&["10", "11", "01", "10"]);
    let compared = Compared::new(&path, None);
    for (one, other, wanted) in [(0, 1, 0.5), (0, 3, 0.5), (1, 2, 1.0), (1, 3, 0.5), (0, 2, 0.0)] {
        near(compared.measure(Measure::Newman, one, other), wanted, 12);
    }
}

#[test]
fn weights_of_cells_organisations_and_closed_cells() {
    let labels = |many: usize| (0..many).map(|at| at.to_string()).collect::<Vec<String>>();
    let cells = [(0, 0, 1.0), (0, 1, 0.5), (1, 0, 0.5), (1, 1, 0.5), (1, 2, 1.0)];
    let table = Affiliations::new(labels(2), labels(3), &cells);
    let value = |table: &Affiliations, measure| Compared::new(table, None).measure(measure, 0, 1);
    // Σ min 1, Σ max 2.5.
    near(value(&table, Measure::Shared), 1.0, 12);
    near(value(&table, Measure::Jaccard), 0.4, 12);
    near(value(&table, Measure::S), 1.0 - 2.0 * 1.5 / 3.0, 12);
    let weighted = Affiliations { weights: vec![2.0, 1.0, 1.0], ..table.clone() };
    near(value(&weighted, Measure::Shared), 1.5, 12);
    near(value(&weighted, Measure::Jaccard), 1.5 / 3.5, 12);
    let mut closed = BitRows::new(2, 3);
    closed.set(0, 2);
    let closed = Affiliations { closed: Some(closed), ..table };
    near(value(&closed, Measure::Jaccard), 1.0 / 1.5, 12);
    near(value(&closed, Measure::S), 1.0 - 2.0 * 0.5 / 2.0, 12);
}

/// Tables of up to 12 members and 40 organisations.
fn tables() -> impl Strategy<Value = Affiliations> {
    (2usize..12, 1usize..40).prop_flat_map(|(members, organisations)| {
        proptest::collection::vec(any::<bool>(), members * organisations).prop_map(move |bits| {
            let held = bits.into_iter().enumerate().filter(|(_, held)| *held);
            let cells: Vec<WeightedCell> = held.map(|(at, _)| (at / organisations, at % organisations, 1.0)).collect();
            let labels = |many: usize| (0..many).map(|at| at.to_string()).collect();
            Affiliations::new(labels(members), labels(organisations), &cells)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn measures_are_symmetric_and_within_their_bounds(table in tables()) {
        let compared = Compared::new(&table, None);
        for (one, other) in pairs(table.members.len()) {
            let value = |measure| compared.measure(measure, one, other);
            for measure in Measure::ALL {
                let (forth, back) = (value(measure), compared.measure(measure, other, one));
                prop_assert!(forth.zip(back).map_or(forth == back, |(a, b)| (a - b).abs() < 1e-9), "{measure:?}");
            }
            let within = |measure, low: f64, high: f64| {
                value(measure).is_none_or(|value| (low - 1e-12..=high + 1e-12).contains(&value))
            };
            for measure in [Measure::Jaccard, Measure::Overlap, Measure::Dice, Measure::Cosine] {
                prop_assert!(within(measure, 0.0, 1.0), "{measure:?}");
            }
            for measure in [Measure::Phi, Measure::S, Measure::SSquared, Measure::TauB] {
                prop_assert!(within(measure, -1.0, 1.0), "{measure:?}");
            }
            for measure in [Measure::Kappa, Measure::KappaLinear, Measure::KappaSquared, Measure::Pi, Measure::PiSquared] {
                prop_assert!(within(measure, f64::NEG_INFINITY, 1.0), "{measure:?}");
            }
            if let Some((jaccard, overlap)) = value(Measure::Jaccard).zip(value(Measure::Overlap)) {
                prop_assert!(jaccard <= overlap + 1e-12);
            }
            // Of yes and no, all weights of κ are one, φ is τ-b, and S is linear in the simple match.
            prop_assert_eq!(value(Measure::Kappa).is_some(), value(Measure::KappaLinear).is_some());
            if let Some((phi, tau)) = value(Measure::Phi).zip(value(Measure::TauB)) {
                prop_assert!((phi - tau).abs() < 1e-9);
            }
        }
        for member in 0..table.members.len() {
            for measure in [Measure::Jaccard, Measure::Kappa, Measure::Pi, Measure::S, Measure::Phi] {
                let itself = compared.measure(measure, member, member);
                prop_assert!(itself.is_none_or(|value| (value - 1.0).abs() < 1e-9), "{measure:?} {itself:?}");
            }
        }
    }

    #[test]
    fn the_order_of_organisations_and_members_changes_nothing(table in tables(), seed in any::<u64>()) {
        let turn = |many: usize| -> Vec<usize> {
            let mut order: Vec<usize> = (0..many).collect();
            order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
            order
        };
        let members = turn(table.members.len());
        let moved = table.with_members(&members).with_organisations(&turn(table.organisations.len()));
        let (before, after) = (Compared::new(&table, None), Compared::new(&moved, None));
        let fits = [&table, &moved].map(|table| Fitted::new(table.cells(), None, Null::Sdsm).expect("probabilities"));
        for (one, other) in pairs(members.len()) {
            for measure in Measure::ALL {
                let (a, b) = (before.measure(measure, members[one], members[other]), after.measure(measure, one, other));
                prop_assert!(a.zip(b).map_or(a == b, |(a, b)| (a - b).abs() < 1e-9), "{measure:?} {a:?} {b:?}");
            }
            let (a, b) = (fits[0].upper(members[one], members[other]), fits[1].upper(one, other));
            prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }

    #[test]
    fn tails_are_probabilities_and_meet(table in tables()) {
        let mut closed = BitRows::new(table.members.len(), table.organisations.len());
        // Some empty cells are closed.
        for (row, column) in (0..table.members.len()).flat_map(|row| [(row, 0), (row, table.organisations.len() - 1)]) {
            if !table.cells().get(row, column) {
                closed.set(row, column);
            }
        }
        for closed in [None, Some(&closed)] {
            for null in [Null::Hypergeometric, Null::Sdsm, Null::Fdsm { samples: 16, seed: 3 }] {
                let fitted = Fitted::new(table.cells(), closed, null).expect("a fit");
                let all = fitted.all_upper();
                for ((one, other), p) in pairs(table.members.len()).zip(all) {
                    prop_assert!((p - fitted.upper(one, other)).abs() < 1e-12);
                    prop_assert!((0.0..=1.0).contains(&p), "{null:?} {p}");
                    // P(X ≥ k) + P(X ≤ k) counts k twice.
                    prop_assert!(p + fitted.lower(one, other) >= 1.0 - 1e-9, "{null:?}");
                }
            }
        }
    }

    #[test]
    fn lists_and_bits_agree(table in tables()) {
        let cells = (0..table.members.len()).flat_map(|row| (0..table.organisations.len()).map(move |at| (row, at)));
        let cells: Vec<(u32, u32)> = cells
            .filter(|(row, at)| table.cells().get(*row, *at))
            .map(|(row, at)| (u32::try_from(row).expect("small"), u32::try_from(at).expect("small")))
            .collect();
        let lists = Lists::new(table.members.clone(), table.organisations.clone(), cells);
        let mut found: Vec<(usize, usize, u32)> = Vec::new();
        for (member, near) in lists.nearest(0..table.members.len(), 99, Rank::Shared, &|_| {}).into_iter().enumerate() {
            prop_assert!(near.windows(2).all(|two| two[0].shared > two[1].shared
                || two[0].shared == two[1].shared && two[0].member < two[1].member));
            found.extend(near.into_iter().map(|it| (member, it.member as usize, it.shared)).filter(|it| it.0 < it.1));
        }
        found.sort_unstable();
        let counts = pairs(table.members.len()).zip(all_shared(table.cells()));
        let wanted: Vec<(usize, usize, u32)> =
            counts.filter(|(_, shared)| *shared > 0).map(|((one, other), shared)| (one, other, shared)).collect();
        prop_assert_eq!(found, wanted);
    }

    /// No file cut at any byte, and no byte changed, makes a reader of tables panic.
    #[test]
    fn tables_of_any_bytes(cut in 0usize..900, at in 0usize..900, byte in any::<u8>()) {
        for file in [DAVIS, STATES] {
            let mut bytes = std::fs::read(file).expect("the table");
            bytes.truncate(cut);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let read = legation::affiliation::StateYears::read(file, &bytes).years([1.0, 0.5, 0.0]);
            let years: usize = (0..read.members.len()).map(|one| read.dyads_of(one).count()).sum();
            prop_assert!(years < 900);
            if let Ok(read) = TwoMode::read(file, bytes.as_slice(), &mut |_| {}) {
                prop_assert!(read.len() <= cut);
            }
        }
    }
}

/// The state-year table asked directly, and the data set made of it, give one panel.
#[test]
fn a_panel_from_the_table_or_from_a_data_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (code, direct, messages) = run(&["overlap", "--panel", "--data", STATES]);
    assert_eq!((code, messages.as_str()), (0, ""));
    insta::assert_snapshot!("panel", direct);
    let net = path("net.json");
    assert_eq!(run(&["import", STATES, "-o", &net]).0, 0);
    let (code, _, messages) = run(&["overlap", "--panel", "--data", &net, "-o", &path("panel.csv")]);
    assert_eq!(code, 0, "{messages}");
    let imported = std::fs::read_to_string(path("panel.csv")).expect("written");
    let counts: Vec<&str> = imported.lines().filter_map(|line| line.rsplit_once(',').map(|(kept, _)| kept)).collect();
    assert_eq!(counts, direct.lines().collect::<Vec<_>>());
    insta::assert_snapshot!(
        "codebook",
        std::fs::read_to_string(path("panel.csv.codebook.md")).expect("written").replace(&net, "NET")
    );
}

/// Beyond the years of the source nothing is known, which is not 0; other codes name the same dyads.
#[test]
fn a_panel_beyond_its_source_and_in_other_codes() {
    let (code, out, _) = run(&["overlap", "--panel", "--data", STATES, "--from", "1991", "--to", "1994"]);
    assert_eq!(code, 0);
    let rows: Vec<&str> = out.lines().collect();
    assert!(rows.contains(&"2,255,1991,2"), "{out}");
    assert!(rows.contains(&"2,255,1993,NA") && rows.contains(&"2,20,1994,NA"));
    assert_eq!(rows.iter().filter(|row| row.contains(",1993,") && !row.ends_with(",NA")).count(), 0);
    let (_, iso, _) = run(&["overlap", "--panel", "--data", STATES, "--codes", "iso", "--measure", "jaccard,kappa"]);
    assert!(iso.starts_with("iso3c1,iso3c2,year,dyadigos,jaccard,kappa\n"), "{iso}");
    assert!(iso.contains("\nDEU,USA,1991,2,0.666667,"), "{iso}");
    let (_, full, _) = run(&["overlap", "--panel", "--data", STATES, "--joint", "full"]);
    assert!(full.lines().any(|row| row == "2,255,1991,1"), "{full}");
}

/// A table of any field, in every command that takes one.
#[test]
fn a_table_of_any_field() {
    for (name, words) in [
        ("davis_two", vec!["overlap", "Evelyn", "laura"]),
        ("davis_three", vec!["overlap", "Evelyn", "Laura", "Flora", "--measure", "shared,jaccard,s"]),
        ("davis_similar", vec!["similar", "Katherina", "-n", "3", "--measure", "kappa", "--null", "hypergeometric"]),
        ("davis_backbone", vec!["backbone", "--correction", "none", "--alpha", "0.1"]),
        ("davis_hypergeometric", vec!["backbone", "--null", "hypergeometric"]),
        (
            "davis_sampled",
            vec!["backbone", "--null", "fdsm", "--samples", "99", "--alpha", "0.01", "--correction", "bonferroni"],
        ),
        ("davis_top", vec!["overlap", "--top", "2"]),
        ("davis_nobody", vec!["overlap", "Evelin", "Laura"]),
    ] {
        let mut words = words;
        words.extend(["--table", DAVIS]);
        let (code, out, messages) = run(&words);
        insta::assert_snapshot!(name, format!("$ legation {}\n{out}{messages}[exit {code}]\n", words.join(" ")));
    }
    let (_, matrix, _) = run(&["overlap", "--all", "--measure", "jaccard", "--table", DAVIS]);
    let rows: Vec<Vec<&str>> = matrix.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((rows.len(), rows[0].len()), (19, 19));
    for (one, row) in rows.iter().enumerate().skip(1) {
        assert_eq!((row[0], row[one]), (rows[0][one], "1.000000"));
        assert!((1..19).all(|other| row[other] == rows[other][one]));
    }
    let (_, long, _) = run(&["overlap", "--all", "--long", "--table", DAVIS]);
    assert_eq!(long.lines().count(), 1 + 18 * 17 / 2);
}

/// Cells that cannot be take part in no draw: what is left is shared sooner.
#[test]
fn cells_that_a_user_closes() {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    write!(file, "member,organization\nBrenda,E14\nFlora,E1\nFlora,E2\n").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    let asked = ["overlap", "Flora", "Olivia", "--measure", "shared", "--format", "csv", "--table", DAVIS];
    let p = |more: &[&str]| -> f64 {
        let (code, out, messages) = run(&[&asked[..], more].concat());
        assert_eq!(code, 0, "{messages}");
        out.lines().nth(1).and_then(|row| row.split(',').nth(7)).and_then(|p| p.parse().ok()).expect("a p-value")
    };
    let (open, closed) = (p(&[]), p(&["--closed", &path]));
    assert!(closed > open, "{open} {closed}");
    writeln!(file, "Flora,E9").expect("written");
    let (code, _, messages) = run(&[&asked[..], &["--closed", &path]].concat());
    assert!(code == 2 && messages.contains("Flora is in E9, so that its cell is not closed"), "{messages}");
}

/// A panel of a table takes its levels, its sets and the greatest distance of two levels.
#[test]
fn a_panel_of_a_table() {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    let rows = "member,organization,weight,year\na,x,3,1990\na,y,1,1990\nb,x,1,1990\nb,z,3,1990\nb,x,1,1991\n";
    write!(file, "{rows}").expect("written");
    let path = file.path().to_str().expect("a path");
    let panel = |more: &[&str]| {
        let (code, out, messages) = run(&[&["overlap", "--panel", "--table", path], more].concat());
        assert_eq!((code, messages.as_str()), (0, ""));
        out.lines().nth(1).expect("a row").to_owned()
    };
    // |x − y| is 2, 1 and 3: S = 1 − 2·6/9, and of levels that can be 6 apart 1 − 2·6/18.
    assert_eq!(panel(&["--measure", "s"]), "a,b,1990,1,-0.333333");
    assert_eq!(panel(&["--measure", "s", "--range", "6"]), "a,b,1990,1,0.333333");
    assert_eq!(panel(&["--only", "z"]), "a,b,1990,0");
}

/// What is written row by row follows its schema.
#[test]
fn sheets_follow_their_schema() {
    let (_, schema, _) = run(&["schema", "sheet"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    for words in [
        vec!["overlap", "--all", "--table", DAVIS],
        vec!["overlap", "--all", "--long", "--measure", "jaccard", "--table", DAVIS],
        vec!["overlap", "--top", "2", "--table", DAVIS],
        vec!["overlap", "--panel", "--data", STATES, "--measure", "tau_b"],
    ] {
        let (code, out, _) = run(&[words.as_slice(), &["--format", "json"]].concat());
        let sheet: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(code, 0);
        assert!(sheet["rows"].as_array().is_some_and(|rows| rows.len() > 10), "{words:?}");
        assert!(schema.is_valid(&sheet), "{words:?}: {:?}", schema.iter_errors(&sheet).next());
    }
}

/// Memory is asked for before it is taken.
#[test]
fn a_table_too_large_for_a_null_model() {
    let cells = BitRows::new(20_000, 20_000);
    for null in [Null::Sdsm, Null::Fdsm { samples: 1, seed: 1 }] {
        let error = Fitted::new(&cells, None, null).err().expect("too large");
        assert_eq!(
            error.to_string(),
            "20000 members by 20000 organisations are too many for this null model: test fewer at once"
        );
    }
    assert!(Fitted::new(&cells, None, Null::Hypergeometric).is_ok());
}

/// A bad row is told with its place, the rest is answered, and the exit code says so.
#[test]
fn bad_rows_of_a_table() {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    write!(file, "member;organization;weight\na;x;1\nb;x;much\nb;y;2\na;y;1\n").expect("written");
    let path = file.path().to_str().expect("a path");
    let (code, out, messages) = run(&["overlap", "a", "b", "--table", path]);
    assert_eq!(code, 1);
    assert!(out.contains("shared 1;"), "{out}");
    assert_eq!(messages, format!("{path}:3: problem: \"much\" is no weight, which is a number from 0; row skipped\n"));
}

/// Which organisations count, and which memberships.
#[test]
fn sets_of_organisations_and_statuses() {
    let counted = |more: &str| -> (usize, usize) {
        let words: Vec<&str> = "overlap norway denmark --measure shared --format json".split(' ').collect();
        let words: Vec<&str> = words.into_iter().chain(more.split_whitespace()).collect();
        let (code, out, messages) = run(&words);
        assert_eq!(code, 0, "{more}: {messages}");
        let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let number = |key: &str| usize::try_from(answer["rows"][0][key].as_u64().expect(key)).expect("small");
        (number("shared"), number("organizations"))
    };
    let (all, reference) = counted("");
    for narrower in ["--without UN-system", "--scope regional", "--kind igo", "--founded 1945..1960", "--region europe"]
    {
        let (some, fewer) = counted(narrower);
        assert!(0 < some && some < all && fewer < reference, "{narrower}: {some} {all}, {fewer} {reference}");
    }
    let (universal, regional) = (counted("--scope universal").0, counted("--scope regional").0);
    assert_eq!(universal + regional, all);
    assert_eq!(counted("--only NATO,NC").0, 2);
    assert!(counted("--joint any").0 > all);
    for (words, message) in [
        ("--joint fool", "\"fool\" is no rule of statuses"),
        ("--kind club", "no organisation is of the kind \"club\""),
        ("--region atlantis", "there is no region \"atlantis\""),
        ("--only Nobody", "no state or organisation is called \"Nobody\""),
        ("--founded soon", "no years: say 1945..1990"),
    ] {
        let words: Vec<&str> = "overlap norway denmark".split(' ').chain(words.split(' ')).collect();
        let (code, out, messages) = run(&words);
        assert!(code == 2 && out.is_empty() && messages.contains(message), "{messages}");
    }
}

/// Portfolios of other ties leave out the cell of a state with itself.
#[test]
fn portfolios_of_missions_and_relations() {
    for portfolio in ["missions-sent", "missions-received", "relations"] {
        let (code, out, _) = run(&["similar", "norway", "-n", "3", "--portfolio", portfolio, "--format", "csv"]);
        assert_eq!(code, 0);
        assert_eq!(out.lines().count(), 4, "{out}");
        assert!(out.lines().skip(1).all(|line| !line.contains(",norway,")), "{out}");
    }
}

/// What has no meaning is refused, and nothing is lost without a word.
#[test]
fn refused_or_told() {
    for (words, message) in [
        (vec!["overlap", "norway", "NATO"], "is no state"),
        (vec!["overlap", "norway", "NOR", "denmark"], "\"NOR\" is Norway again"),
        (vec!["overlap", "norway", "denmark", "-o", "x.csv"], "are of --panel"),
        (vec!["overlap", "--panel", "--each", "--data", STATES], "no forms of a --panel"),
        (vec!["overlap", "norway", "denmark", "--portfolio", "relations", "--only", "NATO"], "are of memberships"),
        (vec!["overlap", "usa", "canada", "--data", STATES, "--roster", "gw"], "says itself who is a state"),
        (vec!["overlap", "germany", "usa", "--data", STATES, "--as-of", "1988"], "Germany has no row of 1988"),
        (vec!["overlap", "Evelyn", "Laura", "--table", DAVIS, "--joint", "full"], "are of data sets"),
        (vec!["overlap", "--panel", "--table", DAVIS, "--joint", "full"], "are of data sets"),
        (vec!["overlap", "--panel", "--portfolio", "relations", "--scope", "universal"], "are of memberships"),
        (vec!["overlap", "--panel", "--portfolio", "relations", "--measure", "jaccard"], "has counts only"),
        (vec!["overlap", "Evelyn", "Laura", "--table", DAVIS, "--as-of", "1990"], "needs the column year"),
        (vec!["overlap", "Evelyn", "Laura", "--table", DAVIS, "--range", "0.5"], "less than the greatest level"),
        (vec!["overlap", "--top", "3", "--table", DAVIS, "--weights", "x.csv"], "has no place here"),
    ] {
        let (code, out, messages) = run(&words);
        assert!(code == 2 && out.is_empty() && messages.contains(message), "{words:?}: {messages}");
    }
    // More neighbours than anybody has.
    let (code, out, _) = run(&["overlap", "--top", "99999999999", "--table", DAVIS]);
    assert!(code == 0 && out.lines().count() > 200);
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    write!(file, "member,organization\nA,X\nB,X\nB,\"Y\nA,Z\nC,X\n").expect("written");
    let path = file.path().to_str().expect("a path");
    let (code, out, messages) = run(&["overlap", "A", "B", "--table", path]);
    assert!(code == 1 && out.contains("shared 1;"), "{out}");
    assert_eq!(
        messages,
        format!("{path}:4: problem: \"Y …\" goes over several lines: is a quote not closed? row skipped\n")
    );
    // Who has no code in a system is named.
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    write!(file, "ccode,year,state,UN\n2,1850,usa,1\n200,1850,uk,1\n280,1850,meck,1\n").expect("written");
    let path = file.path().to_str().expect("a path");
    let (code, out, messages) = run(&["overlap", "--panel", "--codes", "iso", "--data", path]);
    assert_eq!((code, out.as_str()), (0, "iso3c1,iso3c2,year,dyadigos\nGBR,USA,1850,1\n"));
    assert_eq!(messages, "without a code of this system, and left out: Mecklenburg-Schwerin 1850 to 1850\n");
    // Of a data set too.
    let folder = tempfile::tempdir().expect("a folder");
    let net = folder.path().join("net.json").to_str().expect("a path").to_owned();
    assert_eq!(run(&["import", path, "-o", &net]).0, 0);
    let words = ["overlap", "--panel", "--codes", "iso", "--roster", "cow", "--data", &net];
    let (code, out, messages) = run(&words);
    assert_eq!((code, out.as_str()), (0, "iso3c1,iso3c2,year,dyadigos,dyadigos_possible\nGBR,USA,1850,1,1\n"));
    assert_eq!(messages, "without a code of this system, and left out: Mecklenburg-Schwerin 1850 to 1850\n");
}
