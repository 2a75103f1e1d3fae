//! Checks the formats of strings.

/// Returns `true` for a `date-time`: a date and a time of RFC 3339.
pub fn date_time(text: &str) -> bool {
    let Some((day, rest)) = text.split_at_checked(10) else { return false };
    let mut characters = rest.chars();
    let separated = characters.next().is_some_and(|character| matches!(character, 'T' | 't' | ' '));
    separated && date(day) && time(characters.as_str())
}

/// Returns `true` for a `date`: a full date of RFC 3339.
pub fn date(text: &str) -> bool {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Returns `true` for a time with an offset.
fn time(text: &str) -> bool {
    let Some(zone) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, offset) = text.split_at(zone);
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, fraction)| (whole, Some(fraction)));
    let [hour, minute, second] = whole.split(':').collect::<Vec<_>>()[..] else { return false };
    let fits = |text, most| digits(text, 2).is_some_and(|number| number <= most);
    let offset_fits = matches!(offset, "Z" | "z")
        || offset
            .strip_prefix(['+', '-'])
            .and_then(|offset| offset.split_once(':'))
            .is_some_and(|(hours, minutes)| fits(hours, 23) && fits(minutes, 59));
    // Second 60 is a leap second.
    fits(hour, 23)
        && fits(minute, 59)
        && fits(second, 60)
        && offset_fits
        && fraction.is_none_or(|fraction| !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit()))
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Returns `true` for a `uuid` of RFC 9562, in upper or lower case.
pub fn uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

/// Returns `true` for a `uri` of RFC 3986. It only checks the scheme and the characters.
pub fn uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme_fits = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    scheme_fits && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

/// Returns `true` for a `byte`: Base64 of RFC 4648, with padding.
pub fn byte(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}
