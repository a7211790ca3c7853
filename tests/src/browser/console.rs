//! What a page's console says, and which of it is the page's fault.

use serde_json::Value;

#[derive(Default)]
pub(super) struct Console {
    /// The server is away on purpose.
    pub(super) server_may_be_dead: bool,
}

impl Console {
    /// The lines that no journey should cause.
    pub(super) fn faults(&self, log: &Value) -> Vec<String> {
        let lines = log.as_array().cloned().unwrap_or_default();
        let bad = lines.iter().filter(|line| self.is_fault(line));
        bad.map(|line| {
            format!(
                "{} {}: {}",
                text(line, "level"),
                text(line, "source"),
                text(line, "message")
            )
        })
        .collect()
    }

    fn is_fault(&self, line: &Value) -> bool {
        let (source, message) = (text(line, "source"), text(line, "message"));
        // A browser notes every refused request as an error. A refusal by the server is an answer.
        let refused = source == "network"
            && message.contains("/v1/")
            && message.contains("responded with a status of 4");
        let dead = self.server_may_be_dead
            && (message.contains("net::ERR_") || message.contains("WebSocket connection to"));
        // Policies are broken at the level of a warning or of an error, by browser.
        let policy = message.contains("Content Security Policy");
        (text(line, "level") == "SEVERE" || policy) && !refused && !dead
    }
}

fn text<'a>(line: &'a Value, field: &str) -> &'a str {
    line[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(level: &str, source: &str, message: &str) -> Value {
        json!([{ "level": level, "source": source, "message": message }])
    }

    #[test]
    fn errors_and_broken_policies_are_faults_and_refusals_are_not() {
        let console = Console::default();
        let faults = |log: Value| console.faults(&log).len();
        assert_eq!(faults(line("SEVERE", "javascript", "panicked at")), 1);
        assert_eq!(
            faults(line("WARNING", "security", "Content Security Policy: no")),
            1
        );
        assert_eq!(faults(line("INFO", "console-api", "hello")), 0);
        let status = |path: &str, status: u16| {
            let text =
                format!("http://a{path} - the server responded with a status of {status} ()");
            line("SEVERE", "network", &text)
        };
        assert_eq!(faults(status("/v1/shops/demo/scans", 409)), 0);
        assert_eq!(faults(status("/v1/shops/demo/scans", 500)), 1);
        assert_eq!(faults(status("/assets/gone.css", 404)), 1);
    }

    #[test]
    fn a_dead_server_is_excused_only_where_it_was_announced() {
        let log = line(
            "SEVERE",
            "network",
            "http://a/v1/ net::ERR_CONNECTION_REFUSED",
        );
        assert_eq!(Console::default().faults(&log).len(), 1);
        let announced = Console {
            server_may_be_dead: true,
        };
        assert_eq!(announced.faults(&log).len(), 0);
    }
}
