//! Instants as envelopes write them, always UTC.

use crate::time::Timestamp;

/// `2026-11-25T10:00:00Z`, the milliseconds cut off.
#[must_use]
pub fn seconds(at: Timestamp) -> String {
    format!("{}Z", Parts::of(at).to_the_second())
}

/// `2026-11-25T10:00:00.123Z` (RFC 3339).
pub(super) fn millis(at: Timestamp) -> String {
    let parts = Parts::of(at);
    format!("{}.{:03}Z", parts.to_the_second(), parts.ms)
}

/// Reads `2026-11-25T10:00:00Z`, also with a fraction of the second; none of anything else.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers = |text: &str, between: char| -> Option<[i64; 3]> {
        let parts = text.split(between).map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            part.parse().ok().filter(|_| digits && part.len() <= 4)
        });
        parts.collect::<Option<Vec<_>>>()?.try_into().ok()
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || fraction.len() > 9 {
        return None;
    }
    let ms: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let in_clock = hour < 24 && minute < 60 && second < 60;
    // Days since 1970, in eras of 400 years that begin with a March.
    let from_march = (month + 9) % 12;
    let year_of_march = year - i64::from(month < 3);
    let (era, of_era) = (year_of_march.div_euclid(400), year_of_march.rem_euclid(400));
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let at = Timestamp(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + ms);
    // What is no day of the calendar reads back as another.
    (in_clock && seconds(at).starts_with(date)).then_some(at)
}

/// As JavaScript prints a `Date` in UTC, which is what Serverlesspresso's buckets carry.
pub(super) fn javascript(at: Timestamp) -> String {
    let parts = Parts::of(at);
    let (weekday, month) = (WEEKDAYS[parts.weekday], MONTHS[parts.month]);
    let (year, day) = (parts.year, parts.day);
    let (hour, minute, second) = (parts.hour, parts.minute, parts.second);
    format!(
        "{weekday} {month} {day:02} {year:04} {hour:02}:{minute:02}:{second:02} \
         GMT+0000 (Coordinated Universal Time)"
    )
}

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date and a time of day.
struct Parts {
    year: i64,
    /// From 0.
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    ms: i64,
    /// From Thursday, the first day of 1970.
    weekday: usize,
}

impl Parts {
    fn of(at: Timestamp) -> Self {
        let days = at.local_day(0);
        let ms = at.0.rem_euclid(86_400_000);
        let (year, month, day) = date(days);
        Self {
            year,
            month,
            day,
            hour: ms / 3_600_000,
            minute: ms / 60_000 % 60,
            second: ms / 1_000 % 60,
            ms: ms % 1_000,
            weekday: usize::try_from(days.rem_euclid(7)).unwrap_or(0),
        }
    }
    fn to_the_second(&self) -> String {
        let (month, day) = (self.month + 1, self.day);
        let (hour, minute, second) = (self.hour, self.minute, self.second);
        let year = self.year;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// Year, month from 0 and day of the month, from the days since 1970 (the Gregorian calendar,
/// counted in eras of 400 years that begin with a March).
fn date(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12;
    let year = years + era * 400 + i64::from(month < 2);
    (year, usize::try_from(month).unwrap_or(0), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_back_and_what_is_none_does_not() {
        for ms in [0, 951_782_400_007, 1_800_000_000_123, 4_107_542_399_999] {
            assert_eq!(parse(&millis(Timestamp(ms))), Some(Timestamp(ms)));
        }
        let fraction = parse("2000-02-29T00:00:00.5Z");
        assert_eq!(fraction, Some(Timestamp(951_782_400_500)));
        for bad in [
            "",
            "2026-11-25",
            "2026-11-25T10:00:00",
            "2026-11-31T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-11-25T24:00:00Z",
            "2026-11-25T10:00:00.xZ",
            "2026-11-2５T10:00:00Z",
            "+026-11-25T10:00:00Z",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn instants_are_written_as_the_calendar_has_them() {
        assert_eq!(seconds(Timestamp(0)), "1970-01-01T00:00:00Z");
        assert_eq!(
            millis(Timestamp(951_782_400_007)),
            "2000-02-29T00:00:00.007Z"
        );
        assert_eq!(seconds(Timestamp(-1)), "1969-12-31T23:59:59Z");
        assert_eq!(
            seconds(Timestamp(4_107_542_399_999)),
            "2100-02-28T23:59:59Z"
        );
        assert_eq!(
            seconds(Timestamp(4_107_542_400_000)),
            "2100-03-01T00:00:00Z"
        );
        assert_eq!(
            javascript(Timestamp(1_634_651_100_000)),
            "Tue Oct 19 2021 13:45:00 GMT+0000 (Coordinated Universal Time)"
        );
    }
}
