//! `legation backbone`: pairs that share more than chance would have them share.

use clap::Args;

use super::affiliations::Comparison;
use super::shared::Outcome;
use crate::affiliation::{Fitted, Null, adjusted, pairs, shared, significant};
use crate::export::{Answer, Cell};
use crate::names::Gazetteer;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    comparison: Comparison,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let Comparison { portfolios, nulls, ask } = &arguments.comparison;
    let loaded = portfolios.load(ask, &[], gazetteer)?;
    let (fitted, said) = loaded.fitted(nulls)?;
    let upper = fitted.all_upper();
    let corrected = adjusted(&upper, nulls.correction);
    let columns = ["one", "other", "shared", "expected", "p", "p_adjusted"];
    let question =
        format!("backbone --null {} --correction {} --alpha {}", nulls.null, nulls.correction.name(), nulls.alpha);
    let mut answer = Answer::new(question, loaded.lens.clone(), &columns);
    let cells = loaded.table.cells();
    for (((one, other), p), corrected) in pairs(loaded.table.members.len()).zip(&upper).zip(&corrected) {
        if *corrected > nulls.alpha {
            continue;
        }
        answer.row(
            vec![
                loaded.cell(one),
                loaded.cell(other),
                Cell::Integer(i64::from(shared(cells.row(one), cells.row(other)))),
                Cell::Number(fitted.expected(one, other)),
                Cell::Probability(*p),
                Cell::Probability(*corrected),
            ],
            &[],
        );
    }
    let share = |found: usize| format!("{found} of {} pairs", upper.len());
    answer.notes.extend(Some(loaded.caption.clone()).filter(|caption| !caption.is_empty()));
    answer.notes.push(format!(
        "{} share more than by chance (one-tailed, correction {}, level {})",
        share(answer.rows.len()),
        nulls.correction.name(),
        nulls.alpha
    ));
    answer.notes.push(said);
    answer.notes.extend(nulls.floor(upper.len()));
    if let Some(misled) = loaded.misled(nulls) {
        let closed = loaded.closed(nulls)?;
        let sdsm = Fitted::new(cells, closed, Null::Sdsm)?.all_upper();
        let found = share(significant(&sdsm, nulls.correction, nulls.alpha));
        answer.notes.push(format!("{misled}; it finds {found}"));
    }
    let outcome = ask.print(&answer)?;
    Ok(if loaded.sound { outcome } else { Outcome::Nothing })
}
