//! The command line: one file a subcommand, shared flags, terminal tables, messages.
//!
//! Exit codes: 0 answered, 1 nothing found or something wrong with the input, 2 failed. Data goes to
//! standard output, all else to standard error.

mod affiliations;
mod alike;
mod all_pairs;
mod answers;
mod audit;
mod backbone;
mod balance;
mod blocs;
mod bridges;
mod check;
mod clusters;
mod columns;
mod count;
mod cover;
mod diff;
mod disputes;
mod dyad_years;
mod dyads;
mod export;
mod extract;
mod gaps;
mod graphs;
mod groupings;
mod history;
mod hubs;
mod import;
mod inputs;
mod intermediaries;
mod ladders;
mod member_years;
mod members;
mod messages;
mod missions;
mod nearest;
mod neighbours;
mod network_panels;
mod nulls;
mod overlap;
mod path;
mod pictures;
mod rank;
mod reach;
mod reachable;
mod relations;
mod schema;
mod shared;
mod similar;
mod sources;
mod tables;
mod timeline;
mod what_if;
mod who;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::names::Gazetteer;
use messages::report;
use shared::Outcome;

/// The world's diplomatic network on one machine.
///
/// Who is represented where, by whom, since when, and which document says so. Without --data, questions are
/// put to the data set that the program carries.
#[derive(Debug, Parser)]
#[command(name = "legation", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads documents and prints their claims as JSON Lines
    Extract(extract::Arguments),
    /// Reads documents or claims, reconciles them and writes one data set
    Import(import::Arguments),
    /// Validates a data set file
    Check(check::Arguments),
    /// Shows what a name or code means
    Who(who::Arguments),
    /// Who covers a state for whom: every rung of the ladder, with seat, legal basis and sources
    Cover(cover::Arguments),
    /// How a state covers every other one: resident, from which seat, or not
    Reach(reach::Arguments),
    /// Seats from which third states are covered, and who depends on them
    Hubs(hubs::Arguments),
    /// Where a state and its partners are not represented with each other
    Gaps(gaps::Arguments),
    /// Missions of a state by their distance from another one's capital
    Nearest(nearest::Arguments),
    /// Who loses cover if missions close or open
    WhatIf(what_if::Arguments),
    /// Missions that a state sends or hosts
    Missions(missions::Arguments),
    /// Diplomatic relations and recognitions
    Relations(relations::Arguments),
    /// Members of an organisation
    Members(members::Arguments),
    /// Organisations that states share: of some, of all pairs, of every year
    Overlap(Box<overlap::Arguments>),
    /// States whose memberships, missions or relations are most like a state's
    Similar(similar::Arguments),
    /// Pairs that share more than chance would have them share
    Backbone(backbone::Arguments),
    /// How two states are connected: the best ways that are distinct, each hop with its ties
    Path(path::Arguments),
    /// Who could carry messages between two states
    Intermediaries(intermediaries::Arguments),
    /// Who lies within so many hops of a state
    Reachable(reachable::Arguments),
    /// Ties, states and seats whose loss cuts others off or makes their ways longer
    Bridges(bridges::Arguments),
    /// Blocs of states that are tied among themselves, and how sure that is
    Clusters(Box<clusters::Arguments>),
    /// Whether friendly and hostile ties are in balance, and which camps they make
    Balance(balance::Arguments),
    /// Where states stand among all
    Rank(rank::Arguments),
    /// Who stands to all others as a state does
    Alike(alike::Arguments),
    /// Everything dated about a state or a dyad
    Timeline(timeline::Arguments),
    /// Measures of the whole network, year by year
    History(history::Arguments),
    /// Totals that documents claim, beside the graph's own count
    Count(count::Arguments),
    /// What the data rests on: editions, licences, how much each source contributes
    Sources(sources::Arguments),
    /// Readings that exclude each other
    Disputes(disputes::Arguments),
    /// What wants a second look: totals, one-sided, stale and impossible facts
    Audit(audit::Arguments),
    /// What changed from one day to another, or from one data set to another
    Diff(diff::Arguments),
    /// Diagrams: rings, fans, seats, dyads, groups, ways, blocs, what is shared, what changes
    Draw(pictures::draw::Arguments),
    /// Maps: who covers whom, relations, overlap, blocs, seats
    Map(pictures::map::Arguments),
    /// Makes every piece of the gallery with its index page, or tells which are stale
    Gallery(pictures::gallery::Arguments),
    /// Writes the network for other programs: GraphML, GEXF, Pajek, CSV, Cypher, GeoJSON, Parquet and others
    Export(export::Arguments),
    /// Draws all pairs of states as coloured cells: what they share, how they are represented, whether they have relations
    Matrix(Box<pictures::matrix::Arguments>),
    /// Draws charts: history, timelines, ranks, decades
    Plot(Box<pictures::plot::Arguments>),
    /// Prints a JSON Schema of what the program reads and writes
    Schema(schema::Arguments),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let matches = match Arguments::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    match run(&arguments.command) {
        Ok(Outcome::Answered) if messages::lost() => ExitCode::from(1),
        Ok(Outcome::Answered) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) => {
            report(&error);
            // A data set that is silent on somebody has answered.
            let silent = matches!(
                error.downcast_ref(),
                Some(
                    crate::graph::QueryError::Absent { .. }
                        | crate::graph::QueryError::NotInRoster { .. }
                        | crate::graph::QueryError::NotThen { .. }
                )
            );
            ExitCode::from(if silent { 1 } else { 2 })
        }
    }
}

fn run(command: &Command) -> anyhow::Result<Outcome> {
    // The program ends with its answer: taking the names apart would only cost time.
    let gazetteer = std::mem::ManuallyDrop::new(crate::carried::gazetteer()?);
    answer(command, &gazetteer)
}

/// Answers one command.
fn answer(command: &Command, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    match command {
        Command::Extract(arguments) => extract::run(arguments, gazetteer),
        Command::Import(arguments) => import::run(arguments, gazetteer),
        Command::Check(arguments) => check::run(arguments, gazetteer),
        Command::Who(arguments) => who::run(arguments, gazetteer),
        Command::Cover(arguments) => cover::run(arguments, gazetteer),
        Command::Reach(arguments) => reach::run(arguments, gazetteer),
        Command::Hubs(arguments) => hubs::run(arguments, gazetteer),
        Command::Gaps(arguments) => gaps::run(arguments, gazetteer),
        Command::Nearest(arguments) => nearest::run(arguments, gazetteer),
        Command::WhatIf(arguments) => what_if::run(arguments, gazetteer),
        Command::Missions(arguments) => missions::run(arguments, gazetteer),
        Command::Relations(arguments) => relations::run(arguments, gazetteer),
        Command::Members(arguments) => members::run(arguments, gazetteer),
        Command::Overlap(arguments) => overlap::run(arguments, gazetteer),
        Command::Similar(arguments) => similar::run(arguments, gazetteer),
        Command::Backbone(arguments) => backbone::run(arguments, gazetteer),
        Command::Path(arguments) => path::run(arguments, gazetteer),
        Command::Intermediaries(arguments) => intermediaries::run(arguments, gazetteer),
        Command::Reachable(arguments) => reachable::run(arguments, gazetteer),
        Command::Bridges(arguments) => bridges::run(arguments, gazetteer),
        Command::Clusters(arguments) => clusters::run(arguments, gazetteer),
        Command::Balance(arguments) => balance::run(arguments, gazetteer),
        Command::Rank(arguments) => rank::run(arguments, gazetteer),
        Command::Alike(arguments) => alike::run(arguments, gazetteer),
        Command::Timeline(arguments) => timeline::run(arguments, gazetteer),
        Command::History(arguments) => history::run(arguments, gazetteer),
        Command::Count(arguments) => count::run(arguments, gazetteer),
        Command::Sources(arguments) => sources::run(arguments, gazetteer),
        Command::Disputes(arguments) => disputes::run(arguments, gazetteer),
        Command::Audit(arguments) => audit::run(arguments, gazetteer),
        Command::Diff(arguments) => diff::run(arguments, gazetteer),
        Command::Draw(arguments) => pictures::draw::run(arguments, gazetteer),
        Command::Gallery(arguments) => pictures::gallery::run(arguments, gazetteer),
        Command::Map(arguments) => pictures::map::run(arguments, gazetteer),
        Command::Export(arguments) => export::run(arguments, gazetteer),
        Command::Matrix(arguments) => pictures::matrix::run(arguments, gazetteer),
        Command::Plot(arguments) => pictures::plot::run(arguments, gazetteer),
        Command::Schema(arguments) => schema::run(arguments),
    }
}
