//! One benchmark a stage: reading, reconciling, building the graph, asking, drawing. `cargo bench`.

use divan::{Bencher, black_box};
use legation::carried;
use legation::coverage::Coverage;
use legation::dataset::DataSet;
use legation::grammar::Grammar;
use legation::graph::{Lens, Network, Roster};
use legation::import::{Format, extract};
use legation::names::Gazetteer;
use legation::render;

const ARTICLE: &str = include_str!("../tests/import/wikitext/forms.wiki");

fn main() {
    divan::main();
}

#[divan::bench]
fn load_names() -> Gazetteer {
    carried::gazetteer().expect("the tables load")
}

/// An article of forms, once and repeated: the time should grow with its length.
#[divan::bench(args = [1, 10, 100])]
fn read(bencher: Bencher, times: usize) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let grammar = Grammar::load(&gazetteer);
    let text = ARTICLE.repeat(times);
    bencher.counter(divan::counter::BytesCount::new(text.len())).bench_local(|| {
        extract(&grammar, "Foreign relations of Latvia.wiki", black_box(text.as_bytes()), Some(Format::Wikitext))
    });
}

#[divan::bench]
fn reconcile(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let data = carried::data_set(&gazetteer).expect("the data set");
    bencher
        .with_inputs(|| data.claims.clone())
        .bench_local_values(|claims| DataSet::new(Vec::new(), claims, &gazetteer));
}

#[divan::bench]
fn build_graph(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let data = carried::data_set(&gazetteer).expect("the data set");
    bencher.with_inputs(|| data.clone()).bench_local_values(|data| Network::new(data, &gazetteer));
}

/// What a question begins with: the carried names and network, opened.
#[divan::bench]
fn open_carried() -> usize {
    let gazetteer = carried::gazetteer().expect("the tables load");
    carried::network(&gazetteer).expect("the data set").facts.len()
}

#[divan::bench]
fn cover_all(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let network = carried::network(&gazetteer).expect("the data set");
    let view = network.view(Lens::default());
    let node = view.find("azerbaijan").expect("the state");
    bencher.bench_local(|| Coverage::new(&view).received_by(black_box(node)).len());
}

/// The ladder of one pair, everything that it needs prepared anew.
#[divan::bench]
fn cover_pair(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let network = carried::network(&gazetteer).expect("the data set");
    let view = network.view(Lens::default());
    bencher
        .bench_local(|| Coverage::new(&view).ladder(black_box("canada"), "azerbaijan").expect("a ladder").steps.len());
}

/// The ladders of every ordered pair of the members of the United Nations, facts decoded anew.
#[divan::bench]
fn cover_every_pair(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    bencher.bench_local(|| {
        let network = carried::network(&gazetteer).expect("the data set");
        let view = network.view(Lens { roster: Roster::Un193, ..Lens::default() });
        let coverage = Coverage::new(&view);
        let parties: Vec<_> = coverage.parties().collect();
        let ladders = parties.iter().flat_map(|&receiving| {
            let ladders = coverage.ladders(receiving);
            let senders = parties.iter().filter(move |sender| **sender != receiving);
            senders.map(move |sender| ladders.of(*sender).steps.len()).collect::<Vec<_>>()
        });
        ladders.count()
    });
}

#[divan::bench]
fn draw(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let network = carried::network(&gazetteer).expect("the data set");
    let view = network.view(Lens::default());
    let node = view.find("azerbaijan").expect("the state");
    let style = render::Style::default();
    bencher.bench_local(|| {
        let scene = render::diagrams::ego(&view, black_box(node), false, &style);
        render::svg(&scene, render::Size::default()).len()
    });
}

/// The same as an image.
#[divan::bench]
fn draw_an_ego_as_png(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let network = carried::network(&gazetteer).expect("the data set");
    let view = network.view(Lens::default());
    let node = view.find("azerbaijan").expect("the state");
    let scene = render::diagrams::ego(&view, node, false, &render::Style::default());
    bencher.bench_local(|| render::png(black_box(&scene), render::Size::default(), 1.0).expect("drawn").len());
}

/// Who covers a state, on a map of the world.
#[divan::bench]
fn draw_a_map(bencher: Bencher) {
    let gazetteer = carried::gazetteer().expect("the tables load");
    let network = carried::network(&gazetteer).expect("the data set");
    let view = network.view(Lens::default());
    let node = view.find("azerbaijan").expect("the state");
    let style = render::Style::default();
    bencher.bench_local(|| {
        let scene = render::maps::cover(&view, black_box(node), &render::maps::Frame::World, &style);
        render::svg(&scene, render::Size::default()).len()
    });
}
