//! Memberships: who belongs to which organisation, as what.

use super::items::What;
use super::lexicon::Class;
use super::offices::{composed, persons};
use super::{Found, Reading, Sentence};
use crate::model::{Bound, Polarity, Span, Statement};
use crate::names::EntityAt;

/// A word that says how somebody belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Member,
    Observer,
    Candidate,
    Partner,
    /// Belonged to a state or body that is gone.
    Part,
    /// A noun phrase about the document's subject: "its chairmanship of the OTS".
    Noun,
}

pub(super) fn read(s: &Sentence<'_>, essay: bool, reading: &mut Reading) {
    // "A and B, members of X and Y, respectively": who belongs to which is not told by the form.
    if s.items.iter().any(|item| item.folded == "respectively") {
        return;
    }
    let mut at = 0;
    // Organisations and status of the clause before, for "Belarus is a candidate".
    let mut known = Listed::default();
    while at < s.items.len() {
        let Some((role, status, next)) = role(s, at) else {
            at += 1;
            continue;
        };
        let organisations = organisations(s, next);
        let (from, _) = bounds(s, at);
        let members = members(s, from, at);
        if role == Role::Noun {
            noun(s, at, &status, &organisations.slugs, reading);
            at = next.max(at + 1);
            continue;
        }
        let targets = match (organisations.slugs.is_empty(), role) {
            (true, Role::Candidate | Role::Observer | Role::Member)
                if !known.slugs.is_empty()
                    && !members.is_empty()
                    && s.is_any(at.wrapping_sub(1), &[Class::Det, Class::Adverb]) =>
            {
                known.clone()
            }
            _ => organisations,
        };
        state(s, at, from, role, &status, &members, &targets, reading);
        if !targets.slugs.is_empty() {
            known = Listed::of(targets.slugs, next);
        }
        at = next.max(at + 1);
    }
    composed(s, reading);
    // Names of persons are told from other capitals only in running text about one subject.
    if essay {
        persons(s, reading);
    }
}

/// A noun phrase in an essay about one state: "chairmanship of the CICA", "the Summit of the OTS and its
/// chairmanship", "the framework of the ECO and the D-8 … participation".
fn noun(s: &Sentence<'_>, at: usize, status: &str, organisations: &[String], reading: &mut Reading) {
    let Some(member) = s.context.article.filter(|_| s.context.as_of.is_some()) else { return };
    if status == "participant"
        && (organisations.len() < 2 || !s.items[at..].iter().any(|item| item.folded.starts_with("participa")))
    {
        return;
    }
    let mut targets = organisations.to_vec();
    if targets.is_empty() {
        targets.extend((0..at).rev().find_map(|i| s.organisation(i)));
    }
    if status != "participant" {
        targets.truncate(1);
    }
    for target in targets {
        let statement = Statement::Membership {
            member: s.slug(member).into(),
            organization: target.into(),
            status: status.to_owned().into(),
        };
        // The year of the document is when the status is seen, not when it began.
        s.state(reading, statement, Polarity::Asserted, Span::since(s.context.as_of.unwrap_or_default().by()));
    }
}

/// A role at `at`: what it is, the status as written, and the item after its preposition.
fn role(s: &Sentence<'_>, at: usize) -> Option<(Role, String, usize)> {
    let word = s.items[at].folded.as_str();
    let after = s.item(at + 1).map_or("", |item| item.folded.as_str());
    let before = at.checked_sub(1).map_or("", |i| s.items[i].folded.as_str());
    let preposition = |i: usize| {
        s.is_any(i, &[Class::Of, Class::In, Class::To, Class::For])
            || s.item(i).is_some_and(|item| item.folded == "into")
    };
    match word {
        "member" | "members" | "membership" => {
            if before == "observer" || before == "observers" {
                return preposition(at + 1).then(|| (Role::Observer, "observer".to_owned(), at + 2));
            }
            let mut i = at + 1;
            if matches!(after, "state" | "states" | "nation" | "nations" | "country" | "countries") {
                i += 1;
            }
            let quality =
                ["full", "founding", "associate", "permanent", "original", "charter", "founder", "active", "candidate"]
                    .into_iter()
                    .find(|quality| *quality == before);
            let status = quality.map_or_else(|| "member".to_owned(), |quality| format!("{quality} member"));
            let troika = before == "troika";
            // A seat for a term: told of with its years, or of no day.
            let term = before == "permanent" && (1..=2).any(|back| names_term(s, at, back));
            if term {
                return None;
            }
            let status = if troika { "troika member".to_owned() } else { status };
            if word == "membership" && !troika {
                return None;
            }
            let role = match (before, troika) {
                ("candidate", _) => Role::Candidate,
                (_, true) => Role::Noun,
                _ => Role::Member,
            };
            (preposition(i) || s.is_mark(i, ':')).then(|| (role, status, i + 1)).or_else(|| {
                (!preposition(i) && s.is_any(at.wrapping_sub(2), &[Class::Det])).then(|| (role, "member".to_owned(), i))
            })
        }
        "observer" | "observers" => {
            if matches!(after, "member" | "members" | "state" | "status") {
                return preposition(at + 2)
                    .then(|| (Role::Observer, "observer".to_owned(), at + 3))
                    .or_else(|| (after != "status").then(|| (Role::Observer, "observer".to_owned(), at + 2)));
            }
            preposition(at + 1).then(|| (Role::Observer, "observer".to_owned(), at + 2))
        }
        "candidate" | "candidates" => {
            let mut next = if preposition(at + 1) { at + 2 } else { at + 1 };
            // "a candidate for membership of B"
            if s.item(next).is_some_and(|item| matches!(item.folded.as_str(), "membership" | "accession"))
                && preposition(next + 1)
            {
                next += 2;
            }
            Some((Role::Candidate, "candidate".to_owned(), next))
        }
        "partner" | "partners" if after == "for" => {
            let of = (at + 2..s.items.len().min(at + 7)).find(|i| s.is_any(*i, &[Class::Of, Class::In]))?;
            Some((Role::Partner, "partner".to_owned(), of + 1))
        }
        "chairmanship" | "presidency" if preposition(at + 1) => Some((Role::Noun, "chair".to_owned(), at + 2)),
        "chairmanship" if before == "its" => Some((Role::Noun, "chair".to_owned(), at + 1)),
        "framework" if s.is(at + 1, Class::Of) => Some((Role::Noun, "participant".to_owned(), at + 2)),
        "part" | "parts" | "republics" | "republic" | "constituent" if s.is(at + 1, Class::Of) => {
            let former = word.starts_with("republic") && matches!(before, "former" | "constituent" | "union");
            let was = (at.saturating_sub(3)..at).any(|i| s.is(i, Class::Was));
            (former || was && word.starts_with("part")).then(|| (Role::Part, "former part".to_owned(), at + 2))
        }
        _ => None,
    }
}

/// Whether the word before "permanent member" makes it a seat for a term: "non-permanent".
fn names_term(s: &Sentence<'_>, at: usize, back: usize) -> bool {
    at.checked_sub(back + 1).is_some_and(|i| matches!(s.items[i].folded.as_str(), "non" | "not"))
}

/// Clause bounds for memberships: a comma followed by a new subject and verb begins a clause.
fn bounds(s: &Sentence<'_>, at: usize) -> (usize, usize) {
    let mut from = 0;
    for i in 0..at {
        let mark = s.is_mark(i, ';') || s.is_any(i, &[Class::While, Class::But]);
        let clause = (s.is_mark(i, ',') || s.is(i, Class::And))
            && s.noun(i + 1).is_some()
            && s.begins_clause(i + 1)
            && !(s.is(i, Class::And)
                && i > 0
                && s.noun(i - 1).is_some()
                && !s.items[from..i].iter().any(|item| item.is_any(&[Class::Be, Class::Was])));
        // "…, as B is a member of C", "after B was added as a candidate"
        let subordinate = (s.is_any(i, &[Class::As, Class::After, Class::That, Class::When, Class::Since])
            || matches!(s.items[i].folded.as_str(), "because" | "although" | "though" | "whereas"))
            && s.noun(i + 1).is_some()
            && s.item(i + 2).is_some_and(|next| next.what != What::Possessive)
            && s.begins_clause(i + 1);
        if mark || clause || subordinate {
            from = i + 1;
        }
    }
    (from, s.items.len())
}

fn members(s: &Sentence<'_>, from: usize, at: usize) -> Vec<EntityAt> {
    let mut found = Vec::new();
    for i in from..at {
        let item = &s.items[i];
        if item.is(Class::Both)
            && matches!(item.folded.as_str(), "both")
            && s.noun(i + 1).is_none()
            && i + 1 < at
            && !s.items[i + 1..at].iter().any(|item| item.is_any(&[Class::Be, Class::Was]))
        {
            continue;
        }
        if item.is(Class::Both) || item.folded == "they" {
            if let Some(parties) = s.parties()
                && found.is_empty()
            {
                return parties.to_vec();
            }
            continue;
        }
        if item.is(Class::It) && found.is_empty() {
            found.extend(s.last);
            continue;
        }
        if item.is_any(&[Class::Be, Class::Was]) && !found.is_empty() {
            break;
        }
        let Some(noun) = s.noun(i) else { continue };
        let governed = i > from && s.governed(i);
        let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
        // "India's DPR": what somebody has is another of that name.
        let owned = i > from + 1 && s.items[i - 1].what == What::Possessive && s.noun(i - 2).is_some();
        if !governed && !owner && !owned && !found.contains(&noun) {
            found.push(noun);
        }
    }
    found
}

/// Organisations of a list, each with the day that stands in brackets behind it.
#[derive(Clone, Default)]
struct Listed {
    slugs: Vec<String>,
    days: Vec<Option<Bound>>,
    /// The item after the last of them.
    end: usize,
}

impl Listed {
    fn of(slugs: Vec<String>, end: usize) -> Listed {
        Listed { days: vec![None; slugs.len()], slugs, end }
    }

    fn push(&mut self, slug: String, end: usize) {
        self.slugs.push(slug);
        self.days.push(None);
        self.end = end;
    }
}

/// The organisations listed from `at`: "the Council of Europe (1949), the OSCE and of NATO".
fn organisations(s: &Sentence<'_>, at: usize) -> Listed {
    let mut found = Listed::of(Vec::new(), at);
    let mut i = at;
    let mut gap = 0;
    while i < s.items.len() {
        match &s.items[i].what {
            What::Name(senses) if senses.organisations.is_empty() => {
                // "NATO's Partnership for Peace": an owner is no member of the list; a state ends it, unless
                // it is a bygone one.
                let Some(noun) = s.noun(i) else { break };
                let entity = s.grammar.gazetteer.entity_at(noun);
                let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
                if entity.kind == crate::model::EntityKind::FormerState || entity.slug == "european-union" {
                    found.push(entity.slug.to_string(), i + 1);
                } else if !owner {
                    break;
                }
                gap = 0;
            }
            What::Name(_) => {
                let owner = s.items.get(i + 1).is_some_and(|item| item.what == What::Possessive);
                // "EU-CARIFORUM" is neither of the two.
                let compound = s.is_mark(i + 1, '-') && s.items[i + 1].start == s.items[i].end;
                if compound || s.begins_clause(i) && !owner && !found.slugs.is_empty() {
                    break;
                }
                if !owner
                    && let Some(slug) = s.organisation(i)
                    && !found.slugs.contains(&slug)
                {
                    // "(OSCE)" after its full name resolves to the same slug and adds nothing.
                    found.push(slug, i + 1);
                }
                gap = 0;
            }
            What::Mark(',' | '(' | ')' | ';' | ':' | '"' | '/' | '-') | What::Possessive => {}
            What::Word(
                Class::And | Class::Det | Class::Of | Class::In | Class::Adverb | Class::As | Class::Both | Class::To,
            ) => {}
            What::Date(day) if !found.slugs.is_empty() && s.is_mark(i - 1, '(') => {
                if let Some(own) = found.days.last_mut() {
                    *own = Some(*day);
                }
            }
            What::Word(Class::Since) | What::Date(_) if !found.slugs.is_empty() => {}
            What::Proper if gap < 3 => gap += 1,
            What::Other
                if matches!(
                    s.items[i].folded.as_str(),
                    "well" | "such" | "following" | "organizations" | "organisations" | "international" | "including"
                ) => {}
            _ => break,
        }
        i += 1;
    }
    // "a member of the Security Council appointed team": of something else.
    if s.grammar.words.names_made(&s.items, found.end) {
        found.slugs.pop();
        found.days.pop();
    }
    found
}

/// Where the words end that can date what stands at `at`: at the next verb, or at what was before or until another day.
fn dated_within(s: &Sentence<'_>, at: usize) -> usize {
    let ends = |i: &usize| {
        s.is_any(*i, &[Class::Be, Class::Was, Class::Have, Class::Had, Class::Until, Class::While, Class::But])
            || matches!(s.items[*i].folded.as_str(), "being" | "having")
            || s.is(i - 1, Class::And) && s.grammar.words.begins_verb(&s.items, *i)
    };
    let mut depth = 0usize;
    for i in at.max(1)..s.items.len() {
        // "(of which it is a founding member) since 1945"
        match s.items[i].what {
            What::Mark('(') => depth += 1,
            What::Mark(')') => depth = depth.saturating_sub(1),
            _ if depth == 0 && ends(&i) => return i,
            _ => {}
        }
    }
    s.items.len()
}

/// Since when somebody belongs: a founding member since the organisation was founded, where the sentence has no day.
fn founded(s: &Sentence<'_>, member: EntityAt, status: &str, organisation: &str, span: Span) -> Span {
    let founder = ["founding", "founder", "original", "charter"].iter().any(|word| status.starts_with(word));
    let ended = s.grammar.gazetteer.entity_at(member).span.ended.and_then(|ended| ended.latest);
    match s.grammar.gazetteer.organisation(organisation).map(|body| body.span.began) {
        // A member that was gone by then founded what it was before.
        Some(began) if matches!((ended, began.earliest), (Some(ended), Some(began)) if ended < began) => span,
        Some(began) if founder && span == Span::default() => Span::since(began),
        // "a founding member of B (1949)": the year of the day.
        Some(began) if founder && began.known_year() == span.began.known_year() => Span { began, ..span },
        _ => span,
    }
}

/// Whether the noun phrase of the role at `at` is what somebody serves as: "took part as a member of".
fn serves_as(s: &Sentence<'_>, from: usize, at: usize) -> bool {
    let Some(role) = (from..at).rev().find(|i| s.is(*i, Class::As)) else { return false };
    let phrase = s.items[role + 1..at].iter();
    let whole = phrase.clone().all(|item| item.is_any(&[Class::Det, Class::Adjective]) || item.what == What::Other);
    // "entry as a member" is no verb; in "admitted A as a member" A is no subject.
    let before = role.checked_sub(1).map(|before| &s.items[before]);
    let other = before.is_some_and(|item| {
        item.name().is_some()
            || matches!(item.folded.as_str(), "entry" | "accession" | "admission" | "membership" | "bid")
    });
    whole && !other
}

#[allow(clippy::too_many_arguments)]
fn state(
    s: &Sentence<'_>,
    at: usize,
    from: usize,
    role: Role,
    status: &str,
    members: &[EntityAt],
    organisations: &Listed,
    reading: &mut Reading,
) {
    let clause = &s.items[from..at];
    let planned = clause.iter().any(|item| {
        item.is(Class::Plan)
            || matches!(
                item.folded.as_str(),
                "become" | "join" | "bid" | "seeks" | "seeking" | "support" | "supports" | "supported" | "applied"
            )
    });
    let verb = clause.iter().any(|item| {
        item.is_any(&[Class::Be, Class::Was])
            || matches!(item.folded.as_str(), "became" | "becoming" | "remains")
            || role == Role::Observer && item.is(Class::Have)
    }) || serves_as(s, from, at);
    if planned || !verb && role != Role::Part || role == Role::Part && !verb {
        return;
    }
    let denied = clause.iter().any(|item| item.is(Class::Not));
    let near = &s.items[at.saturating_sub(6).max(from)..at];
    let past = near.iter().any(|item| item.is(Class::Past)) || role == Role::Part;
    let within = dated_within(s, at);
    let dates = clause.iter().chain(&s.items[at..within]).filter_map(|item| match item.what {
        What::Date(bound) => Some(bound),
        _ => None,
    });
    let dates: Vec<Bound> = dates.collect();
    let mut span = Span::default();
    let before = clause.iter().any(|item| item.is(Class::Before));
    if role == Role::Part {
        let nearest =
            clause.iter().rev().find_map(|item| if let What::Date(bound) = item.what { Some(bound) } else { None });
        let several = clause.iter().filter(|item| matches!(item.what, What::Date(_))).count() > 1;
        let day = if before || several { nearest.or(dates.first().copied()) } else { None };
        span.ended = Some(day.unwrap_or(Bound::UNKNOWN));
    } else if past {
        span.ended = Some(Bound::UNKNOWN);
    }
    let since = s.items[at..within].windows(2).find_map(|pair| match pair[1].what {
        What::Date(bound) if pair[0].is(Class::Since) => Some(bound),
        _ => None,
    });
    if let Some(bound) = since.filter(|_| role != Role::Part) {
        span.began = bound;
    }
    if clause.iter().any(|item| item.folded == "became") && dates.len() == 1 {
        // "became the 76th member of B to recognise C": the day is that of recognising.
        let to = s.is(organisations.end, Class::To);
        span.began = if organisations.slugs.len() == 1 && !to { dates[0] } else { Bound::UNKNOWN };
    }
    let polarity = if denied { Polarity::Denied } else { Polarity::Asserted };
    for &member in members {
        for (organisation, day) in organisations.slugs.iter().zip(&organisations.days) {
            let day = day.filter(|_| role != Role::Part);
            let span = Span { began: day.unwrap_or(span.began), ..span };
            if s.slug(member) == organisation {
                continue;
            }
            let statement = Statement::Membership {
                member: s.slug(member).into(),
                organization: organisation.clone().into(),
                status: status.to_owned().into(),
            };
            let own = founded(s, member, status, organisation, span);
            let was = clause.iter().any(|item| item.is(Class::Was)) && !clause.iter().any(|item| item.is(Class::Be));
            if own != span && was && polarity == Polarity::Asserted {
                // "was a founding member" tells of that day, and not of today.
                let found = Found::new(statement, polarity, own);
                s.push(reading, Found { as_of: own.began, start: s.start, ..found });
                continue;
            }
            s.state(reading, statement, polarity, own);
        }
    }
    // "Before 1918, they were part of the Russian Empire and before 1991, they were part of the Soviet
    // Union" gives each its own clause through `bounds`.
}
