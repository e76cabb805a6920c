//! The world's diplomatic network on one machine: who is represented where, by whom, since when, and which
//! document says so.
//!
//! # The pipeline
//!
//! Documents make **claims** ([`import`], with the sentence forms of [`grammar`] and the names of
//! [`names`]). Claims about one tie are reconciled into a **fact** that keeps every reading ([`dataset`]).
//! Facts are the edges of a petgraph multigraph ([`graph`]). A **lens** picks date, roster and ties and gives
//! a view; [`analysis`] asks it questions, [`render`] draws it, [`export`] writes answers, [`cli`] is the
//! program.
//!
//! | Folder | What it holds |
//! |---|---|
//! | [`model`] | the words: entity, mission, date, claim, fact, source, problem |
//! | [`affiliation`] | members and organisations as bits: measures, null models, nearest neighbours; knows no states |
//! | [`structure`] | plain weighted graphs: routes, centrality, communities, balance; knows no states |
//! | [`names`] | tables of names and codes, and what a written name means |
//! | [`grammar`] | sentence forms over typed mentions: text to statements |
//! | [`import`] | one format each: wikitext, flattened articles, essays, claims |
//! | [`dataset`] | claims reconciled into facts; the file, its checks |
//! | [`graph`] | the network, lenses, views |
//! | [`analysis`] | one question a file; projections of a view to plain graphs |
//! | [`coverage`] | who covers whom: the ladder, hubs, gaps, what if |
//! | [`render`] | pictures: diagrams, maps and charts as one scene, and its endings: SVG, PNG, PDF, HTML, DOT |
//! | [`export`] | answers as JSON, CSV, Markdown; the network for other programs, a file a format |
//! | [`carried`] | the names and the world that are compiled in |
//! | [`cli`] | one subcommand a file |
//!
//! Dependencies run downwards in this order: `cli`, `carried`, `render`, `export`, `coverage`, `analysis`, `graph`, `dataset`,
//! `import`, `grammar`, `names`, `affiliation`, `structure`, `model`. The library never prints, exits or looks for files by itself.
//!
//! # A worked example
//!
//! A sentence of an article becomes a claim, the claim a fact, and the fact answers who covers Azerbaijan
//! for Canada:
//!
//! ```
//! use legation::coverage::{Coverage, Rung};
//! use legation::dataset::DataSet;
//! use legation::grammar::Grammar;
//! use legation::graph::{Lens, Network};
//! use legation::import::extract;
//!
//! let gazetteer = legation::carried::gazetteer()?;
//! let grammar = Grammar::load(&gazetteer);
//! let article = b"== Bilateral relations ==\n\
//!     {| class=\"wikitable\"\n! Country !! Formal relations began !! Notes\n|-\n\
//!     | {{flag|Canada}} || {{dts|10 July 1992}} ||\n\
//!     * Canada is accredited to Azerbaijan from its embassy in [[Ankara]], Turkey.\n|}\n";
//! let read = extract(&grammar, "Foreign relations of Azerbaijan.wiki", article, None);
//! let data = DataSet::new(vec![read.source], read.claims, &gazetteer);
//!
//! let network = Network::new(data, &gazetteer);
//! let view = network.view(Lens::default());
//! let coverage = Coverage::new(&view);
//! let ladder = coverage.ladder("canada", "azerbaijan")?;
//! let step = ladder.best();
//! assert_eq!((step.rung, step.rung.id()), (Rung::NonResident, "R5"));
//! assert_eq!(step.seat.as_ref().and_then(|seat| seat.city.as_deref()), Some("Ankara"));
//! assert_eq!(step.origins()[0].line, 6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod affiliation;
pub mod analysis;
pub mod carried;
pub mod cli;
pub mod coverage;
pub mod dataset;
mod delimited;
pub mod export;
pub mod grammar;
pub mod graph;
pub mod import;
pub mod model;
pub mod names;
mod random;
pub mod render;
pub mod structure;
