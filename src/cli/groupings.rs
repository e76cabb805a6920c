//! How far blocs agree with groupings that were known beforehand: regions, organisations, a user's own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use super::blocs::{Ties, abbreviated, sought};
use super::clusters::Arguments;
use super::graphs::Graphs;
use crate::analysis::{Belonging, regions};
use crate::export::{Answer, Cell, Label};
use crate::names::Gazetteer;
use crate::structure::communities::{Agreement, Partition};

/// What the measures of agreement are.
pub(super) const MEASURED: &str = "ARI: Hubert and Arabie's; NMI: by the mean of both entropies; VI: in nats";

/// A grouping that was known beforehand.
pub(super) struct Grouping {
    pub name: Label,
    /// Place among those of its kind, from 1; 1 of what is not ranked.
    pub rank: usize,
    pub agreement: Agreement,
    /// How many states it has in a group, and more if there is more to say.
    pub over: usize,
    pub rest: String,
}

impl Grouping {
    pub(super) fn told(&self) -> String {
        let Agreement { ari, nmi, vi } = self.agreement;
        let name = &self.name.name;
        format!("agreement with {name}, over {}: ARI {ari:.4}, NMI {nmi:.4}, VI {vi:.4}{}", self.over, self.rest)
    }
}

/// Agreement of a partition with regions and subregions, with membership of each organisation (in or out; ten members and
/// ten others at least), the best first, and with the grouping of a file if there is one.
pub(super) fn groupings(
    ties: &Ties<'_>,
    partition: &Partition,
    belonging: Option<&Belonging>,
    arguments: &Arguments,
    gazetteer: &Gazetteer,
) -> anyhow::Result<Vec<Grouping>> {
    let plain = |name: &str| Label { slug: name.to_owned(), name: name.to_owned() };
    let over = partition.labels.len();
    let mut found = Vec::new();
    if let Some(belonging) = belonging {
        for (name, labels) in regions(&ties.slugs()) {
            let agreement = Agreement::of(&labels, &partition.labels);
            found.push(Grouping { name: plain(name), rank: 1, agreement, over, rest: String::new() });
        }
        for (rank, (slug, agreement)) in (1..).zip(belonging.agreement(partition, 10)) {
            let name = format!("{}, in or out", abbreviated(&slug, gazetteer));
            found.push(Grouping { name: Label { slug, name }, rank, agreement, over, rest: String::new() });
        }
    }
    if let Some(path) = &arguments.compare {
        found.push(compared(path, ties, partition)?);
    }
    Ok(found)
}

/// A row a grouping that was known beforehand.
pub(super) fn agreed(graphs: &Graphs<'_>, arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Answer> {
    let named = graphs.named()?;
    let ties = Ties::of(&named)?;
    let columns = ["grouping", "states", "ari", "nmi", "vi"];
    let mut answer = Answer::new(arguments.question(&named, " --agreement"), named.lens.clone(), &columns);
    answer.notes.push(named.caption.clone());
    if ties.graph.nodes() > 0 {
        let blocs = sought(&ties, arguments)?;
        let belonging = graphs.view().map(|view| Belonging::of(&view, &ties.slugs()));
        for grouping in groupings(&ties, &blocs.partition, belonging.as_ref(), arguments, gazetteer)? {
            let Agreement { ari, nmi, vi } = grouping.agreement;
            let Label { slug, name } = grouping.name;
            let over = Cell::Integer(i64::try_from(grouping.over)?);
            let cells =
                vec![Cell::Entity { slug, name }, over, Cell::Measure(ari), Cell::Measure(nmi), Cell::Measure(vi)];
            answer.row(cells, &[]);
        }
        answer.notes.extend(blocs.said);
        answer.notes.push(MEASURED.to_owned());
    }
    answer.notes.extend(ties.alone());
    Ok(answer)
}

/// Agreement with the grouping of a file, over the nodes that it names. A header is none of the nodes.
fn compared(path: &Path, ties: &Ties<'_>, partition: &Partition) -> anyhow::Result<Grouping> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| shown.to_string())?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut groups: BTreeMap<usize, String> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (line, row) in (1..).zip(reader.records()) {
        let row = row.with_context(|| shown.to_string())?;
        let (Some(name), Some(group)) = (row.get(0), row.get(1)) else {
            anyhow::bail!("{shown}:{line}: a grouping has two columns, member and group");
        };
        let place = ties.named.node(name.trim()).ok().and_then(|node| ties.nodes.binary_search(&node).ok());
        match place {
            Some(member) => {
                let known = groups.insert(member, group.trim().to_owned());
                anyhow::ensure!(
                    known.is_none_or(|known| known == group.trim()),
                    "{shown}:{line}: \"{name}\" is in two groups"
                );
            }
            None if line > 1 => unknown.push(format!("\"{}\"", name.trim())),
            None => {}
        }
    }
    anyhow::ensure!(
        groups.len() > 1,
        "{shown}: it names fewer than two of those that have ties here, as {}",
        ties.named.shown(ties.nodes[0])
    );
    let theirs: Vec<&str> = groups.values().map(String::as_str).collect();
    let ours: Vec<usize> = groups.keys().map(|member| partition.labels[*member]).collect();
    let rest = match unknown.len() {
        0 => String::new(),
        many => format!("; {many} of its rows are of none that has ties, as {}", unknown[0]),
    };
    let name = Label { slug: shown.to_string(), name: shown.to_string() };
    Ok(Grouping { name, rank: 1, agreement: Agreement::of(&theirs, &ours), over: ours.len(), rest })
}
