//! Answers of `legation clusters` about partitions: blocs, how sure they are, what describes them, and who moved.

use std::collections::BTreeMap;

use super::clusters::Arguments;
use super::graphs::{Graphs, Named, WITHOUT_DIRECTIONS};
use super::groupings::{Grouping, MEASURED, groupings};
use super::tables::counted;
use crate::analysis::{Belonging, Describing};
use crate::export::{Answer, Cell, Label};
use crate::graph::View;
use crate::names::Gazetteer;
use crate::structure::Plain;
use crate::structure::communities::{
    Agreement, Dendrogram, Ensemble, Method, Partition, Quality, flows, plateaus, scan,
};

/// What has ties: nodes without any are in no bloc.
pub(super) struct Ties<'n> {
    pub graph: Plain,
    /// Their nodes among all.
    pub nodes: Vec<usize>,
    pub named: &'n Named<'n>,
}

#[allow(clippy::cast_precision_loss)]
impl<'n> Ties<'n> {
    pub(super) fn of(named: &'n Named<'n>) -> anyhow::Result<Ties<'n>> {
        anyhow::ensure!(
            named.graph.edges().all(|edge| edge.2 >= 0.0),
            "blocs of friendly and hostile ties are sought by legation balance"
        );
        let plain = named.graph.undirected();
        let nodes: Vec<usize> = (0..plain.nodes()).filter(|node| !plain.row(*node).is_empty()).collect();
        Ok(Ties { graph: plain.among(&nodes), nodes, named })
    }

    /// Mean weight of a pair, 0 where there is no tie.
    pub(super) fn mean_weight(&self) -> f64 {
        let nodes = self.graph.nodes() as f64;
        self.graph.total() / (nodes * (nodes - 1.0) / 2.0).max(1.0)
    }

    pub(super) fn slugs(&self) -> Vec<String> {
        self.nodes.iter().map(|node| self.named.names[*node].clone()).collect()
    }

    fn all(&self, members: &[usize]) -> Vec<usize> {
        members.iter().map(|member| self.nodes[*member]).collect()
    }

    /// Who has no tie, in words.
    pub(super) fn alone(&self) -> Option<String> {
        let rest: Vec<usize> =
            (0..self.named.names.len()).filter(|node| self.nodes.binary_search(node).is_err()).collect();
        (!rest.is_empty()).then(|| format!("without any such tie, and in no bloc: {}", self.named.list(&rest)))
    }
}

/// A partition and how sure it is.
pub(super) struct Blocs {
    pub partition: Partition,
    /// Of every node; `None` where there is but one run.
    stability: Option<Vec<f64>>,
    /// How it was sought, in words.
    pub said: Vec<String>,
}

pub(super) fn sought(ties: &Ties<'_>, arguments: &Arguments) -> anyhow::Result<Blocs> {
    let method = arguments.method_on(ties)?;
    if let Some(groups) = arguments.groups {
        return cut(ties, method.quality(), groups);
    }
    let (seed, many) = (arguments.first_seed(), arguments.many_runs());
    let bar = counted(many as u64, "runs");
    let ensemble = Ensemble::of(&ties.graph, method, seed, many, &|| bar.inc(1));
    bar.finish_and_clear();
    let partition = if arguments.best { ensemble.best().1.clone() } else { ensemble.consensus(&ties.graph) };
    let quality = method.quality();
    let reached = quality.of(&ties.graph, &partition.labels);
    let name = match method {
        Method::Leiden(quality) => format!("Leiden on {}, resolution {}", quality.name(), short(quality.resolution())),
        Method::Louvain(quality) => {
            format!("Louvain on {}, resolution {}", quality.name(), short(quality.resolution()))
        }
        Method::Labels => "label propagation".to_owned(),
        Method::Hierarchy(quality) => {
            let resolution = short(quality.resolution());
            format!("average linkage of the weights, cut where modularity, resolution {resolution}, is greatest")
        }
    };
    let mut said = Vec::new();
    let runs = ensemble.runs.len();
    if runs == 1 {
        let seed = if method.is_drawn() { format!(", the one seed {seed}") } else { String::new() };
        said.push(format!("{name}{seed}: {} {reached:.6}", quality.name()));
        if method.is_drawn() {
            said.push("one seed does not tell how sure this is: --runs 32".to_owned());
        }
    } else {
        let kind = if arguments.best { "best run" } else { "consensus" };
        let last = seed.wrapping_add(runs as u64 - 1);
        said.push(format!(
            "{name}, seeds {seed} to {last}: {} of the {kind} {reached:.6}; best run {:.6}, reached by {} of {runs}",
            quality.name(),
            ensemble.best().0,
            ensemble.reaching_best(),
        ));
        let agreement = ensemble.agreement();
        said.push(match ensemble.distinct() {
            1 => "every run finds the same partition".to_owned(),
            many => format!("{many} different partitions; mean NMI of two runs {agreement:.4}"),
        });
        if agreement < 0.8 {
            said.push("the runs differ much: take no single state's place as settled".to_owned());
        }
    }
    let stability = (runs > 1).then(|| ensemble.stability(&partition));
    Ok(Blocs { partition, stability, said })
}

/// The hierarchy cut into so many groups, whether or not ties join what is in one.
fn cut(ties: &Ties<'_>, quality: Quality, groups: usize) -> anyhow::Result<Blocs> {
    let nodes = ties.graph.nodes();
    anyhow::ensure!((1..=nodes).contains(&groups), "--groups {groups}: {nodes} have ties, so say 1 to {nodes}");
    let partition = Dendrogram::of(&ties.graph).cut(groups);
    let reached = quality.of(&ties.graph, &partition.labels);
    let said =
        format!("average linkage of the weights, cut into {groups}, joined or not: {} {reached:.6}", quality.name());
    Ok(Blocs { partition, stability: None, said: vec![said] })
}

/// A number as short as it is.
fn short(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Blocs with their stability and what describes them.
pub(super) fn found(graphs: &Graphs<'_>, arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Answer> {
    let named = graphs.named()?;
    let ties = Ties::of(&named)?;
    let columns: &[&str] = if arguments.each {
        &["cluster", "state", "stability"]
    } else {
        &["cluster", "size", "stability", "described_by", "members", "unsettled"]
    };
    let mut answer = Answer::new(arguments.question(&named, ""), named.lens.clone(), columns);
    answer.notes.push(named.caption.clone());
    if ties.graph.nodes() == 0 {
        answer.notes.extend(ties.alone());
        return Ok(answer);
    }
    let blocs = sought(&ties, arguments)?;
    let belonging = graphs.view().map(|view| Belonging::of(&view, &ties.slugs()));
    let described: Vec<Vec<Label>> = match &belonging {
        None => vec![Vec::new(); blocs.partition.count()],
        Some(belonging) => {
            let label = |row: &Describing| Label {
                slug: row.organisation.clone(),
                name: format!("{} ({:+.1})", abbreviated(&row.organisation, gazetteer), row.log_odds),
            };
            let lists = belonging.describing(&blocs.partition, 3).into_iter();
            lists.map(|list| list.iter().map(label).collect()).collect()
        }
    };
    let sure =
        |member: &usize| blocs.stability.as_ref().map_or(Cell::Empty, |stability| Cell::Number(stability[*member]));
    for (label, members) in blocs.partition.members().iter().enumerate() {
        let number = Cell::Integer(i64::try_from(label + 1)?);
        if arguments.each {
            for member in members {
                answer.row(vec![number.clone(), named.cell(ties.nodes[*member]), sure(member)], &[]);
            }
            continue;
        }
        #[allow(clippy::cast_precision_loss)]
        let mean = blocs.stability.as_ref().map_or(Cell::Empty, |stability| {
            Cell::Number(members.iter().map(|member| stability[*member]).sum::<f64>() / members.len() as f64)
        });
        let unsettled: Vec<usize> = members
            .iter()
            .copied()
            .filter(|member| blocs.stability.as_ref().is_some_and(|stability| stability[*member] < 0.5))
            .collect();
        let cells = vec![
            number,
            Cell::Integer(i64::try_from(members.len())?),
            mean,
            Cell::List(described[label].clone()),
            Cell::List(named.labels(&ties.all(members))),
            if unsettled.is_empty() { Cell::Empty } else { Cell::List(named.labels(&ties.all(&unsettled))) },
        ];
        answer.row(cells, &[]);
    }
    answer.notes.extend(blocs.said);
    if blocs.stability.is_some() {
        answer.notes.push(
            "stability: share of runs in which a member is with the others of its cluster; unsettled: those below one half"
                .to_owned(),
        );
    }
    if belonging.is_some() && !arguments.each {
        answer.notes.push(
            "described by: organisations to which half of the cluster belongs, the surest first, with log-odds against the others"
                .to_owned(),
        );
    }
    let groupings = groupings(&ties, &blocs.partition, belonging.as_ref(), arguments, gazetteer)?;
    if !groupings.is_empty() {
        answer.notes.push(MEASURED.to_owned());
    }
    // The regions, the organisations that agree best, and the grouping of the file.
    for grouping in groupings.iter().filter(|grouping| grouping.rank <= 3) {
        answer.notes.push(grouping.told());
    }
    if named.graph.is_directed() {
        answer.notes.push(WITHOUT_DIRECTIONS.to_owned());
    }
    answer.notes.extend(ties.alone());
    Ok(answer)
}

pub(super) fn abbreviated(slug: &str, gazetteer: &Gazetteer) -> String {
    match gazetteer.organisation(slug) {
        Some(known) if !known.abbreviation.is_empty() => known.abbreviation.clone(),
        _ => gazetteer.display(slug).to_owned(),
    }
}

/// The first organisations that set each bloc apart, as short as they are known.
pub(super) fn described(view: &View<'_>, ties: &Ties<'_>, blocs: &Blocs, gazetteer: &Gazetteer) -> Vec<String> {
    let lists = Belonging::of(view, &ties.slugs()).describing(&blocs.partition, 3);
    let words =
        |list: Vec<Describing>| list.iter().map(|row| abbreviated(&row.organisation, gazetteer)).collect::<Vec<_>>();
    lists.into_iter().map(|list| words(list).join(", ")).collect()
}

/// Blocs at every resolution of a list.
pub(super) fn scanned(graphs: &Graphs<'_>, arguments: &Arguments) -> anyhow::Result<Answer> {
    let named = graphs.named()?;
    let ties = Ties::of(&named)?;
    let columns = ["resolution", "clusters", "largest", "quality", "agreement", "change", "plateau"];
    let mut answer = Answer::new(arguments.question(&named, " --scan"), named.lens.clone(), &columns);
    answer.notes.push(named.caption.clone());
    if ties.graph.nodes() == 0 {
        return Ok(answer);
    }
    let resolutions = arguments.resolutions(&ties)?;
    let method = arguments.method_on(&ties)?;
    let bar = counted((resolutions.len() * arguments.many_runs()) as u64, "runs");
    let steps = scan(&ties.graph, method, &resolutions, arguments.first_seed(), arguments.many_runs(), &|| bar.inc(1));
    bar.finish_and_clear();
    let found = plateaus(&steps);
    for step in &steps {
        let on = found.iter().position(|plateau| (plateau.from..=plateau.to).contains(&step.resolution));
        let cells = vec![
            Cell::Measure(step.resolution),
            Cell::Integer(i64::try_from(step.partition.sizes.iter().filter(|size| **size > 1).count())?),
            Cell::Integer(i64::try_from(step.partition.sizes.first().copied().unwrap_or(0))?),
            Cell::Measure(step.quality),
            Cell::Number(step.agreement),
            step.change.map_or(Cell::Empty, Cell::Number),
            on.map_or(Cell::Empty, |at| Cell::Integer(i64::try_from(at + 1).unwrap_or(0))),
        ];
        answer.row(cells, &[]);
    }
    answer.notes.push(format!(
        "{}, {} seeds from {}: consensus of the runs at each resolution; clusters of two and more; agreement: mean NMI of two runs",
        method.quality().name(),
        arguments.many_runs(),
        arguments.first_seed()
    ));
    answer.notes.push(
        "change: variation of information from the line before, as a share of ln n; up to 0.02 it is a plateau"
            .to_owned(),
    );
    for (at, plateau) in found.iter().enumerate().take(3) {
        let count = steps[plateau.middle].partition.sizes.iter().filter(|size| **size > 1).count();
        let (from, to) = (short(plateau.from), short(plateau.to));
        answer.notes.push(format!("plateau {}: {count} clusters from {from} to {to}", at + 1));
    }
    if found.is_empty() {
        answer.notes.push("no plateau: blocs change with every resolution".to_owned());
    }
    answer.notes.extend(ties.alone());
    Ok(answer)
}

/// Who went from which bloc to which between two dates.
pub(super) fn moved(graphs: &Graphs<'_>, arguments: &Arguments, date: &str) -> anyhow::Result<Answer> {
    let (before, after) = (graphs.since(date)?, graphs.named()?);
    let columns = ["then", "now", "states", "members"];
    let lens = format!("{} against {}", before.lens, after.lens);
    let mut answer = Answer::new(arguments.question(&after, &format!(" --since {date}")), lens, &columns);
    answer.notes.push(after.caption.clone());
    let mut labels: Vec<BTreeMap<String, usize>> = Vec::new();
    for (word, named) in [("then", &before), ("now", &after)] {
        let ties = Ties::of(named)?;
        if ties.graph.nodes() == 0 {
            answer.notes.push(format!("{word}: no ties"));
            labels.push(BTreeMap::new());
            continue;
        }
        let blocs = sought(&ties, arguments)?;
        answer.notes.extend(blocs.said.iter().map(|said| format!("{word}: {said}")));
        for (label, members) in blocs.partition.members().iter().enumerate().filter(|(_, members)| members.len() > 1) {
            let first: Vec<usize> = ties.all(members).into_iter().take(4).collect();
            let more = if members.len() > 4 { format!(" and {} more", members.len() - 4) } else { String::new() };
            answer.notes.push(format!("{word} {}: {}{more}", label + 1, named.list(&first)));
        }
        labels.push(ties.slugs().into_iter().zip(blocs.partition.labels).collect());
    }
    let cell = |place: Option<usize>| place.map_or(Cell::Empty, |at| Cell::Integer(i64::try_from(at + 1).unwrap_or(0)));
    for flow in flows(&labels[0], &labels[1]) {
        let label = |slug: &String| Label { slug: slug.clone(), name: after.label(slug) };
        let members = Cell::List(flow.members.iter().map(label).collect());
        let count = i64::try_from(flow.members.len())?;
        answer.row(vec![cell(flow.from), cell(flow.to), Cell::Integer(count), members], &[]);
    }
    answer.notes.extend(graphs.undated());
    let common: Vec<&String> = labels[0].keys().filter(|name| labels[1].contains_key(*name)).collect();
    let of = |at: usize| common.iter().map(|name| labels[at][*name]).collect::<Vec<_>>();
    if !common.is_empty() {
        let grouping = Grouping {
            name: Label { slug: String::new(), name: "the blocs then".to_owned() },
            rank: 1,
            agreement: Agreement::of(&of(0), &of(1)),
            over: common.len(),
            rest: "; of the states with ties on both dates".to_owned(),
        };
        answer.notes.push(grouping.told());
    }
    Ok(answer)
}
