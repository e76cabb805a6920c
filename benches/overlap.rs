//! Kernels of shared membership: `cargo bench --bench overlap`.
//!
//! Synthetic tables of the size of the world and of larger networks, made by `network.rs` beside this file.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use legation::affiliation::{
    Affiliations, BitRows, Compared, Fitted, Lists, Measure, MemberYears, Null, Rank, StateYears, TwoMode,
    WeightedCell, pairs, shared,
};

use legation::export::{Chunk, PanelForm, PanelValue, PanelWriter, Variable, VariableKind};

#[path = "network.rs"]
mod network;

use network::Shape;

fn main() {
    divan::main();
}

/// 195 members, 309 organisations, as many memberships as states had in 2014.
const YEAR: Shape = Shape { members: 195, organisations: 309, memberships: 12_000, exponent: 0.8, seed: 1 };
const SMALL: Shape = Shape { members: 2000, organisations: 500, memberships: 100_000, exponent: 0.6, seed: 1 };
const LARGE: Shape = Shape { members: 100_000, organisations: 20_000, memberships: 2_000_000, exponent: 0.6, seed: 1 };

fn labels(many: u32) -> Vec<String> {
    (0..many).map(|at| format!("{at:06}")).collect()
}

fn table(shape: Shape) -> Affiliations {
    let cells: Vec<WeightedCell> =
        shape.cells().into_iter().map(|(member, at)| (member as usize, at as usize, 1.0)).collect();
    Affiliations::new(labels(shape.members), labels(shape.organisations), &cells)
}

fn lists(shape: Shape) -> Lists {
    Lists::new(labels(shape.members), labels(shape.organisations), shape.cells())
}

/// A state-year table in the form of Correlates of War: 195 states, 534 organisations, so many years.
fn state_years(years: u16) -> String {
    let held = table(Shape { organisations: 534, memberships: 20_000, ..YEAR });
    let mut text = "ccode,year,state".to_owned();
    (0..534).for_each(|at| text.push_str(&format!(",O{at}")));
    text.push('\n');
    for member in 0..195 {
        for year in 0..years {
            text.push_str(&format!("{},{},s", member + 2, 1900 + year));
            for at in 0..534 {
                text.push_str(if held.cells().get(member, at) { ",1" } else { ",0" });
            }
            text.push('\n');
        }
    }
    text
}

#[divan::bench]
fn shared_of_all_pairs_of_a_year(bencher: Bencher) {
    let table = table(YEAR);
    bencher.counter(ItemsCount::new(195usize * 194 / 2)).bench_local(|| black_box(&table).all_shared());
}

#[divan::bench(args = [Measure::Jaccard, Measure::AdamicAdar, Measure::Kappa, Measure::TauB])]
fn measure_of_all_pairs_of_a_year(bencher: Bencher, measure: Measure) {
    let table = table(YEAR);
    let compared = Compared::new(&table, None);
    bencher.bench_local(|| pairs(195).filter_map(|(one, other)| compared.measure(measure, one, other)).sum::<f64>());
}

#[divan::bench]
fn fit_sdsm(bencher: Bencher) {
    let table = table(YEAR);
    bencher.bench_local(|| Fitted::new(black_box(table.cells()), None, Null::Sdsm).expect("probabilities").upper(0, 1));
}

#[divan::bench]
fn sdsm_of_all_pairs(bencher: Bencher) {
    let table = table(YEAR);
    let fitted = Fitted::new(table.cells(), None, Null::Sdsm).expect("probabilities");
    bencher.bench_local(|| black_box(&fitted).all_upper());
}

#[divan::bench]
fn fdsm_of_a_hundred_tables(bencher: Bencher) {
    let table = table(YEAR);
    let null = Null::Fdsm { samples: 100, seed: 1 };
    bencher.bench_local(|| Fitted::new(black_box(table.cells()), None, null).expect("tables").upper(0, 1));
}

#[divan::bench]
fn read_state_years(bencher: Bencher) {
    let text = state_years(50);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| StateYears::read("t.csv", black_box(text.as_bytes())).years([1.0, 1.0, 0.0]).len());
}

/// Two columns of labels, read and put in order.
#[divan::bench(sample_count = 10)]
fn read_two_columns(bencher: Bencher) {
    let mut text = "member,organization\n".to_owned();
    SMALL.cells().iter().for_each(|(member, at)| text.push_str(&format!("m{member:04},o{at:03}\n")));
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| TwoMode::read("t.csv", black_box(text.as_bytes()), &mut |_| {}).expect("a table").len());
}

#[divan::bench(sample_count = 10)]
fn lists_of_100k_by_20k(bencher: Bencher) {
    let cells = LARGE.cells();
    bencher
        .with_inputs(|| (labels(LARGE.members), labels(LARGE.organisations), cells.clone()))
        .bench_local_values(|(members, organisations, cells)| Lists::new(members, organisations, cells).len());
}

/// The last stage of a panel: rows to bytes.
#[divan::bench(args = [PanelForm::Csv, PanelForm::Json, PanelForm::Parquet])]
fn write_100k_rows(bencher: Bencher, form: PanelForm) {
    let variables = ["ccode1", "ccode2", "year", "dyadigos"].map(|name| Variable {
        name: name.to_owned(),
        kind: VariableKind::Integer,
        about: String::new(),
    });
    bencher.counter(ItemsCount::new(100_000usize)).bench_local(|| {
        let mut chunk = Chunk::new(form, &variables);
        for row in 0..100_000i64 {
            let values = [2, 20 + row % 900, 1816 + row % 199, row % 120].map(PanelValue::Integer);
            chunk.push(form, &variables, &values);
        }
        let mut writer = PanelWriter::begin(Vec::new(), form, "", "", &variables).expect("memory");
        writer.write(chunk).expect("memory");
        writer.end().expect("memory").len()
    });
}

#[divan::bench]
fn shared_of_all_dyad_years(bencher: Bencher) {
    let years: MemberYears = StateYears::read("t.csv", state_years(50).as_bytes()).years([1.0, 1.0, 0.0]);
    bencher.counter(ItemsCount::new(195usize * 194 / 2 * 50)).bench_local(|| {
        let cells: &BitRows = &years.layers()[0].cells;
        let dyads = (0..years.members.len()).flat_map(|one| years.dyads_of(one));
        dyads.filter_map(|dyad| dyad.rows).map(|(a, b)| u64::from(shared(cells.row(a), cells.row(b)))).sum::<u64>()
    });
}

#[divan::bench]
fn nearest_of_2k_by_500(bencher: Bencher) {
    let lists = lists(SMALL);
    bencher.bench_local(|| black_box(&lists).nearest(0..2000, 10, Rank::Shared, &|_| {}));
}

#[divan::bench(args = [Rank::Shared, Rank::Jaccard], sample_count = 10)]
fn nearest_of_the_first_5000_of_100k_by_20k(bencher: Bencher, rank: Rank) {
    let lists = lists(LARGE);
    bencher.bench_local(|| black_box(&lists).nearest(0..5000, 10, rank, &|_| {}));
}
