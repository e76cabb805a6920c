//! `legation who`: what a name or code means.

use clap::Args;

use super::answers::{date, ended};
use super::shared::{Form, Outcome, show};
use crate::export::{Answer, Cell};
use crate::model::{Span, edtf_day};
use crate::names::{Gazetteer, NameError, Named};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name or code, in any case
    #[arg(required = true, num_args = 1..)]
    name: Vec<String>,
    /// Date on which the name is used
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

pub(super) fn run(arguments: &Arguments, gazetteer: &Gazetteer) -> anyhow::Result<Outcome> {
    let name = arguments.name.join(" ");
    let on = arguments.as_of.as_deref().map(edtf_day).transpose()?;
    let found = match gazetteer.resolve(&name, on) {
        Err(NameError::Unknown { name, hints }) => match gazetteer.cities_named(&name).as_slice() {
            [] => return Err(NameError::Unknown { name, hints }.into()),
            cities => return cities_answer(arguments, &name, cities, gazetteer),
        },
        other => other?,
    };
    let lens = on.map_or_else(|| "any date".to_owned(), |day| format!("as of {day}"));
    let mut answer = Answer::new(format!("who {name}"), lens, &["slug", "what", "value", "detail", "from", "until"]);
    let slug = found.slug().to_owned();
    let mut add = |what: &str, value: &str, detail: &str, span: Span| {
        if !value.is_empty() {
            answer.row(
                vec![
                    Cell::from(slug.as_str()),
                    what.into(),
                    value.into(),
                    detail.into(),
                    date(span.began),
                    ended(span),
                ],
                &[],
            );
        }
    };
    match found {
        Named::Entity(entity) => {
            add("name", &entity.name, entity.kind.name(), entity.span);
            let capital = entity.capital.as_deref().and_then(|capital| gazetteer.city(capital));
            add("capital", capital.map_or("", |city| &city.name), "", Span::default());
            add("parent", entity.parent.as_deref().unwrap_or(""), "", Span::default());
            for code in gazetteer.codes(&entity.slug) {
                add("code", &code.code, &code.system, code.span);
            }
            for name in gazetteer.names(&entity.slug).iter().filter(|name| name.language == "en") {
                add("also", &name.name, &name.used_as, name.span);
            }
            for roster in gazetteer.roster_names() {
                for (at, span) in gazetteer.roster(roster).unwrap_or_default() {
                    if gazetteer.entity_at(*at).slug == entity.slug {
                        add("roster", roster, "", *span);
                    }
                }
            }
            for row in gazetteer.successions(&entity.slug) {
                let (what, other) = if row.former == entity.slug {
                    ("succeeded by", &row.successor)
                } else {
                    ("successor of", &row.former)
                };
                add(what, other, &row.mode, Span::since(row.date));
            }
        }
        Named::Organisation(organisation) => {
            add("name", &organisation.name, &organisation.kind, organisation.span);
            add("abbreviation", &organisation.abbreviation, "", Span::default());
            add("scope", &organisation.scope, "", Span::default());
            let seat = organisation.seat.as_deref().unwrap_or_default();
            let seat = gazetteer.city(seat).map_or(seat, |city| &city.name);
            let host = organisation.host.as_deref().map_or("", |host| gazetteer.display(host));
            add("seat", seat, host, Span::default());
            add("code", &organisation.cow, "cow", Span::default());
        }
        Named::City(_) => {}
    }
    show(&answer, arguments.format, false)
}

fn cities_answer(
    arguments: &Arguments,
    name: &str,
    cities: &[&crate::model::City],
    gazetteer: &Gazetteer,
) -> anyhow::Result<Outcome> {
    let columns = ["slug", "city", "country", "latitude", "longitude"];
    let mut answer = Answer::new(format!("who {name}"), "any date".to_owned(), &columns);
    for city in cities {
        let degrees = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        answer.row(
            vec![
                city.slug.as_str().into(),
                city.name.as_str().into(),
                gazetteer.display(&city.entity).into(),
                degrees(city.latitude),
                degrees(city.longitude),
            ],
            &[],
        );
    }
    show(&answer, arguments.format, false)
}
