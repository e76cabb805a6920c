//! Statements in words.

use crate::model::Statement;
use crate::names::Gazetteer;

/// What a statement says beside its parties, as in `embassy in Ankara`.
pub fn said(gazetteer: &Gazetteer, statement: &Statement) -> String {
    let display = |slug: &str| gazetteer.display(slug).to_owned();
    match statement {
        Statement::Mission { kind, city, .. } => {
            city.as_ref().map_or_else(|| kind.prose(), |city| format!("{} in {city}", kind.prose()))
        }
        Statement::Accreditation { sending, city, host, .. } => {
            let home = host.as_ref() == Some(sending);
            let mut words = vec!["accredited".to_owned()];
            if let Some(city) = city {
                words.push(format!("from {city}"));
            }
            match host {
                Some(_) if home => words.push("(ambassador at home)".to_owned()),
                Some(host) if city.is_some() => words.push(format!("({})", display(host))),
                Some(host) => words.push(format!("from {}", display(host))),
                None => {}
            }
            words.join(" ")
        }
        Statement::Protection { power, .. } => format!("by {}", display(power)),
        Statement::Border { metres, .. } => metres.map_or_else(
            || "border".to_owned(),
            #[allow(clippy::cast_precision_loss)]
            |metres| format!("{} km", metres as f64 / 1000.0),
        ),
        Statement::Capital { city, .. } => city.clone(),
        Statement::Membership { status, .. } => status.word().to_owned(),
        Statement::Count { value, .. } => value.to_string(),
        Statement::Tie { label, sign, .. } => match sign {
            0 => format!("{label} (0)"),
            sign => format!("{label} ({sign:+})"),
        },
        other => other.kind().name().to_owned(),
    }
}
