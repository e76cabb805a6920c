//! Claims that cannot be: they are refused with a reason when they are read, whoever makes them.

use crate::model::{MissionClass, Statement};
use crate::names::Gazetteer;

/// Why a statement cannot be; `None` where it can.
pub(super) fn refusal(statement: &Statement, gazetteer: &Gazetteer) -> Option<String> {
    let name = |slug: &str| gazetteer.display(slug).to_owned();
    match statement {
        Statement::Mission { sending, receiving, host, city, kind, .. } => {
            if sending == receiving {
                return Some(format!("{} would have a mission to itself", name(sending)));
            }
            let to_organisation = gazetteer.organisation(receiving).is_some();
            let posted = !to_organisation && kind.class() != MissionClass::Permanent;
            let in_own_city = || {
                let cities = city.as_deref().map(|city| gazetteer.cities_named(city)).unwrap_or_default();
                !cities.is_empty() && cities.iter().all(|city| city.entity == *sending)
            };
            (posted && (host.as_ref() == Some(sending) || host.is_none() && in_own_city())).then(|| {
                format!("a mission of {} to {} would stand in {} itself", name(sending), name(receiving), name(sending))
            })
        }
        Statement::Accreditation { sending, receiving, host, .. } => {
            if sending == receiving {
                Some(format!("{} would cover itself", name(sending)))
            } else if host.as_ref() == Some(receiving) {
                Some(format!(
                    "{} would cover {} from {} itself, which is a mission there and no cover from elsewhere",
                    name(sending),
                    name(receiving),
                    name(receiving)
                ))
            } else {
                None
            }
        }
        Statement::Protection { power, sending, receiving, .. } => {
            (power == sending || power == receiving || sending == receiving)
                .then(|| format!("{} would protect interests in its own case", name(power)))
        }
        Statement::Relations { a, b } | Statement::Border { a, b, .. } => {
            (a == b).then(|| format!("{} would be both parties", name(a)))
        }
        Statement::Recognition { recognizer, recognized } => {
            (recognizer == recognized).then(|| format!("{} would recognise itself", name(recognizer)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MissionKind;

    #[test]
    fn what_cannot_be_is_refused_and_what_can_is_not() {
        let gazetteer = Gazetteer::from_tables(std::path::Path::new("data/names")).unwrap();
        let mission = |kind, from: &str, to: &str, city: &str| {
            refusal(&Statement::mission(kind, from, to, Some(city.to_owned())), &gazetteer).is_some()
        };
        assert!(mission(MissionKind::Embassy, "norway", "norway", "Oslo"));
        assert!(mission(MissionKind::Embassy, "norway", "sweden", "Oslo"));
        assert!(!mission(MissionKind::Embassy, "norway", "sweden", "Stockholm"));
        assert!(!mission(MissionKind::PermanentMission, "belgium", "european-union", "Brussels"));
        let cover = |from: &str, to: &str, host: &str| {
            let host = Some(host.to_owned());
            refusal(
                &Statement::Accreditation {
                    sending: from.into(),
                    receiving: to.into(),
                    city: None,
                    host: host.map(Into::into),
                },
                &gazetteer,
            )
            .is_some()
        };
        assert!(cover("norway", "norway", "sweden") && cover("norway", "fiji", "fiji"));
        assert!(!cover("norway", "fiji", "norway") && !cover("norway", "fiji", "australia"));
    }
}
