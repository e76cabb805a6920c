//! One test program; a line per module on what belongs there.
//!
//! - `charts`: pictures of numbers: every letter in its place, the same bytes every time
//! - `cli`: whole exchanges of the program (output, messages, exit code) as snapshots
//! - `corpus`: checks over the working material, where it lies beside the checkout
//! - `coverage`: the ladder against pairs checked by hand, and what follows from it
//! - `data`: names, codes and the carried world are sound, and as its README counts it
//! - `exports`: the network for other programs: small ones whole, the world by its counts
//! - `history`: nothing is over and stands at once, nothing of the past is told as current
//! - `import`: small inputs beside the claims and problems that they must give
//! - `laws`: what holds for any input: order, round trips, no panic
//! - `overlap`: measures and null models against published values, and laws of any table
//! - `pictures`: no label overlaps or is cut, hostile names are safe, the gallery is as it would be made
//! - `structure`: routes, centrality, blocs and balance against other programs, and what their questions answer
//! - `rules`: dependencies run downwards; the README shows what the program prints
//! - `truths`: facts checked by hand, each with its place in a document
#![allow(clippy::print_stdout, clippy::print_stderr)]

/// A test for each exchange: its snapshot stands beside the module.
macro_rules! exchanges {
    ($($name:ident: $arguments:literal;)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(crate::exchange($arguments));
        })*
    };
}

mod charts;
mod cli;
mod corpus;
mod coverage;
mod data;
mod exports;
mod history;
mod import;
mod laws;
mod overlap;
mod pictures;
mod rules;
mod structure;
mod truths;

use std::sync::OnceLock;

use legation::dataset::DataSet;
use legation::grammar::Grammar;
use legation::graph::Network;
use legation::names::Gazetteer;

/// The gazetteer, loaded once.
fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| legation::carried::gazetteer().expect("the tables load"))
}

/// The carried network, opened once.
fn network() -> &'static Network<'static> {
    static NETWORK: OnceLock<Network<'static>> = OnceLock::new();
    NETWORK.get_or_init(|| legation::carried::network(gazetteer()).expect("the data set"))
}

/// What the carried data set says of Azerbaijan, as a data set of its own: small enough to be shuffled.
fn azerbaijan() -> &'static DataSet {
    static DATA: OnceLock<DataSet> = OnceLock::new();
    DATA.get_or_init(|| {
        let facts = &network().facts;
        let claims = facts.claims().expect("the compact form");
        let own = |claim: &legation::model::Claim| {
            let (one, other) = claim.statement.parties();
            one == "azerbaijan" || other == "azerbaijan"
        };
        DataSet::new(facts.sources().to_vec(), claims.into_iter().filter(own).collect(), gazetteer())
    })
}

/// The grammar, loaded once.
fn grammar() -> &'static Grammar<'static> {
    static GRAMMAR: OnceLock<Grammar<'static>> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::load(gazetteer()))
}

/// Exit code, output and messages as one text.
fn exchange(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let (code, out, messages) = run(&words);
    format!("$ legation {arguments}\n{out}{messages}[exit {code}]\n")
}

/// Runs the program and returns exit code, output and messages.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_legation"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}
