//! Charts of the carried world: sound as XML, every letter in its place, the same bytes every time, and the figures that
//! they tell.

mod boxes;

pub use boxes::faults;

use crate::run;

/// Draws twice and gives the picture.
fn drawn(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let (code, svg, messages) = run(&words);
    assert_eq!((code, messages.as_str()), (0, ""), "{arguments}");
    assert!(svg == run(&words).1, "{arguments}: two runs differ");
    let faults = boxes::faults(&svg);
    assert!(faults.is_empty(), "{arguments}:\n{}", faults[..faults.len().min(20)].join("\n"));
    svg
}

/// The alternative text.
fn described(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).expect("an SVG is XML");
    let found = document.descendants().find(|node| node.has_tag_name("desc"));
    found.and_then(|node| node.text()).expect("a description").to_owned()
}

fn count(svg: &str, element: &str) -> usize {
    svg.matches(&format!("<{element} ")).count()
}

#[test]
fn matrices() {
    let all = drawn("matrix");
    assert!(described(&all).starts_with("193 members, 18528 pairs; most: "), "{}", described(&all));
    // A path a class, not an element a cell.
    assert!(count(&all, "path") < 30 && count(&all, "rect") < 30);
    for arguments in [
        "matrix --of missions --theme dark",
        "matrix --of relations --lang fr",
        "matrix --org ASEAN --of alike",
        "matrix --org OAS --measure phi --theme dark",
        "matrix turkey iran --lang ar",
        "matrix --org ECO --measure shared --lang de --title Freunde",
    ] {
        drawn(arguments);
    }
    let few = drawn("matrix azerbaijan turkey iran georgia");
    assert!(few.contains("Azerbaijan – Turkey: 0.") && count(&few, "rect") > 12);
    assert_eq!(run(&["matrix", "turkey"]).0, 2);
    assert_eq!(run(&["matrix", "turkey", "iran", "--of", "missions", "--only", "UN"]).0, 2);
}

#[test]
fn the_numbers_of_a_matrix_are_those_of_overlap() {
    let (_, matrix, _) = run(&["matrix", "turkey", "azerbaijan", "--measure", "jaccard", "--format", "csv"]);
    let (_, pairs, _) = run(&["overlap", "turkey", "azerbaijan", "--measure", "jaccard", "--format", "csv"]);
    let jaccard = pairs.lines().nth(1).and_then(|row| row.split(',').nth(6)).expect("a pair");
    assert!(matrix.lines().nth(1).is_some_and(|row| row.ends_with(jaccard)), "{matrix}{pairs}");
}

#[test]
fn history_has_a_panel_a_unit() {
    let one = drawn("plot history --from 1950 --every 5");
    assert!(described(&one).contains("relations in 2025: "), "{}", described(&one));
    let several =
        drawn("plot history --measure relations,missions,density,transitivity --from 1990 --every 7 --theme dark");
    for heading in ["relations (dyads)", "missions (directed dyads)", ">share<"] {
        assert!(several.contains(heading), "{heading}");
    }
    // Before there was any member, nothing is drawn.
    drawn("plot history --roster un193 --from 1930 --to 1960");
}

#[test]
fn timelines() {
    let dyad = drawn("plot timeline azerbaijan turkey");
    assert!(dyad.contains("1992-01-14") && dyad.contains("Turkey → Azerbaijan"));
    for arguments in [
        "plot timeline azerbaijan",
        "plot timeline france --theme dark",
        "plot timeline russia --from 1990 --lang ru",
        "plot timeline kosovo --tie missions",
        "plot timeline united-states iran --theme dark",
    ] {
        drawn(arguments);
    }
}

#[test]
fn ranks() {
    let bars = drawn("plot rank --highlight turkey --top 15");
    assert!(described(&bars).contains("15 states by missions-received: 1 United States"), "{}", described(&bars));
    for arguments in [
        "plot rank --by betweenness --top 60 --theme dark",
        "plot rank --on relations --from 1960 --top 20 --highlight turkey --highlight iran",
        "plot rank --on relations --from 1991 --every 1 --to 2020 --top 12 --lang uk",
    ] {
        drawn(arguments);
    }
    assert_eq!(run(&["plot", "rank", "--from", "2020", "--to", "2010"]).0, 2);
}

#[test]
fn decades() {
    let own = drawn("plot decades azerbaijan");
    assert!(described(&own).contains("2020s: relations: 190, missions: "), "{}", described(&own));
    drawn("plot decades france --theme dark --lang de");
    drawn("plot decades kosovo");
}

#[test]
fn numbers_take_the_place_of_pictures() {
    for arguments in [
        &["plot", "history", "--from", "2000", "--to", "2001"][..],
        &["plot", "timeline", "azerbaijan", "turkey"],
        &["plot", "rank", "--top", "3"],
        &["plot", "rank", "--top", "3", "--on", "relations", "--from", "2000"],
        &["plot", "decades", "kosovo"],
        &["matrix", "turkey", "iran", "--of", "missions"],
    ] {
        let (code, text, _) = run(&[arguments, &["--format", "csv"]].concat());
        assert!(code == 0 && text.lines().count() > 2 && !text.contains("<svg"), "{arguments:?}: {text}");
    }
}
